"""nodeapp logs, shell, run and psql, on a real control plane. KWOK plays the kubelet."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from function.read import at
from tests.command.terminal import PATIENCE, Terminal
from tests.live.story import Story
from tests.plane.kubectl import Json, wait
from tests.plane.plane import Plane
from tests.plane.stages import LOG

IMAGE = "ghcr.io/acme/shop:1.4.0"
SPEC: Json = {
    "team": "a",
    "environment": "dev",
    "backend": {
        "image": IMAGE,
        "env": {"SIZE": "big"},
        "secrets": ["stripe"],
        "migrate": ["npm", "run", "m"],
    },
    "workers": {"mail": {"command": ["node", "mail.js"]}},
    "database": {"version": 17},
}
SAID = LOG.split(" ", 3)[3]
"""What each container says."""


@pytest.fixture(scope="module")
def shop(plane: Plane) -> Story:
    """An app that runs, in a namespace that lets in restricted pods alone. Its database has two instances."""
    own = Story(plane.cluster, "inside")
    plane.cluster.kubectl("create", "namespace", own.namespace)
    enforced = "pod-security.kubernetes.io/enforce=restricted"
    plane.cluster.kubectl("label", "namespace", own.namespace, enforced)
    own.runs(SPEC)
    plane.cluster.apply(*(instance(own, role) for role in ("primary", "replica")))
    wait(
        lambda: plane.cluster.all("pods", own.namespace, "-l", "cnpg.io/cluster"),
        lambda seen: all(at(p, "status", "podIP") for p in seen),
    )
    return own


def instance(own: Story, role: str) -> Json:
    """An instance of the database, as CloudNativePG labels one."""
    labels = {"cnpg.io/cluster": "shop-db", "cnpg.io/instanceRole": role}
    deployed = own.see("deployment", "backend")["spec"]["template"]["spec"]
    container = {
        "name": "postgres",
        "image": "postgres",
        "securityContext": deployed["containers"][0]["securityContext"],
    }
    spec = {"containers": [container], "securityContext": deployed["securityContext"]}
    metadata = {"name": f"shop-db-{role}", "namespace": own.namespace, "labels": labels}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}


def left(shop: Story) -> list[str]:
    """The pods of commands that are there still, and aren't being deleted."""
    pods = shop.cluster.all("pods", shop.namespace, "-l", "app.kubernetes.io/component=run")
    return [pod["metadata"]["name"] for pod in pods if not at(pod, "metadata", "deletionTimestamp")]


def test_logs_are_those_of_all_pods(shop: Story, terminal: Terminal) -> None:
    """Each line has the pod and the container it is from; a part has its own alone."""
    done = terminal.run("logs", "shop", "-n", shop.namespace)
    assert done.code == 0, done.err
    parts = {line.split("/")[1].rsplit("-", 2)[0] for line in done.out.splitlines()}
    assert parts == {"shop-backend", "shop-work--mail"}
    assert all(line.endswith(f"] {SAID.strip()}") for line in done.out.splitlines())

    mail = terminal.run("logs", "shop", "-p", "mail", "-n", shop.namespace)
    assert {line.split("/")[1].rsplit("-", 2)[0] for line in mail.out.splitlines()} == {"shop-work--mail"}


def test_a_command_in_a_pod_that_runs(shop: Story, terminal: Terminal) -> None:
    """Its output and standard input are those of the command. KWOK only tells that one failed."""
    done = terminal.run("shell", "shop", "-n", shop.namespace, "--", "echo", "hello")
    assert (done.code, done.out) == (0, "hello\n"), done.err
    assert terminal.run("shell", "shop", "-p", "mail", "-n", shop.namespace, "--", "false").code != 0
    typed = terminal.run("shell", "shop", "-n", shop.namespace, given="echo typed; exit\n")
    assert (typed.code, typed.out) == (0, "typed\n")


def test_psql_on_primary_and_replica(shop: Story, terminal: Terminal) -> None:
    """It has the owner's role unless it is told otherwise, and takes psql's own options."""
    asked = ("psql", "shop", "-n", shop.namespace)
    done = terminal.run(*asked, "--", "-c", "SELECT 1")
    assert (done.code, done.out) == (0, "psql shop -c SELECT 1 with -c role=shop on a database\n"), done.err
    done = terminal.run(*asked, "--superuser")
    assert (done.code, done.out) == (0, "psql shop with  on a database\n")
    assert terminal.run(*asked, "--replica").code == 0


