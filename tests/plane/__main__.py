"""Run a control plane, or build its programs: uv run python -m tests.plane --help."""

import signal
import sys
import time
from contextlib import suppress
from types import FrameType
from typing import NoReturn

import click

from tests.plane import crds
from tests.plane.flux import git_url, repositories, start_flux, start_flux_operator
from tests.plane.modules import MissingError
from tests.plane.plane import Plane
from tests.plane.product import function, install
from tests.plane.programs import build_all, program
from tests.plane.up import plane, prepare, start

RUNNING = """\

export KUBECONFIG={kubeconfig}
export PATH={programs}:$PATH

{what} runs. Logs are beside the kubeconfig. Ctrl-C stops it and removes everything.\
"""


@click.group(invoke_without_command=True)
@click.option("--bare", is_flag=True, help="Install nothing of this product, and don't serve the function.")
@click.option(
    "--flux", is_flag=True, help="Run Flux's source and kustomize controllers and a Git server too."
)
@click.option("--flux-operator", is_flag=True, help="Run Flux Operator too.")
@click.pass_context
def cli(context: click.Context, *, bare: bool, flux: bool, flux_operator: bool) -> None:
    """Run a throwaway control plane on loopback until Ctrl-C.

    Kubernetes with pods that only seem to run, Crossplane, and CloudNativePG's operator for the namespaces
    operated-1 to operated-16. Its programs are built with Go the first time, for about fifteen minutes.
    """
    if context.invoked_subcommand is None:
        try:
            run(bare=bare, flux=flux or flux_operator, flux_operator=flux_operator)
        except MissingError as error:
            raise click.ClickException(str(error)) from None


def run(*, bare: bool, flux: bool, flux_operator: bool) -> None:
    """Start everything, say how to reach it, and stop it at the first signal."""
    signal.signal(signal.SIGTERM, interrupt)
    prepare(click.echo, operator=True)
    with suppress(KeyboardInterrupt), plane() as own:
        start(own, operator=True)
        if flux:
            start_flux(own)
            click.echo(f"Git repositories in {repositories(own)} are at {git_url(own)}/NAME.git")
        if flux_operator:
            start_flux_operator(own)
        if bare:
            watch(own, "An empty control plane")
        else:
            install(own.cluster)
            with function(own):
                watch(own, "A control plane with NodeApps")


def watch(own: Plane, what: str) -> NoReturn:
    """Say what runs, and wait for a signal, or for a program that ends by itself."""
    text = RUNNING.format(kubeconfig=own.kubeconfig("admin"), programs=program("kubectl").parent, what=what)
    click.echo(text)
    while not (ended := own.processes.ended()):
        time.sleep(1)
    raise click.ClickException("\n".join(ended))


def interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End as Ctrl-C does."""
    raise KeyboardInterrupt


@cli.command()
def build() -> None:
    """Build the programs that tests need, fetch the CRDs, and run nothing."""
    finish(build_all(click.echo))


@cli.command("crds")
def fetch_crds() -> None:
    """Fetch the CRDs that composed objects are judged by, and build nothing."""
    finish([])


def finish(missing: list[MissingError]) -> NoReturn:
    """Fetch the CRDs, and say what can't be had. Exits 1 where that is a program, or all CRDs."""
    sentences = {str(error) for error in (*missing, *crds.collect())}
    for sentence in sorted(sentences):
        click.echo(sentence, err=True)
    sys.exit(bool(missing) or not crds.known())


if __name__ == "__main__":
    cli(prog_name="python -m tests.plane")
