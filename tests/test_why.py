"""What nodeapp why concludes, from what was seen of apps on a real control plane."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from function.cli.cluster.kubectl import (
    AbsentError,
    ClusterError,
    ForbiddenError,
    NoKindError,
    failure,
)
from function.cli.why import words
from function.cli.why.judge import judge
from function.cli.why.refusals import refusal
from function.cli.why.seen import Seen, Unseen
from function.read import condition, text
from tests.command.recorded import FOLDER, read
from tests.console import Console
from tests.why_answers import ANSWERS


def test_every_trouble_is_recorded() -> None:
    """What is tried on a control plane is judged here, and nothing else."""
    assert {file.stem for file in FOLDER.glob("*.json")} == set(ANSWERS)


@pytest.mark.parametrize("name", ANSWERS)
def test_the_cause_is_named(name: str) -> None:
    """Part, cause and next command are those of the trouble."""
    seen, wanted = read(name), ANSWERS[name]
    pod = next((text(each, "metadata", "name") or "" for each in seen.objects.get("Pod", ())), "")
    names = {"namespace": seen.namespace, "pod": pod}
    diagnosis = judge(seen)

    first = diagnosis.causes[0]
    assert first.part == wanted.part
    assert wanted.says.format_map(names) in first.message
    assert wanted.command.format_map(names) in first.command
    assert diagnosis.ready == wanted.ready
    assert diagnosis.unseen == []


@pytest.mark.parametrize("name", ANSWERS)
def test_people_read_causes_first(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe each line is whole and without colours, and the last one is the next command."""
    diagnosis = judge(read(name))
    words.show(diagnosis)
    out = capsys.readouterr().out

    first = diagnosis.causes[0]
    assert "\x1b" not in out
    assert f"  {first.part}: {first.message}\n    {first.command}\n" in out
    assert out.startswith(f"{diagnosis.summary}\n\n{'Also' if diagnosis.ready else 'Causes'}\n")
    assert out.endswith(f"\nNext: {first.command}\n") == (not diagnosis.ready)


def without_pods(seen: Seen) -> Seen:
    """The same, for somebody who may not see pods."""
    unseen = Unseen("pods", "forbidden", "kubectl get pods")
    return replace(seen, objects={**seen.objects, "Pod": ()}, unseen=[unseen])


@pytest.mark.parametrize("name", ["crashes", "no-node"])
def test_without_pods_the_condition_speaks(name: str) -> None:
    """Who may not see pods is told what the NodeApp says, and what isn't seen."""
    diagnosis = judge(without_pods(read(name)))

    assert diagnosis.unseen[0].what == "pods"
    assert not diagnosis.ready
    assert [(each.part, each.command) for each in diagnosis.causes[:1]] == [
        ("backend", f"kubectl describe deployment shop-backend -n {read(name).namespace}")
    ]


def test_what_stopped_crossplane_is_told_without_the_xr() -> None:
    """READY keeps its old value then. Who may not see the XR is told that, and whom to ask what."""
    seen = read("quota-for-objects")
    diagnosis = judge(replace(seen, composite=None, events=()))

    assert condition(seen.app, "Ready")["status"] == "True"
    assert not diagnosis.ready
    first = diagnosis.causes[0]
    assert (first.part, first.message) == (
        "Crossplane",
        "Crossplane can't go on with the app, and only its XR says why",
    )
    assert first.command == f"kubectl describe xnodeapp {seen.app['spec']['resourceRef']['name']}"


def pod(name: str, **status: Any) -> dict[str, Any]:
    """A pod of the backend."""
    labels = {"app.kubernetes.io/component": "backend"}
    return {"kind": "Pod", "metadata": {"name": name, "uid": name, "labels": labels}, "status": status}


def seen_with(*pods: dict[str, Any], events: tuple[dict[str, Any], ...] = ()) -> Seen:
    """An app with these pods."""
    app = {"kind": "NodeApp", "metadata": {"name": "shop", "namespace": "shop"}, "spec": {}, "status": {}}
    return Seen(app, None, {"Pod": pods}, events)


def container(**state: Any) -> dict[str, Any]:
    """The status of the backend's container."""
    return {"name": "backend", "image": "ghcr.io/acme/shop:1", "restartCount": 3, **state}


def told(seen: Seen) -> Iterator[tuple[str, str]]:
    """What is said of pods."""
    return ((each.message, each.command) for each in judge(seen).causes if each.part == "backend")


def test_pods_with_the_same_trouble_are_told_once() -> None:
    """With their number, and the command for one of them."""
    killed = {"exitCode": 137, "reason": "OOMKilled"}
    status = container(state={"waiting": {"reason": "CrashLoopBackOff"}}, lastState={"terminated": killed})
    pods = (
        pod("shop-backend-a", containerStatuses=[status]),
        pod("shop-backend-b", containerStatuses=[status]),
    )

    assert list(told(seen_with(*pods))) == [
        (
            (
                "2 pods: container backend needs more memory than its limit, 3 restarts; "
                "raise resources.limits.memory"
            ),
            "kubectl logs shop-backend-a -c backend -n shop --previous",
        )
    ]


