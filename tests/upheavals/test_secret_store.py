"""Secrets come from a store, on a real control plane: with the operator's CRD, and its statuses played."""

from collections.abc import Iterator

import pytest

from function.read import at
from tests.live.judging import current, operator, said
from tests.live.story import ROLLOUT, Story
from tests.plane import crds
from tests.plane.kubectl import Cluster, Json, RefusedError, wait
from tests.plane.plane import Plane
from tests.plane.product import STORE, function, govern

EXTERNAL_SECRETS = "externalsecrets.external-secrets.io"
VAULT = {"secretStore": {"name": "vault", "path": "apps/{namespace}/{secret}"}}
SPEC = {
    "team": "a",
    "environment": "dev",
    "backend": {
        "image": "ghcr.io/acme/shop:1.4.0",
        "secrets": ["stripe"],
        "secretEnv": {"MAIL": "mail/password"},
    },
}
FAILED = "could not get secret data from provider"


@pytest.fixture
def cluster(plane: Plane) -> Iterator[Cluster]:
    """The control plane with the function and no operator's CRD. In the end all is as it was."""
    if EXTERNAL_SECRETS not in crds.known():
        pytest.skip("the CRD of ExternalSecrets isn't here: python -m tests.plane crds")
    govern(plane.cluster, {})
    plane.cluster.delete("crd", EXTERNAL_SECRETS)
    with function(plane):
        yield plane.cluster
        govern(plane.cluster, {"database": {"objectStore": STORE}})
        plane.cluster.kubectl("apply", "--server-side", f"--filename={crds.known()[EXTERNAL_SECRETS]}")


def names(own: Story) -> set[str]:
    """The namespace's ExternalSecrets; none while the API server doesn't know the kind."""
    try:
        return {each["metadata"]["name"] for each in own.cluster.all(EXTERNAL_SECRETS, own.namespace)}
    except RefusedError:
        return set()


def play(own: Story, name: str, status: str, reason: str, message: str) -> None:
    """What the operator says of an ExternalSecret."""
    generation = at(own.cluster.get(EXTERNAL_SECRETS, name, own.namespace), "metadata", "generation")
    said = {"conditions": [operator("Ready", status, reason, message)]}
    synced = {"syncedResourceVersion": f"{generation}-0a1b2c"} if status == "True" else {}
    patch = {"status": said | synced}
    own.cluster.patch(EXTERNAL_SECRETS, name, own.namespace, patch, "--subresource=status")


def reads(own: Story, name: str) -> Json:
    """The spec of an ExternalSecret, as the API server keeps it."""
    spec: Json = at(own.cluster.get(EXTERNAL_SECRETS, name, own.namespace), "spec")
    return spec


def test_a_secret_comes_from_the_store_alone(cluster: Cluster) -> None:
    """Without the CRD the app runs on and says what is missing. Then each Secret has an ExternalSecret, which
    a second app shares, and the app is Ready once all are synced. Without the store they go."""
    cluster.kubectl("create", "namespace", "vault")
    own, other = Story(cluster, "vault", "shop"), Story(cluster, "vault", "other")
    own.runs(SPEC)

    govern(cluster, VAULT)
    own.nudged()
    own.told("SecretsReady", "NoExternalSecrets", "install External Secrets Operator")
    assert said(own.claim(), "BackendReady")[:2] == ("True", "Available")

    cluster.kubectl("apply", "--server-side", f"--filename={crds.known()[EXTERNAL_SECRETS]}")
    wait(lambda: names(own), lambda found: found == {"stripe", "mail"}, ROLLOUT)
    spec = reads(own, "stripe")
    assert spec["target"]["creationPolicy"] == "Orphan"
    assert spec["target"]["deletionPolicy"] == "Retain"  # The API server's default.
    assert spec["secretStoreRef"] == {"kind": "ClusterSecretStore", "name": "vault"}
    assert [each["extract"]["key"] for each in spec["dataFrom"]] == ["apps/vault/stripe"]
    own.told("SecretsReady", "Progressing", "mail: waits for External Secrets Operator")

    play(own, "stripe", "True", "SecretSynced", "secret synced")
    play(own, "mail", "False", "SecretSyncedError", FAILED)
    message = own.told("SecretsReady", "NotReady")
    assert message.startswith(f"mail: SecretSyncedError: {FAILED}; kubectl describe")
    play(own, "mail", "True", "SecretSynced", "secret synced")
    own.reconciled(SPEC)

    sharing = SPEC | {"backend": {"image": "ghcr.io/acme/other:1.0.0", "secrets": ["stripe"]}}
    other.runs(sharing)
    owners = at(cluster.get(EXTERNAL_SECRETS, "stripe", "vault"), "metadata", "ownerReferences")
    assert [each["name"] for each in owners] == [own.xr()["metadata"]["name"]]

    without = SPEC | {"backend": {"image": "ghcr.io/acme/shop:1.4.0"}}
    own.write(without)
    own.until(lambda claim: current(claim, without), ROLLOUT)
    wait(lambda: names(own), lambda found: "mail" not in found, ROLLOUT)
    other.nudged()
    wait(lambda: names(own), lambda found: found == {"stripe"}, ROLLOUT)
    play(other, "stripe", "True", "SecretSynced", "secret synced")
    other.until(lambda claim: current(claim, sharing), ROLLOUT)

    govern(cluster, {})
    other.nudged()
    wait(lambda: names(own), lambda found: not found, ROLLOUT)
    other.told("SecretsReady", "NotApplicable")
