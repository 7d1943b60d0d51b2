"""An app goes by commits in its own repository. Taking its entry out of the fleet deletes nothing."""

import pytest

from function.read import at, condition
from tests.flux.app import App, registered
from tests.flux.fleet import KUSTOMIZATION, RESOURCE_SET, SLOWLY, SOURCE, Fleet
from tests.live.judging import marks
from tests.plane.flux import NAMESPACE
from tests.plane.kubectl import Json, RefusedError, wait

SPEC: Json = {
    "team": "a",
    "environment": "dev",
    "backend": {"image": "ghcr.io/acme/shop:1.0.0"},
    "database": {},
}
RETAIN = SPEC | {"database": {"deletionPolicy": "Retain"}}
DELETE = SPEC | {"database": {"deletionPolicy": "Delete"}}


def runs(app: App) -> None:
    """The app runs, with its database."""
    wait(app.story.database, bool, SLOWLY)
    app.story.postgres_is_healthy()
    app.fleet.is_green(KUSTOMIZATION, app.name)


def taken_out(app: App) -> str:
    """Commit that the app is no more. Returns the revision."""
    app.overlay([])
    return app.push("feat: the app goes")


def is_gone(app: App) -> None:
    """All that was made for the app is gone, but for its namespace, which can now be deleted."""
    fleet = app.fleet
    for kind in (KUSTOMIZATION, SOURCE):
        fleet.gone(kind, app.name)
    fleet.gone("clusterusage", f"namespace-{app.name}")
    assert not app.story.objects()
    wait(lambda: deleted(app), bool, SLOWLY)


def deleted(app: App) -> bool:
    """Whether the namespace could be deleted."""
    try:
        app.fleet.cluster.delete("namespace", app.name)
    except RefusedError:
        return False
    return True


def test_a_removed_entry_deletes_nothing_and_finishes_by_itself(fleet: Fleet) -> None:
    """Of a dev app: refused with the way on, said by the ResourceSet and at the fleet's commit, then done."""
    app = registered(fleet, "leaving", SPEC)
    runs(app)
    before = marks([app.nodeapp(), *app.story.objects()], "generation")
    fleet.remove("leaving")
    words = "the NodeApp in namespace leaving still runs: take it out of its deploy repository first"
    fleet.says(RESOURCE_SET, "nodeapps", words)
    fleet.look_again(KUSTOMIZATION, "registry", NAMESPACE)  # It does so each minute by itself.
    fleet.says(KUSTOMIZATION, "registry", "nodeapps", namespace=NAMESPACE)
    assert marks([app.nodeapp(), *app.story.objects()], "generation") == before

    taken_out(app)
    wait(app.nodeapp, lambda seen: not seen, SLOWLY)
    is_gone(app)
    fleet.is_green(RESOURCE_SET, "nodeapps")


def test_a_protected_app_goes_by_two_commits(fleet: Fleet) -> None:
    """Under Retain the first one is refused, says what to commit, and leaves everything as it is."""
    app = registered(fleet, "protected", RETAIN)
    runs(app)
    before = marks([app.nodeapp(), *app.story.objects()], "uid")
    refused = taken_out(app)
    message = app.says(refused, "deletionPolicy: Delete")
    assert "commit database.deletionPolicy: Delete first" in message
    assert "deletionTimestamp" not in app.nodeapp()["metadata"]
    assert marks([app.nodeapp(), *app.story.objects()], "uid") == before
    with pytest.raises(RefusedError, match="still runs"):
        fleet.cluster.delete(KUSTOMIZATION, app.name, "flux-apps")
    usage = lambda: fleet.see("clusterusage", f"namespace-{app.name}", "")  # noqa: E731  # A look is short.
    wait(usage, lambda seen: condition(seen, "Ready").get("status") == "True", SLOWLY)
    with pytest.raises(RefusedError, match="take the app out of the fleet first"):
        fleet.cluster.delete("namespace", app.name)

    app.write(DELETE)
    app.green(app.push("feat: the data may go"))
    usages = "usages.protection.crossplane.io"
    wait(lambda: fleet.cluster.all(usages, app.name), lambda found: not found, SLOWLY)
    taken_out(app)
    wait(app.nodeapp, lambda seen: not seen, SLOWLY)
    fleet.is_green(KUSTOMIZATION, app.name)
    assert not at(app.kustomization(), "status", "inventory", "entries")
    fleet.remove("protected")
    is_gone(app)


def test_a_suspended_app_is_left_running(fleet: Fleet) -> None:
    """Without Flux, if that is meant: its entry goes, and the app stays as it is."""
    app = registered(
        fleet, "alone", {"team": "a", "environment": "dev", "frontend": {"image": "ghcr.io/acme/front:1"}}
    )
    fleet.is_green(KUSTOMIZATION, app.name)
    before = marks([app.nodeapp(), *app.story.objects()], "generation")
    fleet.cluster.patch(KUSTOMIZATION, app.name, "flux-apps", {"spec": {"suspend": True}})
    fleet.remove("alone")
    fleet.gone(KUSTOMIZATION, app.name)
    fleet.gone(SOURCE, app.name)
    assert marks([app.nodeapp(), *app.story.objects()], "generation") == before
