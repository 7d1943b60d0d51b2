"""nodeapp ends in one sentence where kubectl gives no answer."""

from pathlib import Path

import pytest

from function.cli.cluster import kubectl
from function.cli.cluster.kubectl import failure
from tests.console import Console
from tests.test_cli import install

GET = "kubectl get nodeapps.platform.io"


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        (
            "sleep 9",
            f"the cluster doesn't answer within 0.1 seconds; {GET} waits longer",
        ),
        ("echo Hello", f"kubectl prints no JSON; {GET} shop shows what it prints"),
    ],
)
def test_a_kubectl_that_gives_no_answer(
    shell: Console, monkeypatch: pytest.MonkeyPatch, script: str, sentence: str
) -> None:
    """It waits for ever, or prints something else: one sentence, and what to type."""
    monkeypatch.setattr(kubectl, "PATIENCE", 0.1 if "sleep" in script else 9)
    install(monkeypatch, "kubectl", script.replace("sleep", "exec /bin/sleep"))

    done = shell.run("why", "shop")

    assert done.stderr == f"Error: {sentence}\n"
    assert done.exit_code == 2


def test_a_kubectl_that_cannot_be_run(shell: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """A download that was cut off, or is for another processor."""
    install(monkeypatch, "kubectl", "")
    Path("bin/kubectl").write_bytes(b"\x7fELF")

    done = shell.run("logs", "shop")

    assert done.stderr.startswith("Error: kubectl can't be run: ")
    assert done.stderr.endswith("/bin/kubectl: exec format error\n")
    assert done.exit_code == 2


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("nodeapp/shop", "write shop alone"), ("--all", "it is such as shop"), ("", "it is such as shop")],
)
def test_a_name_that_no_app_has_is_not_asked_for(shell: Console, name: str, remedy: str) -> None:
    """It would be an option of kubectl, or another kind."""
    for command in (("why", "--", name), ("psql", name), ("shell", name), ("run", name, "ls")):
        done = shell.run(*command)

        assert done.stderr == f"Error: {name!r} is no name of a NodeApp; {remedy}\n"
        assert done.exit_code == 2


LOCALHOST = (
    "The connection to the server localhost:8080 was refused - did you specify the right host or port?"
)
UNLOADED = 'error loading config file "/k": yaml: line 1: did not find expected node content'
UNKNOWN = "You must be logged in to the server (Unauthorized)"
UNFOUND = "Unable to connect to the server: dial tcp: lookup c.invalid: no such host"
SENTENCES = {
    f"E1126 memcache.go:265] x\n{LOCALHOST}": "kubectl's configuration names no cluster; set KUBECONFIG",
    f"error: {UNLOADED}": f"kubectl's configuration doesn't work: {UNLOADED}; kubectl config get-contexts",
    f"error: {UNKNOWN}": f"the cluster doesn't know you, so log in to it again: {UNKNOWN}",
    "error: invalid character '<' looking for beginning of value": "what answers isn't a Kubernetes API",
    UNFOUND: f"the cluster doesn't answer: {UNFOUND}",
}
"""What kubectl says → how the sentence begins."""


@pytest.mark.parametrize("said", SENTENCES)
def test_a_cluster_that_gives_no_answer_says_whose_turn_it_is(said: str) -> None:
    """A configuration that names no cluster, or is broken, a login, a proxy, and the network."""
    assert failure(said).message.startswith(SENTENCES[said])
