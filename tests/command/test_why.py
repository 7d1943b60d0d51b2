"""nodeapp why names the cause and the next command, on a real control plane."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import pytest

from function.cli.cluster.kubectl import Kubectl
from function.cli.why.gather import gather
from function.read import at, condition
from tests.command.recorded import write
from tests.command.terminal import Terminal
from tests.command.webhook import refusing
from tests.live.judging import operator, said
from tests.live.story import Story
from tests.plane import crds
from tests.plane.kubectl import Json, wait
from tests.plane.plane import Plane
from tests.why_answers import ANSWERS, Answer

IMAGE = "ghcr.io/acme/shop:1.4.0"
SPEC: Json = {"team": "a", "environment": "dev", "backend": {"image": IMAGE}}
DATABASE = SPEC | {"database": {"version": 17, "storage": "20Gi"}}
EDIT = SPEC | {"frontend": {"image": IMAGE}}
Scenario = Callable[[Story], None]


def backend(**more: object) -> Json:
    """A spec whose backend has more."""
    return SPEC | {"backend": {"image": IMAGE, **more}}


def pods(story: Story) -> list[Json]:
    """The pods of the app."""
    return story.cluster.all("pods", story.namespace)


def play(story: Story, container: str, state: Json, *, init: bool = False) -> None:
    """The kubelet, played: a container of the backend's pod isn't well."""
    (pod,) = wait(lambda: pods(story), lambda found: found and at(found[0], "status", "podIP"))
    status = {"name": container, "image": IMAGE, "imageID": "", "ready": False, **state}
    statuses = {"initContainerStatuses" if init else "containerStatuses": [status]}
    unready = [{"type": "Ready", "status": "False"}, {"type": "PodScheduled", "status": "True"}]
    change = {"status": {**statuses, "conditions": unready}}
    story.cluster.patch("pod", pod["metadata"]["name"], story.namespace, change, "--subresource=status")


def waiting(reason: str, message: str) -> Json:
    """A container that waits."""
    return {"restartCount": 0, "state": {"waiting": {"reason": reason, "message": message}}}


def crashing(code: int, restarts: int, message: str = "") -> Json:
    """A container that crashes again and again."""
    ended = {"exitCode": code, "reason": "Error", "message": message}
    back_off = {"waiting": {"reason": "CrashLoopBackOff"}}
    return {"restartCount": restarts, "state": back_off, "lastState": {"terminated": ended}}


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
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_cause_comes_first(
    name: str,
    plane: Plane,
    story: Story,
    terminal: Terminal,
    pytestconfig: pytest.Config,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of each trouble the cause is the first that is said, with the next command to type."""
    wanted = ANSWERS[name]
    with around(name, plane, story):
        SCENARIOS[name](story)
        found = wait(lambda: asked(terminal, story), lambda seen: fits(seen, wanted, story))
        assert found["code"] == (0 if wanted.ready else 1)
        assert found["unseen"] == []
        if pytestconfig.getoption("--record"):
            for key in ("KUBECONFIG", "PATH"):
                monkeypatch.setenv(key, terminal.env[key])
            write(name, gather(Kubectl(story.namespace), story.app))


def around(name: str, plane: Plane, story: Story) -> AbstractContextManager[None]:
    """What is true of the cluster meanwhile."""
    if name == "crd-is-missing":
        return without(plane, "clusters.postgresql.cnpg.io")
    return refusing(plane, story.namespace) if name == "webhook-refuses" else nullcontext()


@contextmanager
def without(plane: Plane, name: str) -> Iterator[None]:
    """The cluster has no such CRD during the block."""
    file = str(crds.known()[name])
    plane.cluster.kubectl("delete", "-f", file)
    yield
    plane.cluster.kubectl("apply", "--server-side", "-f", file)
    wait(
        lambda: condition(plane.cluster.get("crd", name), "Established"),
        lambda seen: seen.get("status") == "True",
    )


