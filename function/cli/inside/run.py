"""nodeapp run: one command in a pod of its own, which is removed after."""

import re
import sys
import uuid

import click

from function.api.duration import seconds
from function.cli.cluster import options
from function.cli.cluster.kubectl import AbsentError, ClusterError, Kubectl
from function.cli.inside import one_off, watched
from function.cli.inside.parts import App

DURATION = re.compile("[0-9]{1,9}[smh]")


class Seconds(click.ParamType[int]):
    """A duration such as 90s, 10m or 2h, in seconds."""

    name = "DURATION"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The seconds, or a sentence that says what to write."""
        if isinstance(value, int):
            return value
        if not DURATION.fullmatch(str(value)):
            self.fail(f"must be a duration such as 90s, 10m or 2h, not {value!r}", param, ctx)
        return seconds(str(value))


@click.command("run", context_settings={"ignore_unknown_options": True})
@click.argument("app")
@click.argument("words", nargs=-1, required=True, metavar="-- COMMAND...", type=click.UNPROCESSED)
@options.NAMESPACE
@options.CONTEXT
@click.option(
    "-p",
    "--part",
    default="backend",
    show_default=True,
    help="Whose image and environment: backend or a worker.",
)
@click.option("--timeout", type=Seconds(), default="1h", show_default=True, help="After it the pod is ended.")
def command(
    *, app: str, words: tuple[str, ...], namespace: str | None, context: str | None, part: str, timeout: int
) -> None:
    """Run COMMAND in a pod of its own, with the image, environment, secrets and files of the backend of APP.

    The pod is removed after, also on Ctrl-C. It has the security context of the app's pods, may connect to
    the database, and gets no requests. Migrations don't run. On a terminal COMMAND has it; else it has no
    standard input, and its output is printed.

    The exit code is that of COMMAND, 2 if the pod can't be made or started, and 130 after Ctrl-C.

    \b
    Examples:
      nodeapp run shop -n shop -- npm run seed
      nodeapp run shop -n shop --timeout 4h -- node import.js
      nodeapp run shop -n shop -- sh
    """  # noqa: D301  # click reads \b as "leave these lines as they are".
    found = App(Kubectl(namespace, context), app)
    chosen = found.part(part)
    try:
        deployment = found.kubectl.get("deployments.apps", found.named(chosen))
    except AbsentError as error:
        message = f"{chosen} has no Deployment yet; nodeapp why {app} -n {found.namespace} says why"
        raise ClusterError(message) from error
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    name = f"{app}-run-{uuid.uuid4().hex[:5]}"
    manifest = one_off.pod(deployment, name, words, timeout, interactive=interactive)
    with watched.removed(found.kubectl, name):
        watched.create(found.kubectl, found.namespace, manifest)
        watched.started(found.kubectl, found.claim, name)
        code = watched.code(watched.stream(found.kubectl, name, interactive=interactive))
    sys.exit(code)
