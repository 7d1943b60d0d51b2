"""Workers and jobs: they follow the backend, sleep with the database, and say so when they fail."""

from typing import Any

from function.read import at
from tests.live.story import ROLLOUT, Story
from tests.plane.kubectl import Json, wait

IMAGE = "ghcr.io/acme/shop:1.4.0"
NEWER = "ghcr.io/acme/shop:1.5.0"
BACKEND = {"image": IMAGE, "env": {"QUEUE": "mails"}}
MAIL = {"command": ["node", "mail.js"]}
SPEC: dict[str, Any] = {"team": "a", "backend": BACKEND, "workers": {"mail": MAIL}}
MINUTELY = {"schedule": "* * * * *", "command": ["node", "clean.js"]}
RUN = 150.0
"""Seconds in which a job of each minute begins a run and tries it three times, 10 and 20 seconds apart."""


def image(story: Story, component: str) -> str:
    """The image of a Deployment's container."""
    found: str = at(story.see("deployment", component), "spec", "template", "spec", "containers", 0, "image")
    return found


def test_workers_wait_for_an_image_and_roll_with_the_backends(story: Story) -> None:
    """Without an image a worker waits, and says so. Then it runs what the backend runs, edits included."""
    story.write(SPEC | {"backend": {}})
    assert story.told("WorkersReady", "NoImage") == "mail: waits for an image; set backend.image"
    story.runs(SPEC)
    assert image(story, "work--mail") == IMAGE

    newer = SPEC | {"backend": BACKEND | {"image": NEWER}}
    story.runs(newer)
    assert image(story, "work--mail") == NEWER
    assert story.claim()["status"]["workers"]["mail"] == {"image": NEWER, "replicas": 2, "available": 2}


def test_a_worker_that_finds_no_place_is_named(story: Story) -> None:
    """No node has that much. The app isn't Ready, and its backend serves on."""
    huge = SPEC | {
        "workers": {"mail": MAIL | {"resources": {"requests": {"cpu": 100}, "limits": {"cpu": 100}}}}
    }
    story.write(huge)
    story.told("BackendReady", "Available")
    story.until(lambda claim: "mail: 0 of 2 replicas available" in claim["status"]["message"], ROLLOUT)
    story.told("WorkersReady", "NotReady")


def test_what_uses_the_database_sleeps_and_wakes_with_it(story: Story) -> None:
    """Asleep, a worker has no pods and a job starts no run, and that is Ready."""
    spec = SPEC | {"database": {}, "jobs": {"clean": MINUTELY | {"schedule": "0 2 * * *"}}}
    story.runs(spec)
    asleep = spec | {"database": {"hibernate": True}}
    story.write(asleep)
    wait(lambda: story.see("deployment", "work--mail"), lambda found: found["spec"]["replicas"] == 0)
    story.postgres_sleeps()
    story.reconciled(asleep)
    assert story.see("cronjob", "cj--clean")["spec"]["suspend"] is True
    story.told("WorkersReady", "Hibernated")
    story.told("JobsReady", "Hibernated")

    story.postgres_wakes()
    story.write(spec)
    story.told("WorkersReady", "WaitingForDatabase")
    story.postgres_is_healthy()
    story.reconciled(spec)
    assert story.see("deployment", "work--mail")["spec"]["replicas"] == 2
    assert not story.see("cronjob", "cj--clean")["spec"].get("suspend")


def test_a_worker_reaches_the_database_and_a_stranger_does_not(story: Story) -> None:
    """By the selectors of the policies, asked of the API server with the pods that run."""
    story.runs(SPEC | {"frontend": {"image": IMAGE}, "database": {}})
    admitted = {pod for peer in peers(story, "db") for pod in pods(story, peer)}
    assert {part(pod) for pod in admitted} == {"backend", "worker-mail"}
    assert len(admitted) == 4
    assert peers(story, "work--mail") == []
    assert {part(pod) for pod in pods(story, selected(story, "work--mail"))} == {"worker-mail"}


def peers(story: Story, component: str) -> list[str]:
    """The label selectors of a policy's peers that are pods of this namespace."""
    rules = story.see("networkpolicy", component)["spec"].get("ingress", [])
    return [labels(peer) for rule in rules for peer in rule["from"] if "namespaceSelector" not in peer]


def selected(story: Story, component: str) -> str:
    """The label selector of the pods that a policy is about."""
    return labels(story.see("networkpolicy", component)["spec"])


def labels(selector: Json) -> str:
    """A selector as kubectl takes it."""
    return ",".join(f"{key}={value}" for key, value in selector["podSelector"]["matchLabels"].items())


def pods(story: Story, selector: str) -> set[tuple[str, str]]:
    """Part and name of the pods that a selector selects."""
    found = story.cluster.all("pods", story.namespace, f"--selector={selector}")
    return {(o["metadata"]["labels"]["app.kubernetes.io/component"], o["metadata"]["name"]) for o in found}


def part(pod: tuple[str, str]) -> str:
    """The part that a pod belongs to."""
    return pod[0]


def test_a_job_runs_and_says_when_it_fails(story: Story) -> None:
    """Kubernetes runs it each minute. Pods of the job `unlucky` fail, and an edit of it ends the alarm."""
    spec = {"team": "a", "backend": BACKEND, "jobs": {"clean": MINUTELY, "unlucky": MINUTELY}}
    story.runs(spec)
    story.until(lambda claim: at(claim, "status", "jobs", "clean", "lastSuccessful"), RUN)
    story.until(lambda claim: at(claim, "status", "jobs", "unlucky", "failed") is True, RUN)
    assert story.told("JobsReady", "RunFailed").startswith("unlucky: the last run failed: kubectl logs ")

    nightly = MINUTELY | {"schedule": "0 2 * * *"}
    corrected = spec | {"jobs": {"clean": nightly, "unlucky": nightly}}
    story.write(corrected)
    story.reconciled(corrected)
    story.told("JobsReady", "Scheduled")
