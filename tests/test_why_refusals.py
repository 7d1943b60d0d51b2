"""The words of Kubernetes, Crossplane and kubectl, as nodeapp why says them."""

import pytest

from function.cli.cluster.kubectl import AbsentError, ClusterError, ForbiddenError, NoKindError, failure
from function.cli.why.refusals import refusal
from tests.console import Console


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
