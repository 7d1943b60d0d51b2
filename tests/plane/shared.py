"""One control plane for all tests of a run that can share it, over xdist's workers too."""

import ipaddress
import os
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.plane.kubectl import Cluster
from tests.plane.modules import MissingError
from tests.plane.product import function, install
from tests.plane.up import plane, prepare, start

TESTS = Path(__file__).parents[1]
ON_A_PLANE = ("apiserver", "command", "flux", "followed", "live", "operator", "plane", "upheavals")
"""The folders of tests that take minutes and a control plane."""
ONLY_IF_NAMED = (*ON_A_PLANE, "clones", "linters", "postgres")
"""The folders of tests that don't run unless they are named."""
SHARING = ("apiserver", "live", "operator")
"""Those among them that share one. The others stop it, or change what is installed."""
OPERATOR = "operator"
"""The folder for which CloudNativePG's operator runs."""
MISSING, OWN = "NODEAPP_NO_PLANE", "NODEAPP_OWN_PLANE"
"""Variables for xdist's workers: why there is no control plane; that it is this run's own."""


def named(config: pytest.Config, *folders: str) -> bool:
    """Whether one of the folders, or something in it, is named on the command line."""
    paths = [Path(arg.partition("::")[0]).resolve() for arg in config.args]
    return any(path.is_relative_to(TESTS / folder) for path in paths for folder in folders)


def left_out(config: pytest.Config, path: Path) -> bool:
    """Whether a folder runs only if it is named, and isn't."""
    return path.parent == TESTS and path.name in ONLY_IF_NAMED and not named(config, path.name)


def begin(config: pytest.Config) -> None:
    """Start the shared control plane if this run needs one, for xdist's workers too.

    KUBECONFIG then names it. A control plane that it names already is taken as it is.
    """
    is_worker = hasattr(config, "workerinput")
    if is_worker or config.option.collectonly or "KUBECONFIG" in os.environ or not named(config, *SHARING):
        return
    with ExitStack() as stack:
        try:
            operator = named(config, OPERATOR)
            prepare(reporter(config), operator=operator)
        except MissingError as error:
            os.environ[MISSING] = str(error)
            return
        own = stack.enter_context(plane())
        start(own, operator=operator)
        install(own.cluster)
        stack.enter_context(function(own, record=config.getoption("--record", default=False)))
        os.environ["KUBECONFIG"] = os.environ[OWN] = str(own.kubeconfig("admin"))
        config.add_cleanup(stack.pop_all().close)


def is_own() -> bool:
    """Whether the control plane goes with the run, so that nothing needs to be tidied up."""
    return OWN in os.environ


def cluster() -> Cluster:
    """The control plane of KUBECONFIG, which is the run's own where it began one. Skips without any."""
    if MISSING in os.environ:
        pytest.skip(os.environ[MISSING])
    there = Cluster(Path(os.environ["KUBECONFIG"]))
    refuse_others(there)
    return there


def refuse_others(there: Cluster) -> None:
    """End the run where the control plane isn't on this machine: the tests delete databases."""
    server = there.kubectl("config", "view", "--minify", "-o", "jsonpath={.clusters[0].cluster.server}")
    host = urlsplit(server).hostname or ""
    with suppress(ValueError):
        if host == "localhost" or ipaddress.ip_address(host).is_loopback:
            return
    if os.environ.get("NODEAPP_LIVE_ANYWHERE") != "1":
        msg = f"KUBECONFIG names {server}, another machine: unset it, or set NODEAPP_LIVE_ANYWHERE=1"
        pytest.exit(msg, returncode=4)


def reporter(config: pytest.Config) -> Callable[[str], None]:
    """Print at once, past pytest's capture: a first build takes many minutes."""
    capture = config.pluginmanager.getplugin("capturemanager")

    def report(line: str) -> None:
        with capture.global_and_fixture_disabled():
            print(line, flush=True)  # noqa: T201  # What a run does is its output.

    return report


def needs_programs(config: pytest.Config) -> None:
    """Build what a control plane of a test's own needs. Skips where it can't be had."""
    try:
        prepare(reporter(config), operator=False)
    except MissingError as error:
        pytest.skip(str(error))
