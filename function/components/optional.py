"""APIs that a cluster may lack, although an app or the Platform needs them.

An object of a kind that isn't there stops Crossplane for good: it refers to the object before it applies it,
and then can't read what it refers to. Taking the setting out of the Platform doesn't help any more. So while
an app has no object of such an API, the function asks whether the cluster serves it. Kubernetes keeps an
APIService for each API.
"""

from function.api_facts import ApiFacts
from function.app import Lookup, Observed

PROMETHEUS = "v1.monitoring.coreos.com"
BARMAN_CLOUD = "v1.barmancloud.cnpg.io"
CLOUDNATIVE_PG = "v1.postgresql.cnpg.io"
EXTERNAL_SECRETS = "v1.external-secrets.io"
GATEWAY = "v1.gateway.networking.k8s.io"
KUBERNETES = "v1.apps"
"""Every cluster has it. Where it isn't found, whoever calls doesn't know the cluster's APIs."""


def read(observed: Observed, api: str, *keys: str) -> ApiFacts:
    """Whether an app has an object of an API under one of the keys, and whether the cluster lacks the API."""
    kubernetes, found = (observed.required.get(requirement(name)) for name in (KUBERNETES, api))
    in_use = any(key in observed.composed for key in keys)
    answered = kubernetes is not None and found is not None
    return ApiFacts(in_use=in_use, missing=bool(kubernetes) and answered and not found, answered=answered)


def in_a_cluster(observed: Observed) -> bool:
    """Whether whoever calls knows what the cluster has. Commands such as `nodeapp render` don't."""
    return bool(observed.required.get(requirement(KUBERNETES)))


def lookups(api: str, facts: ApiFacts) -> dict[str, Lookup]:
    """The requirements that tell whether the cluster has an API. None where an object of it is there."""
    return {} if facts.in_use else lookup(api) | lookup(KUBERNETES)


def lookup(api: str) -> dict[str, Lookup]:
    """The requirement for an API."""
    return {requirement(api): Lookup("apiregistration.k8s.io/v1", "APIService", api)}


def requirement(api: str) -> str:
    """The name of the requirement for an API."""
    return f"api-{api}"
