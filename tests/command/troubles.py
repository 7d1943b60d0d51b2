"""Troubles of an app, made on a real control plane: what nodeapp why is asked about."""

from collections.abc import Callable

from function.read import at
from tests.command.kubelet import IMAGE, crashing, play, waiting
from tests.live.judging import operator
from tests.live.story import NODEAPP, Story
from tests.plane.kubectl import Json, wait

SPEC: Json = {"team": "a", "environment": "dev", "backend": {"image": IMAGE}}
DATABASE = SPEC | {"database": {"version": 17, "storage": "20Gi"}}
EDIT = SPEC | {"frontend": {"image": IMAGE}}
Scenario = Callable[[Story], None]


def backend(**more: object) -> Json:
    """A spec whose backend has more."""
    return SPEC | {"backend": {"image": IMAGE, **more}}


def crashes(story: Story) -> None:
    """Node finds no module."""
    story.runs(SPEC)
    play(story, "backend", crashing(1, 4, "Error: Cannot find module 'express'"))


def migration_fails(story: Story) -> None:
    """Its init container ends with an error."""
    story.runs(backend(migrate=["npm", "run", "migrate"]))
    play(story, "migrate", crashing(2, 3), init=True)


def cannot_be_pulled(story: Story) -> None:
    """The registry has no such tag."""
    story.runs(SPEC)
    play(story, "backend", waiting("ImagePullBackOff", "Back-off pulling image: not found"))


def lacks_a_secret(story: Story) -> None:
    """Nobody made the Secret."""
    story.runs(backend(secrets=["shop-stripe"]))
    play(story, "backend", waiting("CreateContainerConfigError", 'secret "shop-stripe" not found'))


def no_node(story: Story) -> None:
    """No node is as large. This is the real scheduler."""
    story.write(backend(resources={"requests": {"cpu": "40"}}))


def database_starts(story: Story) -> None:
    """CloudNativePG has begun."""
    story.write(DATABASE)
    wait(story.database, bool)
    story.postgres_is({"phase": "Setting up primary", "instances": 1})


def disk_is_full(story: Story) -> None:
    """CloudNativePG stops before it grows a volume."""
    story.runs(DATABASE)
    status = story.database()["status"] | {"phase": "Not enough disk space", "instanceNames": ["shop-db-1"]}
    status["conditions"] = [operator("Ready", "False", "ClusterIsNotReady")]
    story.postgres_is(status)


def archive_fails(story: Story) -> None:
    """The object store refuses WAL."""
    spec = DATABASE | {"database": DATABASE["database"] | {"backup": {"enabled": True}}}
    story.runs(spec)
    story.postgres_is_healthy(operator("ContinuousArchiving", "False", "Failed", "no credentials"))


def spec_is_refused(story: Story) -> None:
    """Only the function can refuse this."""
    story.runs(SPEC)
    story.write(SPEC | {"environment": "qa"})


def field_is_held(story: Story) -> None:
    """A volume would shrink."""
    story.runs(DATABASE)
    story.write(DATABASE | {"database": {"version": 17, "storage": "10Gi"}})


def quota(story: Story, **hard: str) -> None:
    """The namespace has a quota, which is counted."""
    metadata = {"name": "small", "namespace": story.namespace}
    story.cluster.apply(
        {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": metadata, "spec": {"hard": hard}}
    )
    wait(
        lambda: story.cluster.get("resourcequota", "small", story.namespace),
        lambda q: at(q, "status", "used"),
    )


def quota_for_pods(story: Story) -> None:
    """No pod fits in."""
    quota(story, pods="0")
    story.write(SPEC)


def quota_for_objects(story: Story) -> None:
    """Crossplane stops at a 403."""
    story.runs(SPEC)
    quota(story, **{"count/services": "1"})
    story.write(EDIT)


def webhook_refuses(story: Story) -> None:
    """A policy engine refuses Deployments, with a 422."""
    story.write(backend(env={"SIZE": "big"}))


def crd_is_missing(story: Story) -> None:
    """CloudNativePG isn't installed."""
    story.write(DATABASE)


def paused(story: Story) -> None:
    """Somebody paused the XR."""
    story.runs(SPEC)
    story.pause()
    story.write(EDIT)


def operator_is_away(story: Story) -> None:
    """The app was deleted, and nobody takes off the finalizer that CloudNativePG put on its extensions."""
    story.write(DATABASE | {"database": DATABASE["database"] | {"extensions": ["pg_trgm"]}})
    wait(story.database, bool)
    story.postgres_is_healthy()
    kind, name = "databases.postgresql.cnpg.io", f"{story.app}-db"
    wait(lambda: story.cluster.get(kind, name, story.namespace), bool)
    story.cluster.patch(kind, name, story.namespace, {"metadata": {"finalizers": ["cnpg.io/deleteDatabase"]}})
    story.cluster.delete(NODEAPP, story.app, story.namespace)


SCENARIOS: dict[str, Scenario] = {
    "crd-is-missing": crd_is_missing,
    "no-image": lambda story: story.write(SPEC | {"backend": {}}),
    "crashes": crashes,
    "migration-fails": migration_fails,
    "cannot-be-pulled": cannot_be_pulled,
    "lacks-a-secret": lacks_a_secret,
    "no-node": no_node,
    "database-starts": database_starts,
    "disk-is-full": disk_is_full,
    "archive-fails": archive_fails,
    "spec-is-refused": spec_is_refused,
    "field-is-held": field_is_held,
    "quota-for-pods": quota_for_pods,
    "quota-for-objects": quota_for_objects,
    "webhook-refuses": webhook_refuses,
    "paused": paused,
    "operator-is-away": operator_is_away,
}
