"""How pods are spread over nodes and zones."""

from collections.abc import Mapping, Sequence

from function.place import Manifest

ZONE, NODE = "topology.kubernetes.io/zone", "kubernetes.io/hostname"


def spread(topology_key: str, pods: Mapping[str, str], *, match_label_keys: Sequence[str] = ()) -> Manifest:
    """A topology spread constraint: pods with these labels evenly over zones or nodes.

    It is a preference: where a zone is full, or there is only one node, the pods start anyway.
    """
    return {
        "maxSkew": 1,
        "topologyKey": topology_key,
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": dict(pods)},
        "matchLabelKeys": list(match_label_keys) or None,
    }


def apart(selector: Mapping[str, str]) -> Manifest:
    """Prefer nodes that have none of these pods. Spreading does that too, but kube-score wants this."""
    term = {"topologyKey": NODE, "labelSelector": {"matchLabels": dict(selector)}}
    # The highest weight: no other preference outweighs it.
    return {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 100, "podAffinityTerm": term}]}
