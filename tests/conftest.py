"""How hard the laws are tried, which folders of tests run only if they are named, and shared fixtures.

HYPOTHESIS_PROFILE is deep (thousands of examples, the same each time, as a gate has to), fifth (a fifth of
them), search (as many as deep, others each time, to find what nobody thought of), or raw (a failure is shown
as it was met, at once: to look for a shorter one takes minutes).
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.console import Console
from tests.plane import shared
from tests.plane.kubectl import Cluster

settings.register_profile(
    "default",
    max_examples=12,
    derandomize=True,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("deep", settings.get_profile("default"), max_examples=500)
settings.register_profile("fifth", settings.get_profile("default"), max_examples=100)
settings.register_profile("search", settings.get_profile("deep"), derandomize=False)
settings.register_profile("raw", settings.get_profile("default"), phases=[Phase.explicit, Phase.generate])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let lives of apps be recorded."""
    parser.addoption(
        "--record",
        action="store_true",
        help="write tests/recorded anew, by the tests that are named",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start the control plane that named folders share."""
    shared.begin(config)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the folders that take long, unless they are named."""
    return shared.left_out(config, collection_path) or None


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """The control plane that a run shares, or the one that KUBECONFIG names. Skips without any."""
    return shared.cluster()


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    """A console in an empty directory."""
    monkeypatch.chdir(tmp_path)
    return Console()
