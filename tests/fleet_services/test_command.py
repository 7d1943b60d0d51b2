"""The image's command, as the pods start it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from tests.fleet_services.command import SERVICES, START, arguments
from tests.fleet_services.deployed_app import Cluster, last, wait
from tests.fleet_services.flux import Flux
from tests.fleet_services.github import GitHub, deployed
from tests.fleet_services.kubernetes import Kubernetes, served
from tests.fleet_services.operator import PROVIDERS
from tests.serving import free_port, wait_for_listener


@contextmanager
def started(service: str, *more: str) -> Iterator[int]:
    """The process, and its port. It ends within seconds of SIGTERM."""
    port = free_port()
    command = [sys.executable, "-c", START, *arguments(service), f"--port={port}", *more]
    env = os.environ | {"PYTHONPATH": str(SERVICES)}
    with subprocess.Popen(command, env=env, text=True) as process:  # noqa: S603  # Ours.
        try:
            wait_for_listener(port, process)
            yield port
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) in (0, -signal.SIGTERM)
        finally:
            process.kill()


def test_the_discovery_serves(github: GitHub, secret: Path, account: Path, tmp_path: Path) -> None:
    """With the arguments of its manifest."""
    cluster = Kubernetes()
    cluster.put(
        PROVIDERS, {"metadata": {"name": "discovery", "namespace": "flux-apps"}, "spec": {"type": "x"}}
    )
    github.repositories = [deployed(1, "shop")]
    for name in ("token", "removed"):
        (tmp_path / name).write_text("")
    (tmp_path / "token").write_text("of-the-operator")
    files = [f"--credentials={secret}", f"--account={account}", f"--token={tmp_path / 'token'}"]
    with (
        served(cluster, account) as server,
        started(
            "discovery",
            *files,
            f"--removed={tmp_path / 'removed'}",
            f"--github-api={github.address}",
            f"--kubernetes-api={server}",
        ) as port,
    ):
        headers = {"Authorization": "Bearer of-the-operator"}
        answer = httpx2.get(f"http://127.0.0.1:{port}/inputs", headers=headers)
        assert [each["name"] for each in answer.json()["inputs"]] == ["shop"]


def test_the_commit_status_reports(github: GitHub, secret: Path, account: Path) -> None:
    """With the arguments of its manifest. Its metrics tell that it works."""
    cluster = Cluster()
    cluster.flux = Flux()
    cluster.commit("a" * 40, {})
    cluster.flux.refused("spec.team: Required value: must be set").put(cluster)
    with (
        served(cluster, account) as server,
        started(
            "commit-status",
            f"--credentials={secret}",
            f"--account={account}",
            f"--github-api={github.address}",
            f"--kubernetes-api={server}",
        ) as port,
    ):
        assert last(github, "a" * 40, "failure") == "spec.team: Required value: must be set"
        wait(
            lambda: (
                "fleet_commit_status_posts_total 1.0" in httpx2.get(f"http://127.0.0.1:{port}/metrics").text
            )
        )
    assert github.said("a" * 40)[-1][0] == "nodeapp/dev/dev"


def test_the_images_are_looked_after(github: GitHub, secret: Path, account: Path, tmp_path: Path) -> None:
    """With the arguments of its manifest. It asks for the repository of dev's Kustomization."""
    cluster = Cluster()
    cluster.flux.attempts("a" * 40).put(cluster)
    (tmp_path / "frozen").write_text("")
    with (
        served(cluster, account) as server,
        started(
            "images",
            f"--credentials={secret}",
            f"--account={account}",
            f"--frozen={tmp_path / 'frozen'}",
            f"--github-api={github.address}",
            f"--kubernetes-api={server}",
        ),
    ):
        wait(lambda: bool(github.requests))
    assert github.requests[0].path == "/repos/acme/dash-deploy/contents/overlays/dev/images.yaml"
