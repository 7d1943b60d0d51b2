"""What install.md and migrate-to-modern.md say works, in the order in which a cluster lives through it."""

from typing import Any

import pytest

from function.read import at
from tests.followed.blocks import follow
from tests.live.judging import marks
from tests.live.played_database import POSTGRES
from tests.live.story import NODEAPP, USAGE, Story
from tests.plane.kubectl import Cluster, Json, RefusedError, wait

MIGRATE, INSTALL = "docs/migrate-to-modern.md", "docs/install.md"
BROUGHT = "-f package/{0}/definition.yaml -f package/{0}/composition.yaml"
"""What a Configuration brings and takes along."""
DELETED = f"kubectl delete configuration configuration-nodeapp\nkubectl delete {BROUGHT}"
SPEC: Json = {
    "team": "a",
    "environment": "prod",
    "frontend": {"image": "ghcr.io/acme/front:1.4.0", "replicas": 1},
    "backend": {"image": "ghcr.io/acme/shop:1.4.0", "env": {"COLOUR": "red", "SIZE": "big"}},
    "database": {"instances": 2, "storage": "30Gi"},
    "ingress": {"host": "shop.acme.dev"},
}


@pytest.fixture(scope="module")
def story(cluster: Cluster) -> Story:
    """An app with everything, that runs before the API changes and after."""
    cluster.kubectl("create", "namespace", "moving")
    return Story(cluster, "moving")


def pods(story: Story) -> list[Json]:
    """The app's pods."""
    return story.cluster.all("pods", story.namespace)


def variables(story: Story) -> set[str]:
    """The backend's environment variables."""
    spec = story.see("deployment", "backend")["spec"]["template"]["spec"]
    return {variable["name"] for variable in spec["containers"][0]["env"]}


def usages(story: Story) -> list[Json]:
    """What protects the app: a namespaced NodeApp has no other kind."""
    return story.cluster.all(USAGE, story.namespace)


def test_what_is_installed_runs_a_first_app(cluster: Cluster) -> None:
    """A NodeApp as the page has it turns Ready, and goes."""
    follow(cluster, INSTALL, "Verify", "true")


def test_an_upgrade_is_the_same_command(cluster: Cluster) -> None:
    """Applied again, nothing changes and nothing is in the way."""
    follow(cluster, INSTALL, "Upgrade")


def test_an_app_moves_to_the_modern_style_as_it_is(story: Story) -> None:
    """No object is made anew, no pod restarts, the database is untouched; the NodeApp governs all of it."""
    story.runs(SPEC)
    before, ran, database = story.objects(), pods(story), story.database()
    with story.history("apis/postgresql.cnpg.io/v1", "clusters") as clusters:
        moved(story)
        story.reconciled(SPEC)
        assert {marks([seen], "generation") == marks([database], "generation") for seen in clusters()} == {
            True
        }

    kept = [o for o in before if o["kind"] != "Usage"]
    assert marks(kept, "generation").items() <= marks(story.objects(), "generation").items()
    assert marks(pods(story), "generation") == marks(ran, "generation")
    owner = story.claim()["metadata"]["uid"]
    assert {at(o, "metadata", "ownerReferences", 0, "uid") for o in story.objects()} == {owner}
    story.event("Adopted")


def moved(story: Story) -> None:
    """The page, followed."""
    cluster = story.cluster
    assert follow(cluster, MIGRATE, "1. Look, and stop Flux") == ""
    follow(cluster, MIGRATE, "2. Make Crossplane look away")
    assert follow(cluster, MIGRATE, "3. Take the XNodeApps away from their objects") == ""
    follow(cluster, MIGRATE, "4. Delete the claims")
    follow(
        cluster,
        MIGRATE,
        "5. Change the API",
        DELETED.format("classic"),
        f"kubectl apply {BROUGHT.format('modern')}",
    )
    follow(cluster, MIGRATE, "6. Hand the objects over")
    story.write(SPEC)
    follow(cluster, MIGRATE, "7. Resume Flux")


def test_the_modern_app_owns_what_it_took_over(story: Story) -> None:
    """What is taken out of the NodeApp leaves its objects: nobody else owns the field."""
    assert {"COLOUR", "SIZE"} <= variables(story)
    backend = SPEC["backend"] | {"env": {"COLOUR": "red"}}
    story.write(SPEC | {"backend": backend})

    wait(lambda: variables(story), lambda names: "SIZE" not in names)
    assert "COLOUR" in variables(story)


def test_the_modern_app_is_protected(story: Story) -> None:
    """NodeApp and Cluster can't be deleted under Retain."""
    wait(lambda: usages(story), lambda found: len(found) == 2 and all("status" in usage for usage in found))
    for kind, name in ((NODEAPP, story.app), (POSTGRES, f"{story.app}-db")):
        with pytest.raises(RefusedError, match="deletionPolicy: Delete first"):
            story.cluster.delete(kind, name, story.namespace)


def test_all_is_removed(story: Story) -> None:
    """In the page's order nothing is left: no app, no API, no settings."""
    gone: dict[str, Any] = SPEC | {"database": SPEC["database"] | {"deletionPolicy": "Delete"}}
    story.write(gone)
    wait(lambda: usages(story), lambda found: not found)

    removed = f"{DELETED.format('modern')}\nkubectl wait --for=delete crd/nodeapps.platform.io"
    follow(story.cluster, INSTALL, "Remove", removed)

    wait(story.objects, lambda objects: not objects)
    left = story.cluster.kubectl("api-resources", "--api-group=nodeapp.platform.io", "-o", "name")
    assert left == ""