def test_an_event_tells_what_a_container_does_not() -> None:
    """A probe that fails, and a volume that isn't there, are only in events."""
    about = {"kind": "Pod", "name": "shop-backend-a", "uid": "shop-backend-a"}
    event = {"involvedObject": about, "metadata": {"name": "e"}, "lastTimestamp": "2026-11-26T07:00:00Z"}
    unhealthy = {**event, "reason": "Unhealthy", "message": "Readiness probe failed: HTTP 503"}
    running = pod("shop-backend-a", containerStatuses=[container(state={"running": {}})])

    assert list(told(seen_with(running, events=(unhealthy,)))) == [
        ("runs, but isn't ready: Readiness probe failed: HTTP 503", "kubectl logs shop-backend-a -n shop")
    ]
    unmounted = {**event, "reason": "FailedMount", "message": 'configmap "x" not found'}
    assert list(told(seen_with(running, events=(unmounted,)))) == [
        ('can\'t start (FailedMount): configmap "x" not found', "kubectl describe pod shop-backend-a -n shop")
    ]


@pytest.mark.parametrize(
    ("message", "means"),
    [
        (
            'pods "x" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true',
            "namespace shop lets no such pod in (Pod Security restricted:latest): runAsNonRoot != true",
        ),
        (
            'Internal error: failed calling webhook "v.acme.dev": Post "https://x": dial tcp: refused',
            'the webhook v.acme.dev doesn\'t answer: Post "https://x": dial tcp: refused',
        ),
        (
            "ValidatingAdmissionPolicy 'signed' with binding 'b' denied request: sign it.",
            "the policy signed refuses it: sign it",
        ),
        (
            (
                'services is forbidden: User "system:serviceaccount:x:crossplane" cannot create '
                'resource "services" in API group "" in the namespace "shop"'
            ),
            (
                'system:serviceaccount:x:crossplane may not create services of API group ""; '
                "the platform team must grant it"
            ),
        ),
        (
            (
                "cannot compose resources: cannot run Composition pipeline step "
                '"compose": rpc error: code = Unavailable desc = dial tcp: connect: connection refused'
            ),
            (
                "the function doesn't answer Crossplane (connection refused), so no edit takes effect; "
                "what runs goes on"
            ),
        ),
        (
            'cannot fetch bootstrap required resources: no matches for kind "Platform" in version "a/v1"',
            (
                "Crossplane can't read the Platform: its CRD or Crossplane's rights to it are missing, "
                "so no app is reconciled; the platform team must apply package/install"
            ),
        ),
        (
            'pods "x" is forbidden: failed quota: small: must specify limits.cpu for: backend',
            "the quota small of namespace shop lets nothing in that doesn't say limits.cpu for: backend",
        ),
    ],
)
def test_refusals_are_understood(message: str, means: str) -> None:
    """The words of Kubernetes and Crossplane become a sentence about the cause."""
    known = refusal(message, "shop")

    assert known
    assert known.message == means
    assert known.command.startswith("kubectl ")


@pytest.mark.parametrize(
    ("said", "error", "message"),
    [
        (
            'Error from server (NotFound): nodeapps.platform.io "x" not found',
            AbsentError,
            'nodeapps.platform.io "x" not found',
        ),
        (
            'error: the server doesn\'t have a resource type "nodeapps"',
            NoKindError,
            'the server doesn\'t have a resource type "nodeapps"',
        ),
        (
            'Error from server (Forbidden): pods is forbidden: User "a" cannot list',
            ForbiddenError,
            'pods is forbidden: User "a" cannot list',
        ),
        (
            (
                'E1126 07:00:00.0 1 memcache.go:265] "Unhandled Error" err="x"\n'
                "The connection to the server localhost:1 was refused - did you specify the right host?\n"
            ),
            ClusterError,
            (
                "the cluster doesn't answer: The connection to the server localhost:1 was refused - "
                "did you specify the right host?"
            ),
        ),
    ],
)
def test_a_failure_of_kubectl_is_one_sentence(said: str, error: type[ClusterError], message: str) -> None:
    """Each kind of failure is told from the others, without kubectl's prefixes."""
    found = failure(said)

    assert type(found) is error
    assert (found.message, found.exit_code) == (message, 2)


def test_without_kubectl(shell: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, and exit code 2."""
    monkeypatch.setenv("PATH", "/nonexistent")
    done = shell.run("why", "shop")

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "Error: no kubectl is on PATH, and nodeapp reaches a cluster through it\n"
