"""Ready means that what is written is what runs."""

from tests.live.judging import current, holds, marks
from tests.live.story import ROLLOUT, Story
from tests.plane.kubectl import Json, wait

IMAGE = "ghcr.io/acme/shop:1.4.0"
NEWER = "ghcr.io/acme/shop:1.5.0"
WHOLE = {"team": "a", "frontend": {"image": IMAGE}, "backend": {"image": IMAGE}, "database": {}}


def test_a_new_app_is_ready_only_with_its_database(story: Story) -> None:
    """A new app is Ready once CloudNativePG says that the database is, and at no moment before."""
    with story.history() as states:
        story.write(WHOLE)
        story.until(lambda claim: holds(claim, "FrontendReady") and holds(claim, "BackendReady"), ROLLOUT)
        before = len(states())
        story.postgres_is_healthy()
        story.reconciled(WHOLE)

        assert not any(holds(claim, "Ready") for claim in states()[:before])
    assert story.told("DatabaseReady", "Healthy") == ""


def test_a_new_version_is_ready_once_it_serves_alone(story: Story) -> None:
    """After an edit of the image, no state of the NodeApp counts as reconciled while an old pod is left."""
    spec = {"team": "a", "frontend": {"image": IMAGE}}
    story.runs(spec)
    newer = {"team": "a", "frontend": {"image": NEWER}}
    with story.history() as claims, story.history("apis/apps/v1", "deployments") as deployments:
        story.write(newer)
        story.reconciled(newer)
        wait(claims, lambda states: states and current(states[-1], newer))

        first = min(version(claim) for claim in claims() if current(claim, newer))
        assert not rolling([d for d in deployments() if version(d) < first][-1])
    assert story.claim()["status"]["frontend"]["image"] == NEWER


def version(item: Json) -> int:
    """When an object got its state, by the API server's one clock."""
    return int(item["metadata"]["resourceVersion"])


def rolling(deployment: Json) -> bool:
    """Whether a pod of the newer version isn't available yet, or one of the older is left."""
    status = deployment["status"]
    if status["observedGeneration"] != deployment["metadata"]["generation"]:
        return True
    counts = {status.get(key, 0) for key in ("replicas", "updatedReplicas", "availableReplicas")}
    container = deployment["spec"]["template"]["spec"]["containers"][0]
    return container["image"] != NEWER or counts != {deployment["spec"]["replicas"]}


def test_what_is_deleted_by_hand_comes_back(story: Story) -> None:
    """A Service that somebody deletes is made again, and the app is Ready with it."""
    spec = {"team": "a", "backend": {"image": IMAGE}}
    story.runs(spec)
    before = story.see("service", "backend")["metadata"]["uid"]

    story.cluster.delete("service", f"{story.app}-backend", story.namespace)

    after = wait(lambda: story.see("service", "backend"), lambda service: service and uid(service) != before)
    assert after["spec"]["selector"] == {"app.kubernetes.io/instance": "shop-backend"}
    story.reconciled(spec)


def uid(item: Json) -> str:
    """Which incarnation of its name an object is."""
    found: str = item["metadata"]["uid"]
    return found


def test_a_settled_app_is_left_alone(story: Story) -> None:
    """Once all is as written, being reconciled again writes to nothing that is composed, and soon stops."""
    story.runs(WHOLE)
    before = marks(story.objects(), "resourceVersion")

    story.write(WHOLE, nudge="once")
    wait(story.xr, lambda xr: xr["metadata"]["annotations"].get("nudge"))

    assert len(story.next(20)) < 3
    assert marks(story.objects(), "resourceVersion") == before
