"""nodeapp check judges by a Platform, and judges the Platform too."""

import pytest

from function.cli import platforms
from tests.console import NODEAPP, PLATFORM, Console, spec


def test_policy_is_told_beside_a_wrong_name(shell: Console) -> None:
    """Renaming alone wouldn't do."""
    done = shell.run("check", "-", stdin=spec("team: web\nfrontend: {}\nenvironment: qa", name="SHOP"))

    assert [line.split(": ")[1] for line in done.stdout.splitlines()[:-1]] == [
        "metadata.name",
        "spec.environment",
    ]


def test_a_platform_is_checked(shell: Console) -> None:
    """Typos, names and rules; and that there is one at all."""
    wrong = shell.write(
        "wrong.yaml",
        """\
        apiVersion: nodeapp.platform.io/v1beta1
        kind: Platform
        metadata: {name: defalt}
        spec:
          domian: apps.example.com
          environment: qa
        """,
    )

    done = shell.run("check", "--platform-file", wrong, "--platform-file", shell.write("none.yaml", NODEAPP))

    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "wrong.yaml:3:12: metadata.name: must be default: no other governs, not 'defalt'",
        "wrong.yaml:4:1: spec: environment must be dev, prod or a key of profiles",
        "wrong.yaml:5:3: spec.domian: is unknown; did you mean domain?",
        "none.yaml: has no Platform in it",
        "4 problems",
    ]


@pytest.mark.parametrize("name", ["check", "render"])
def test_nothing_is_judged_by_a_wrong_platform(shell: Console, name: str) -> None:
    """It would be judged by something else than what governs the cluster."""
    app, twice = shell.write("app.yaml", NODEAPP), shell.write("twice.yaml", f"{PLATFORM}---\n{PLATFORM}")

    done = shell.run(name, "--platform", twice, app)

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "Error: twice.yaml:10:1: is a second Platform; one governs the cluster\n"


def test_without_a_file_the_defaults_govern() -> None:
    """As in a cluster without a Platform."""
    value, settings = platforms.governing(None)

    assert value is None
    assert settings.environment == "prod"


@pytest.mark.parametrize(
    ("database", "environment", "notes"),
    [
        ("{}", "prod", 1),
        ("{version: 17}", "prod", 0),
        ("{deletionPolicy: Delete}", "prod", 0),
        ("{}", "dev", 0),
        ("{deletionPolicy: Retain}", "dev", 1),
    ],
)
def test_unwritten_version_under_retain_is_noted(
    shell: Console, database: str, environment: str, notes: int
) -> None:
    """A note, and no error: backups are found under the major, which Git would have to say."""
    body = f"team: a\nenvironment: {environment}\nbackend: {{}}\ndatabase: {database}\n"
    app = shell.write("a.yaml", spec(body))
    done = shell.run("check", app)
    note = (
        "a.yaml:8:3: spec.database: note: version isn't written; backups are found under it, so write the "
        "PostgreSQL major that runs (18 for a new database)\n"
    )
    assert (done.exit_code, done.stdout) == (0, note * notes + "1 NodeApp is fine\n")
    annotated = shell.run("check", "--format", "github", app).stdout
    assert annotated.startswith("::notice file=a.yaml,line=8,col=3::") == bool(notes)
