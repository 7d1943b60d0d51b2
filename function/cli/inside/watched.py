"""The life of a pod that runs one command: made, waited for, watched, and removed whatever happens."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, NoReturn

import click

from function.app import Object
from function.cli.cluster.kubectl import ClusterError, Kubectl
from function.cli.ends import INTERRUPTED
from function.cli.why import pods, refusals
from function.cli.why.seen import Seen
from function.read import items, number, text

PAUSE = 0.5
"""Seconds between two looks at the pod."""
HOPELESS = ("can't pull", "container run can't start")
"""How troubles of a pod begin in which waiting doesn't help."""
LOOK = 3
"""Seconds between two looks at a pod whose output is shown. So much later than its end output may come."""
OVER = ("Succeeded", "Failed")
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def removed(kubectl: Kubectl, name: str) -> Iterator[None]:
    """The pod is deleted after the block, also if a signal ends it. No second signal keeps it from that."""
    before = {each: signal.signal(each, interrupted) for each in SIGNALS}
    try:
        yield
    finally:
        for each in SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        with suppress(
            ClusterError
        ):  # What went wrong before is said, and activeDeadlineSeconds ends the pod.
            kubectl.run("delete", "pod", name, "--ignore-not-found", "--wait=false", "--grace-period=5")
        for each, handler in before.items():
            signal.signal(each, handler)


def interrupted(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End the command, so that its pod is removed."""
    sys.exit(INTERRUPTED)


def create(kubectl: Kubectl, namespace: str, manifest: Mapping[str, Any]) -> None:
    """Make the pod. Raises ClusterError with the cause if the API server lets nobody."""
    try:
        kubectl.run("create", "-f", "-", given=json.dumps(manifest))
    except ClusterError as error:
        known = refusals.refusal(error.message, namespace)
        hint = f"{known.message}; {known.command} shows more" if known else error.message
        message = f"the pod can't be made: {hint}"
        raise ClusterError(message) from error


def started(kubectl: Kubectl, app: Object, name: str) -> None:
    """Wait until the pod runs, or has ended. Raises ClusterError with the cause if it never will."""
    told = ""
    while text(seen := kubectl.get("pod", name), "status", "phase") not in ("Running", *OVER):
        trouble = pods.trouble(Seen(app, None), seen)
        if trouble and trouble.message.startswith(HOPELESS):
            message = f"the pod doesn't start: {trouble.message}"
            raise ClusterError(message)
        if trouble and trouble.message.startswith(pods.NO_NODE) and trouble.message != told:
            told = trouble.message
            click.echo(f"Note: {told}", err=True)
        time.sleep(PAUSE)


def stream(kubectl: Kubectl, name: str, *, interactive: bool) -> Object:
    """Show what the command prints until it ends. Returns its pod then."""
    what = ("attach", "--quiet", "-i", "-t", name) if interactive else ("logs", "--follow", name)
    seen: Object = {}
    with subprocess.Popen(kubectl.command(*what)) as showing:  # noqa: S603  # Ours.
        try:
            while text(seen := kubectl.get("pod", name), "status", "phase") not in OVER:
                with suppress(subprocess.TimeoutExpired):
                    showing.wait(LOOK)
                time.sleep(PAUSE)
            with suppress(subprocess.TimeoutExpired):  # A log can be cut off, and is followed for ever then.
                showing.wait(LOOK)
        finally:
            showing.terminate()
    return seen


def code(seen: Object) -> int:
    """The exit code of a command, by its pod. Raises ClusterError if it took too long."""
    if text(seen, "status", "reason") == "DeadlineExceeded":
        message = "the command took longer than --timeout, and was ended"
        raise ClusterError(message)
    [status, *_] = items(seen, "status", "containerStatuses") or [{}]
    return number(status, "state", "terminated", "exitCode")
