"""APIs that a cluster may lack, although the Platform says that they are there.

An object of a kind that isn't there stops Crossplane for good: it refers to the object before it applies it,
and then can't read what it refers to. Taking the setting out of the Platform doesn't help any more. So while
an app has no object of such an API, the function asks whether the cluster serves it. Kubernetes keeps an
APIService for each API.
"""

from function.app import Lookup, Observed
from function.facts import ApiFacts

PROMETHEUS = "v1.monitoring.coreos.com"
BARMAN_CLOUD = "v1.barmancloud.cnpg.io"
KUBERNETES = "v1.apps"
"""Every cluster has it. Where it isn't found, whoever calls doesn't know the cluster's APIs."""


def read(observed: Observed, api: str, *keys: str) -> ApiFacts:
    """Whether an app has an object of an API under one of the keys, and whether the cluster lacks the API."""
    knows = bool(observed.required.get(requirement(KUBERNETES)))
    found = observed.required.get(requirement(api))
    in_use = any(key in observed.composed for key in keys)
    return ApiFacts(in_use=in_use, missing=knows and found is not None and not found)


def lookups(api: str, facts: ApiFacts) -> dict[str, Lookup]:
    """The requirements that tell whether the cluster has an API. None where an object of it is there."""
    if facts.in_use:
        return {}
    return {
        requirement(name): Lookup("apiregistration.k8s.io/v1", "APIService", name)
        for name in (api, KUBERNETES)
    }


def requirement(api: str) -> str:
    """The name of the requirement for an API."""
    return f"api-{api}"