def asked(terminal: Terminal, story: Story) -> Json:
    """What why says, for programs."""
    done = terminal.run("why", story.app, "-n", story.namespace, "-o", "json")
    assert done.code in (0, 1), done.err
    found: Json = json.loads(done.out)
    return found | {"code": done.code}


def fits(seen: Json, wanted: Answer, story: Story) -> bool:
    """Whether the first cause is the one."""
    if not seen["causes"] or seen["ready"] != wanted.ready:
        return False
    first = seen["causes"][0]
    pod = next(iter(pods(story)), {"metadata": {"name": ""}})["metadata"]["name"]
    names = {"namespace": story.namespace, "pod": pod}
    return bool(
        first["part"] == wanted.part
        and wanted.says.format_map(names) in first["message"]
        and wanted.command.format_map(names) in first["command"]
    )


def test_an_app_that_is_well(story: Story, terminal: Terminal) -> None:
    """Nothing is wrong, and the exit code is 0."""
    story.runs(SPEC)
    done = terminal.run("why", story.app, "-n", story.namespace)

    assert done.code == 0
    assert done.out.startswith(f"NodeApp {story.namespace}/shop is ready\n")
    assert "Causes" not in done.out


def may(story: Story, *resources: str) -> None:
    """A developer may get NodeApps in one namespace, and more resources."""
    kubectl = story.cluster.kubectl
    rights = [f"--resource={each}" for each in ("nodeapps.platform.io", *resources)]
    kubectl("create", "role", "see", "--verb=get,list", *rights, "-n", story.namespace)
    kubectl("create", "rolebinding", "see", "--role=see", "--user=developer", "-n", story.namespace)


def test_a_developer_with_few_rights(story: Story, terminal: Terminal) -> None:
    """Who may get NodeApps and pods of one namespace sees the cause, and is told what isn't seen."""
    may(story, "pods")
    story.runs(SPEC)
    play(story, "backend", waiting("ImagePullBackOff", "not found"))
    done = wait(
        lambda: terminal.of("developer").run("why", story.app, "-n", story.namespace),
        lambda done: "can't pull" in done.out,
    )

    assert done.code == 1
    unseen = done.out.partition("Not seen\n")[2]
    xr = story.claim()["spec"]["resourceRef"]["name"]
    assert f"XNodeApp {xr}, whose own errors no NodeApp shows: " in unseen
    assert f"ask somebody who may: kubectl describe xnodeapps.platform.io {xr}\n" in unseen
    assert "events: events is forbidden" in unseen


def test_a_developer_without_rights(story: Story, terminal: Terminal) -> None:
    """One sentence, and the command that says when it works."""
    story.write(SPEC)
    done = terminal.of("nobody").run("why", story.app, "-n", story.namespace)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Error: you may not see NodeApps here: ")
    assert f"kubectl auth can-i get nodeapps.platform.io --namespace={story.namespace}" in done.err


def test_an_app_that_is_not_there(story: Story, terminal: Terminal) -> None:
    """One sentence, with the name that was meant."""
    story.write(SPEC)
    done = terminal.run("why", "shopp", "-n", story.namespace)

    assert (done.code, done.out) == (2, "")
    assert done.err == f"Error: NodeApp shopp isn't in namespace {story.namespace}; did you mean shop?\n"


def test_a_refusal_without_rights_names_who_to_ask(plane: Plane, story: Story, terminal: Terminal) -> None:
    """Only the XR has a webhook's words. Who may not see it is told whom to ask what."""
    may(story)
    with refusing(plane, story.namespace):
        story.write(SPEC)
        story.until(lambda claim: said(claim, "BackendReady")[1] == "Refused")
        done = terminal.of("developer").run("why", story.app, "-n", story.namespace, "-o", "json")

    first = json.loads(done.out)["causes"][0]
    assert "was refused by the API server" in first["message"]
    assert first["command"].startswith("kubectl describe XNodeApp ")
