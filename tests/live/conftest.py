"""Which control plane the stories run on, and that they run only where they are wanted."""

import ipaddress
import os
import re
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.live import plane
from tests.live.cluster import Cluster, RefusedError
from tests.live.story import Story

HERE = Path(__file__).parent
SCRIPTS = os.environ.get("NODEAPP_PLANE")


def named(config: pytest.Config) -> bool:
    """Whether the stories are named on the command line."""
    return any(Path(arg.partition("::")[0]).resolve().is_relative_to(HERE) for arg in config.args)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let an app's life be recorded."""
    parser.addoption("--record", action="store_true", help="write tests/recorded anew")


def pytest_configure(config: pytest.Config) -> None:
    """Start a control plane of our own where NODEAPP_PLANE says how: one, for all of xdist's workers."""
    if SCRIPTS and named(config) and not (hasattr(config, "workerinput") or config.option.collectonly):
        stack = ExitStack()
        config.add_cleanup(stack.close)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nodeapp-plane-")))
        own = stack.enter_context(plane.up(Path(SCRIPTS), folder, record=config.getoption("--record")))
        os.environ["KUBECONFIG"] = str(own.kubeconfig)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the stories unless they are named: they take minutes, and a control plane."""
    skip = pytest.mark.skip(reason="run only by name, as they take minutes: pytest -n 8 tests/live")
    for item in items:
        if not named(config) and item.path.is_relative_to(HERE):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """The control plane of KUBECONFIG, which is our own where there is one."""
    kubeconfig = os.environ.get("KUBECONFIG")
    if not kubeconfig:
        pytest.skip("neither NODEAPP_PLANE names a folder of scripts nor KUBECONFIG a control plane")
    found = Cluster(Path(kubeconfig))
    refuse_others(found)
    return found


def refuse_others(cluster: Cluster) -> None:
    """End the run where the control plane isn't on this machine: the stories delete databases."""
    server = cluster.kubectl("config", "view", "--minify", "-o", "jsonpath={.clusters[0].cluster.server}")
    host = urlsplit(server).hostname or ""
    with suppress(ValueError):
        if host == "localhost" or ipaddress.ip_address(host).is_loopback:
            return
    if os.environ.get("NODEAPP_LIVE_ANYWHERE") != "1":
        pytest.exit(f"{server} isn't on this machine; set NODEAPP_LIVE_ANYWHERE=1 to run there", returncode=4)


@pytest.fixture
def story(cluster: Cluster, request: pytest.FixtureRequest) -> Iterator[Story]:
    """A new app's story, in a namespace named after the test."""
    slug = re.sub(r"[^a-z0-9]+", "-", request.node.name.removeprefix("test_"))[:40].strip("-")
    told = Story(cluster, f"{slug}-{uuid.uuid4().hex[:5]}")
    cluster.kubectl("create", "namespace", told.namespace)
    yield told
    if not SCRIPTS:
        with suppress(RefusedError, AssertionError):
            told.leave()
