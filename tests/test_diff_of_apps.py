"""nodeapp diff of whole apps: new ones, those that go, and those that get another name."""

import json

from tests.console import Console, spec
from tests.diffs import APP, words


def test_an_app_that_holds_data_is_not_deleted(shell: Console) -> None:
    """Under Retain the removal of the whole NodeApp is refused, with the way to do it."""
    shell.write("before.yaml", spec(APP))
    shell.write("after/other.yaml", "kind: ConfigMap\napiVersion: v1\nmetadata: {name: x}\n")

    done = shell.run("diff", "before.yaml", "after")

    [refused] = words(done)["Refused"]
    assert refused.startswith(
        "NodeApp shop/shop isn't deleted while database.deletionPolicy is Retain; commit"
    )
    assert done.exit_code == 1


def test_sides_without_apps_are_no_comparison(shell: Console) -> None:
    """A pipeline with a wrong path fails. It isn't told that nothing changes."""
    shell.write("before/other.yaml", "kind: ConfigMap\napiVersion: v1\nmetadata: {name: x}\n")
    shell.write("after/readme.md", "No YAML here.\n")

    done = shell.run("diff", "before", "after")

    assert done.stderr == "Error: before and after: there is no NodeApp\n"
    assert (done.stdout, done.exit_code) == ("", 2)


def test_an_app_without_data_is_deleted(shell: Console) -> None:
    """Everything of it goes."""
    shell.write("before.yaml", spec("team: web\nfrontend: {image: 'ghcr.io/acme/shop:1.0'}"))
    shell.write("after.yaml", spec(APP, "other"))

    done = shell.run("diff", "before.yaml", "after.yaml", "--fail-on", "deleted", "--format", "json")

    [gone] = [each for each in json.loads(done.stdout) if each["app"]["name"] == "shop"]
    assert [change["kind"] for change in gone["changes"]] == ["deleted"]
    assert done.exit_code == 1


def test_a_rename_is_two_apps(shell: Console) -> None:
    """The new name has an empty database of its own, and that is said first."""
    shell.write("before.yaml", spec(APP))
    shell.write("after.yaml", spec(APP, "store"))

    done = shell.run("diff", "before.yaml", "after.yaml")

    assert "shop isn't renamed: store is a new app" in done.stdout
    assert "NodeApp shop/shop isn't deleted while database.deletionPolicy is Retain" in done.stdout
    assert done.exit_code == 1


def test_a_rename_without_a_database_speaks_of_none(shell: Console) -> None:
    """Only an app that has a database gets another one."""
    frontend = "team: web\nfrontend: {image: 'ghcr.io/acme/shop:1.0'}"
    shell.write("before.yaml", spec(frontend))
    shell.write("after.yaml", spec(frontend, "store"))

    done = shell.run("diff", "before.yaml", "after.yaml")

    assert "shop isn't renamed: store is a new app with other names\n" in done.stdout


def test_an_app_that_was_refused_ran_nothing(shell: Console) -> None:
    """Its repair is a new app."""
    shell.write("before.yaml", spec("team: web\nfrontend: {image: latest}"))
    shell.write("after.yaml", spec("team: web\nfrontend: {image: 'ghcr.io/acme/shop:1.0'}"))

    assert "Deployment shop-frontend" in words(shell.run("diff", "before.yaml", "after.yaml"))["Created"]
