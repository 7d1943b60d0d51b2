"""What nodeapp why must say first of all of an app in trouble: by the name of the trouble."""

from typing import NamedTuple


class Answer(NamedTuple):
    """A cause. `{namespace}` and `{pod}` stand for what is found there."""

    part: str
    says: str
    command: str
    ready: bool = False
    """Whether the app is Ready all the same."""


ANSWERS = {
    "no-image": Answer(
        "backend", "waits for an image; set backend.image", "kubectl explain nodeapp.spec.backend.image"
    ),
    "crashes": Answer(
        "backend",
        "container backend crashes: exit code 1, 4 restarts: Error: Cannot find module 'express'",
        "kubectl logs {pod} -c backend -n {namespace} --previous",
    ),
    "migration-fails": Answer(
        "backend",
        "the migration fails: exit code 2, 3 restarts",
        "kubectl logs {pod} -c migrate -n {namespace} --previous",
    ),
    "cannot-be-pulled": Answer(
        "backend",
        "can't pull ghcr.io/acme/shop:1.4.0 (ImagePullBackOff): Back-off pulling image: not found",
        "kubectl describe pod {pod} -n {namespace}",
    ),
    "lacks-a-secret": Answer(
        "backend",
        'container backend can\'t start (CreateContainerConfigError): secret "shop-stripe" not found',
        "kubectl describe pod {pod} -n {namespace}",
    ),
    "no-node": Answer(
        "backend",
        "no node takes the pod: 0/2 nodes are available: 2 Insufficient cpu",
        "kubectl describe pod {pod} -n {namespace}",
    ),
    "database-starts": Answer(
        "database",
        "phase 'Setting up primary'",
        "kubectl describe clusters.postgresql.cnpg.io shop-db -n {namespace}",
    ),
    "disk-is-full": Answer(
        "database",
        "the volumes are full",
        "kubectl patch pvc -n {namespace} shop-db-1 -p",
    ),
    "archive-fails": Answer(
        "BackedUp",
        "WAL isn't archived: no credentials",
        "kubectl logs -n {namespace} -l cnpg.io/cluster=shop-db --all-containers --tail=50",
        ready=True,
    ),
    "spec-is-refused": Answer(
        "Accepted", "the platform has no profile 'qa'", "kubectl explain nodeapp.spec.environment"
    ),
    "field-is-held": Answer(
        "SpecHonored",
        "kept 20Gi, a volume can't shrink to 10Gi",
        "kubectl explain nodeapp.spec.database.storage",
        ready=True,
    ),
    "quota-for-pods": Answer(
        "backend",
        "no pod can be created: the quota small of namespace {namespace} is used up: it needs pods=1",
        "kubectl describe quota small -n {namespace}",
    ),
    "quota-for-objects": Answer(
        "Crossplane",
        "the quota small of namespace {namespace} is used up: it needs count/services=1",
        "kubectl describe quota small -n {namespace}",
    ),
    "webhook-refuses": Answer(
        "Crossplane",
        "the webhook images.policy.acme.dev refuses it: images must be signed",
        "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations",
    ),
    "crd-is-missing": Answer(
        "Crossplane",
        "the cluster has no Cluster of postgresql.cnpg.io/v1",
        "kubectl api-resources --api-group=postgresql.cnpg.io",
    ),
    "paused": Answer("Crossplane", "is paused, so no edit takes effect", "kubectl annotate xnodeapp"),
    "operator-is-away": Answer(
        "deletion",
        "CloudNativePG has to take the finalizer cnpg.io/deleteDatabase off Database shop-db",
        "kubectl describe Database.v1.postgresql.cnpg.io/shop-db -n {namespace}",
    ),
}
