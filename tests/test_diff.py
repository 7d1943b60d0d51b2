"""nodeapp diff: what an edit does, in words, with what ran before counted as running."""

import textwrap

import pytest

from tests.console import PLATFORM, Console, spec
from tests.diffs import APP, edited, words


def test_no_edit_changes_nothing(shell: Console) -> None:
    """The same file twice: one sentence, and no object."""
    done = edited(shell)

    assert done.stdout == "NodeApp shop/shop\n  Nothing changes.\n"
    assert done.exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("20Gi", "5Gi", "database.storage: kept 20Gi, a volume can't shrink to 5Gi"),
        ("version: 18", "version: 17", "database.version: kept 18, PostgreSQL can't go back to 17"),
        ("name: shop", "name: orders", "database.name: kept shop, a database can't be renamed to orders"),
        (
            "database: {name: shop, version: 18, storage: 20Gi}",
            "",
            "database: kept, with its 20Gi of data; to delete it, first commit",
        ),
        ('image: "ghcr.io/acme/shop-api:1.0", ', "", "backend.image: kept ghcr.io/acme/shop-api:1.0"),
    ],
)
def test_what_is_held_is_not_shown_as_done(shell: Console, old: str, new: str, message: str) -> None:
    """A held edit says what stays, and no object differs."""
    done = edited(shell, (old, new))

    [held] = words(done)["Stays as it is"]
    assert held.startswith(message)
    assert "+++" not in done.stdout
    assert done.exit_code == 0


def test_a_new_image_restarts_its_pods(shell: Console) -> None:
    """The word names the image and the variables, and the object follows without the function's records."""
    done = edited(shell, ("shop-api:1.0", "shop-api:1.1"), ("LOG_LEVEL: info", "LOG_LEVEL: debug"))

    image = "ghcr.io/acme/shop-api"
    message = f"Deployment shop-backend: {image}:1.0 becomes {image}:1.1, variables LOG_LEVEL"
    assert words(done) == {"Restarts": [message]}
    assert f"-        image: {image}:1.0\n+        image: {image}:1.1\n" in done.stdout
    assert "platform.io/desired" not in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("20Gi", "40Gi", "Cluster shop-db: volumes grow from 20Gi to 40Gi, and never shrink"),
        (
            "database: {name: shop, version: 18, storage: 20Gi}",
            "database: {name: shop, version: 18, storage: 20Gi, deletionPolicy: Delete}",
            "",
        ),
    ],
)
def test_what_cannot_be_undone_is_said(shell: Console, old: str, new: str, message: str) -> None:
    """Volumes that grow; but a deletion policy alone deletes nothing."""
    assert words(edited(shell, (old, new))).get("Can't be undone", [""]) == [message]


def test_an_upgrade_of_postgresql_cannot_be_undone(shell: Console) -> None:
    """A new major is one sentence: neither a restart nor a changed image besides."""
    shell.write("before.yaml", spec(APP.replace("version: 18", "version: 17")))
    shell.write("after.yaml", spec(APP))

    done = shell.run("diff", "before.yaml", "after.yaml")

    why = "PostgreSQL is down while pg_upgrade runs, and doesn't go back"
    assert words(done) == {"Can't be undone": [f"Cluster shop-db: PostgreSQL 17 becomes 18; {why}"]}


def test_a_database_goes_by_two_commits(shell: Console) -> None:
    """After Delete was committed, the removal is shown as what it is."""
    before = APP.replace("20Gi}", "20Gi, deletionPolicy: Delete}")
    shell.write("before.yaml", spec(before))
    shell.write("after.yaml", spec(before[: before.index("database")]))

    done = shell.run("diff", "before.yaml", "after.yaml", "--fail-on", "irreversible")

    assert words(done)["Can't be undone"] == [
        "Cluster shop-db and its 20Gi of data are deleted; backups in the object store stay"
    ]
    assert "Cluster shop-db" in words(done)["Deleted"]
    assert done.exit_code == 1


def test_a_refused_edit_changes_nothing(shell: Console) -> None:
    """The function's own sentence, and no object."""
    done = edited(shell, ("shop-api:1.0", "shop-api:latest"))

    [refused] = words(done)["Refused"]
    assert refused.startswith("spec.backend.image: ")
    assert "+++" not in done.stdout
    assert done.exit_code == 1


def test_a_documented_restore_is_no_problem(shell: Console) -> None:
    """The last of three commits: the database comes back from the backups of its former era."""
    platform = PLATFORM + textwrap.indent(
        "database: {objectStore: {destinationPath: 's3://backups', "
        "s3Credentials: {inheritFromIAMRole: true}}}\n",
        "  ",
    )
    shell.write("platform.yaml", platform)
    shell.write("before.yaml", spec(APP[: APP.index("database")]))
    shell.write("after.yaml", spec(APP.replace("20Gi}", "20Gi, era: 2, restore: {}}")))

    done = shell.run("diff", "before.yaml", "after.yaml", "--platform", "platform.yaml")

    assert "Cluster shop-db" in words(done)["Created"]
    assert done.exit_code == 0


def test_a_platforms_own_profile_is_known(shell: Console) -> None:
    """With the Platform of the cluster the edit is judged as there."""
    assert edited(shell, ("team: web", "team: web\n    environment: staging")).exit_code == 0
    done = edited(shell, ("team: web", "team: web\n    environment: moon"))
    assert "the platform has no profile 'moon'" in words(done)["Refused"][0]


def test_another_host_moves_the_app(shell: Console) -> None:
    """The address is said as people type it."""
    host = "database"
    done = edited(shell, (host, f"ingress: {{host: shop.example.org}}\n    {host}"))

    assert "the app moves from http://shop.apps.example.com to http://shop.example.org" in done.stdout