def test_a_command_in_a_pod_of_its_own(shop: Story, terminal: Terminal) -> None:
    """The pod has the backend's image, environment and secrets, is admitted as restricted, and is removed."""
    with shop.cluster.watching(f"/api/v1/namespaces/{shop.namespace}/pods") as states:
        done = terminal.run(
            "run", "shop", "-n", shop.namespace, "--timeout", "10m", "--", "npm", "run", "seed"
        )
        pods = [each for each in states() if each["metadata"]["name"].startswith("shop-run-")]

    assert (done.code, done.out, done.err) == (0, SAID, "")
    assert left(shop) == []
    [container] = pods[0]["spec"]["containers"]
    [deployed] = shop.see("deployment", "backend")["spec"]["template"]["spec"]["containers"]
    assert container["command"] == ["npm", "run", "seed"]
    for field in ("image", "env", "envFrom", "securityContext", "resources", "volumeMounts"):
        assert container[field] == deployed[field]
    assert "initContainers" not in pods[0]["spec"]
    assert pods[0]["spec"]["activeDeadlineSeconds"] == 600
    labels = pods[0]["metadata"]["labels"]
    assert labels["platform.io/connects-to"] == "shop-db"
    assert "app.kubernetes.io/instance" not in labels


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_after_a_signal(shop: Story, terminal: Terminal, sent: signal.Signals) -> None:
    """Ctrl-C removes the pod, which waits for a node here."""
    shop.cluster.patch("node", "node-a", None, {"spec": {"unschedulable": True}})
    shop.cluster.patch("node", "node-b", None, {"spec": {"unschedulable": True}})
    command = [sys.executable, "-m", "function.cli", "run", "shop", "-n", shop.namespace, "--", "sleep", "60"]
    try:
        with subprocess.Popen(command, env=terminal.env, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603  # Ours.
            wait(lambda: left(shop), bool)
            time.sleep(1)
            process.send_signal(sent)
            assert process.wait(PATIENCE) == 130
            assert process.stderr
            assert process.stderr.read().startswith("Note: no node takes the pod: ")
    finally:
        for node in ("node-a", "node-b"):
            shop.cluster.patch("node", node, None, {"spec": {"unschedulable": None}})
    wait(lambda: left(shop), lambda names: not names)


def test_a_pod_that_is_not_let_in(shop: Story, terminal: Terminal) -> None:
    """The cause is named, and there is nothing to remove."""
    quota = {"hard": {"pods": str(len(shop.cluster.all("pods", shop.namespace)))}}
    metadata = {"name": "small", "namespace": shop.namespace}
    shop.cluster.apply({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": metadata, "spec": quota})
    wait(
        lambda: shop.cluster.get("resourcequota", "small", shop.namespace), lambda q: at(q, "status", "used")
    )
    done = terminal.run("run", "shop", "-n", shop.namespace, "--", "true")
    shop.cluster.delete("resourcequota", "small", shop.namespace)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(
        "Error: the pod can't be made: the quota small of namespace inside is used up: "
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("logs", "shop", "-p", "frontend"),
            "shop has no part frontend; it has backend, database, worker-mail",
        ),
        (("shell", "nope"), "NodeApp nope isn't in namespace inside; it has shop"),
        (
            ("run", "shop", "--part", "database", "--", "true"),
            "database has no Deployment yet; nodeapp why shop",
        ),
        (
            ("run", "shop", "--timeout", "soon", "--", "true"),
            "must be a duration such as 90s, 10m or 2h, not 'soon'",
        ),
    ],
)
def test_bad_input_is_one_sentence(
    shop: Story, terminal: Terminal, arguments: tuple[str, ...], sentence: str
) -> None:
    """What isn't there ends with exit code 2."""
    command, name, *rest = arguments
    done = terminal.run(command, name, "-n", shop.namespace, *rest)

    assert (done.code, done.out) == (2, "")
    assert sentence in done.err


def test_a_cluster_that_cannot_be_reached(terminal: Terminal, tmp_path: Path) -> None:
    """One sentence, and exit code 2."""
    config = tmp_path / "kubeconfig"
    config.write_text(terminal.kubeconfig.read_text().replace(":6443", ":1"))
    for command in (("why", "shop"), ("logs", "shop"), ("psql", "shop")):
        done = Terminal(config).run(*command, "-n", "inside")
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("Error: the cluster doesn't answer: The connection to the server ")
        assert len(done.err.splitlines()) == 1
