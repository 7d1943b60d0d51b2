"""`nodeapp check` sees what several NodeApps get wrong together."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from function.cli import cli
from tests.console import platform

APP = """\
apiVersion: platform.io/v1
kind: NodeApp
metadata: {{name: {name}, namespace: {namespace}}}
spec:
  team: web
  frontend: {{image: "ghcr.io/acme/web:1"}}
  ingress: {{{ingress}}}
"""


def checked(folder: Path, *arguments: str) -> list[str]:
    """What the command prints, without the folder's name."""
    result = CliRunner().invoke(cli, ["check", *arguments])
    return result.output.replace(f"{folder}/", "").splitlines()


def app(name: str, ingress: str = "", namespace: str = "team-a") -> str:
    """A NodeApp as a developer writes it."""
    return APP.format(name=name, namespace=namespace, ingress=ingress)


def test_one_app_twice_in_a_stream(tmp_path: Path) -> None:
    """One of the two would win silently."""
    file = tmp_path / "apps.yaml"
    file.write_text(f"{app('one', 'host: a.b')}---\n{app('one', 'host: c.d')}")
    assert checked(tmp_path, str(file)) == [
        "apps.yaml:11:12: metadata.name: is there twice: NodeApp team-a/one in apps.yaml:1 is the same",
        "1 problem",
    ]


def test_one_app_in_two_files(tmp_path: Path) -> None:
    """Each may be for a cluster of its own, and pre-commit hands in both."""
    for cluster in ("dev", "prod"):
        (tmp_path / f"{cluster}.yaml").write_text(app("one", "host: a.b"))
    assert checked(tmp_path, str(tmp_path)) == ["2 NodeApps are fine"]


def test_same_name_in_two_namespaces_is_two_apps(tmp_path: Path) -> None:
    """An app is known by both."""
    file = tmp_path / "apps.yaml"
    file.write_text(f"{app('one', 'host: a.b')}---\n{app('one', 'host: c.d', 'team-b')}")
    assert checked(tmp_path, str(file)) == ["2 NodeApps are fine"]


@pytest.mark.parametrize(
    ("ingress", "place"),
    [
        ("host: a.b", "7:13: spec.ingress.host"),
        ("host: c.d, hosts: [e.f, a.b]", "7:37: spec.ingress.hosts.1"),
    ],
)
def test_host_of_two_apps(tmp_path: Path, ingress: str, place: str) -> None:
    """In a cluster the second one would get no route."""
    (tmp_path / "one.yaml").write_text(app("one", "host: a.b"))
    (tmp_path / "two.yaml").write_text(app("two", ingress))
    assert checked(tmp_path, str(tmp_path)) == [
        f"two.yaml:{place}: a.b is the host of another app too: NodeApp team-a/one in one.yaml:1",
        "1 problem",
    ]


def test_generated_host_of_another_app(tmp_path: Path) -> None:
    """A host that somebody writes may be one that is generated."""
    (tmp_path / "one.yaml").write_text(app("one"))
    (tmp_path / "two.yaml").write_text(app("two", "host: one--team-a.acme.dev"))
    settings = tmp_path / "platform.yml.txt"
    settings.write_text(platform("{domain: acme.dev}"))
    [problem, _] = checked(tmp_path, "--platform", str(settings), str(tmp_path))
    assert "one--team-a.acme.dev is the host of another app too: NodeApp team-a/one in one.yaml:1" in problem


def test_overlays_are_clusters_of_their_own(tmp_path: Path) -> None:
    """One app for two environments is the same NodeApp, and may have the same host."""
    for environment in ("dev", "prod"):
        folder = tmp_path / environment
        folder.mkdir()
        (folder / "nodeapp.yaml").write_text(app("one", "host: a.b"))
        (folder / "kustomization.yaml").write_text("resources: [nodeapp.yaml]\n")
    folders = [str(tmp_path / environment) for environment in ("dev", "prod")]
    result = checked(tmp_path, *folders)
    if "nothing on PATH" in result[0]:
        pytest.skip("no kustomize on PATH")
    assert result == ["2 NodeApps are fine"]


def test_https_without_an_issuer_is_a_note(tmp_path: Path) -> None:
    """The Secret may be made elsewhere, so it is no problem."""
    file = tmp_path / "app.yaml"
    file.write_text(app("one", "host: a.b, tls: true"))
    note, last = checked(tmp_path, str(file))
    assert note == (
        "app.yaml:7:24: spec.ingress.tls: note: the Platform names no ingress.clusterIssuer, so nobody "
        "issues the certificate; make the Secret one-tls with it"
    )
    assert last == "1 NodeApp is fine"
