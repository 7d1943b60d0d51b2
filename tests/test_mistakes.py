"""Mistakes that people made with real apps: each is told in a sentence, at the desk or in the status."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.console import Console, platform, spec
from tests.simulator import APP, World

MISTAKES: list[dict[str, str]] = yaml.safe_load(Path(__file__).with_name("mistakes.yaml").read_text())


def problems(text: str) -> list[str]:
    """The problems that `nodeapp check` prints about a file, without the file's name and position."""
    done = Console().run("check", "-", stdin=text)
    *lines, _ = done.stdout.splitlines()
    assert done.exit_code == bool(lines)
    return [line.split(": ", 1)[1] for line in lines]


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: row["mistake"])
def test_mistake_is_told_with_what_to_write(row: dict[str, str]) -> None:
    """A mistake that real people made is told with the field, and with what to write instead."""
    assert problems(row["nodeapp"]) == [row["says"]]


@pytest.mark.parametrize("schedule", ["0 2 * * SUN", "0 2 * * MON-FRI", '"0  2 * * *"'])
def test_schedule_that_cloudnativepg_takes_is_fine(schedule: str) -> None:
    """Names in upper case and two spaces are accepted, because CloudNativePG accepts them."""
    database = f"version: 17, backup: {{schedule: {schedule}}}"
    assert problems(spec(f"team: web\nbackend: {{}}\ndatabase: {{{database}}}")) == []


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("{ingress: }", "spec.ingress: is empty; write {} or take it out"),
        (
            "{database: {objectStore: {destinationPath: s3://b, wal: {x: [null]}}}}",
            "spec.database.objectStore.wal.x.0: is an empty list item; write a value or take it out",
        ),
    ],
)
def test_platform_with_nothing_where_a_value_belongs_is_told(tmp_path: Path, written: str, says: str) -> None:
    """An empty field or list item of a Platform is told as one of a NodeApp is."""
    path = tmp_path / "platform.yaml"
    path.write_text(platform(written))
    done = Console().run("check", "--platform-file", str(path))
    assert [line.split(": ", 1)[1] for line in done.stdout.splitlines()[:-1]] == [says]


def test_first_of_the_hosts_is_the_host_where_there_is_no_other() -> None:
    """An app that only names `hosts` is exposed under them, where the platform has no domain."""
    world = World(APP | {"ingress": {"hosts": ["b.acme.dev", "c.acme.dev"]}}).settle()
    assert world.condition("RouteReady").status == "True"
    assert world.status["url"] == "http://b.acme.dev"
    assert [rule["host"] for rule in world.object("ingress")["spec"]["rules"]] == ["b.acme.dev", "c.acme.dev"]


def test_storage_that_grows_a_thousandfold_is_refused() -> None:
    """One letter can't grow a volume from 20Gi to 20Ti: it couldn't be taken back."""
    world = World().settle().edit(database={"version": 17, "storage": "20Ti"}).settle()
    assert "20Ti is more than ten times the 20Gi" in world.condition("Accepted").message
    assert world.object("database-cluster")["spec"]["storage"]["size"] == "20Gi"


def test_renewed_ca_replaces_the_pods_that_read_the_old_one() -> None:
    """A backend reads the database's CA when it starts: its pods are replaced when that is renewed."""
    world = World().settle()
    before: Any = world.object("backend-deployment")["spec"]["template"]
    world.renew_ca().settle()
    assert world.object("backend-deployment")["spec"]["template"] != before
