"""Requests, good and broken, without a cluster around them."""

import hashlib
import json
from functools import cache
from typing import Any, NamedTuple

from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from hypothesis import strategies as st

from function.api.names import PLATFORM
from tests.damage import JUNK, Damage, apply_damage, damage
from tests.platform_strategies import accepted_specs
from tests.simulated.server_side_apply import Manifest
from tests.simulated.struct_codec import manifest as decoded
from tests.simulated.struct_codec import struct
from tests.simulator import APP, World


class Parts(NamedTuple):
    """What a request is built from."""

    xr: Any
    observed: Any
    """Composed objects, by key."""
    required: Any
    """Matches of the requirements, by name."""

    def build(self) -> fnv1.RunFunctionRequest:
        """The request. What protobuf couldn't carry is left out."""
        request = fnv1.RunFunctionRequest()
        request.observed.composite.resource.CopyFrom(struct(versioned(mapping(self.xr))))
        for key, manifest in mapping(self.observed).items():
            request.observed.resources[key].resource.CopyFrom(struct(versioned(mapping(manifest))))
        for name, matches in mapping(self.required).items():
            request.required_resources[name].SetInParent()
            for manifest in matches if isinstance(matches, list) else ():
                request.required_resources[name].items.add().resource.CopyFrom(
                    struct(versioned(mapping(manifest)))
                )
        return request


class Broken(NamedTuple):
    """A damaged request of a running app. It prints as the name of the request and the damage."""

    moment: str
    damage: list[Damage]

    def parts(self) -> Parts:
        """What is left of the request after the damage."""
        whole = moments()[self.moment]._asdict()
        return Parts(**(dict.fromkeys(Parts._fields) | apply_damage(whole, self.damage)))

    def build(self) -> fnv1.RunFunctionRequest:
        """The request."""
        return self.parts().build()


class First(NamedTuple):
    """The first request for an app after its requirements were answered: nothing exists yet."""

    spec: Manifest
    platform: Manifest | None

    def parts(self) -> Parts:
        """Nothing observed, and no match for any requirement."""
        xr = moments()["new"].xr
        platforms_ = (
            [] if self.platform is None else [{"metadata": {"name": "default"}, "spec": self.platform}]
        )
        return Parts(xr | {"spec": self.spec}, {}, {PLATFORM: platforms_, "database-cluster": []})

    def build(self) -> fnv1.RunFunctionRequest:
        """The request."""
        return self.parts().build()


Case = Broken | First


def turned(tree: Any) -> Any:
    """The same in another order of every map."""
    if isinstance(tree, Parts):
        return Parts(*map(turned, tree))
    if isinstance(tree, dict):
        return {key: turned(tree[key]) for key in reversed(tree)}
    return [turned(item) for item in tree] if isinstance(tree, list) else tree


def mapping(value: Any) -> Manifest:
    """A map as it is; anything else as an empty one."""
    return value if isinstance(value, dict) else {}


def versioned(manifest: Manifest) -> Manifest:
    """The same with a resourceVersion of its own, if it has one: no two contents share one."""
    metadata = mapping(manifest.get("metadata"))
    if not isinstance(metadata.get("resourceVersion"), str):
        return manifest
    content = json.dumps(manifest, sort_keys=True, default=repr)
    version = hashlib.sha256(content.encode()).hexdigest()
    return manifest | {"metadata": metadata | {"resourceVersion": version}}


def taken(request: fnv1.RunFunctionRequest) -> Parts:
    """What a request was built from."""
    return Parts(
        decoded(request.observed.composite.resource),
        {key: decoded(r.resource) for key, r in request.observed.resources.items()},
        {
            name: [decoded(r.resource) for r in matches.items]
            for name, matches in request.required_resources.items()
        },
    )


@cache
def moments() -> dict[str, Parts]:
    """The last request of an app in each of several states, by the name of the state."""
    settings = {"domain": "acme.dev", "prometheus": {}, "labels": {"tier": "a"}}
    worlds = {
        "new": World(),
        "ordinary": World(APP, settings).settle(),
        "removed": World().settle().edit(database=None, backend={}).settle(),
        "lost": World().settle().lose("database-cluster").settle(),
        "refused": World().settle().edit(team="X").settle(),
        "found": World().settle().restore(),
        "modern": World(style="modern").settle(),
    }
    return {name: taken(world.reconcile().calls[-1].request) for name, world in worlds.items()}


def requests() -> st.SearchStrategy[First]:
    """Requests whose spec the Platform accepts."""
    return accepted_specs().map(lambda drawn: First(*drawn))


ANYTHING = st.none() | JUNK | st.sampled_from([float("nan"), float("inf"), {"a": None}])


def broken_requests() -> st.SearchStrategy[Broken]:
    """Requests in which values are missing or are something else."""

    def breaking(moment: str) -> st.SearchStrategy[Broken]:
        return st.builds(Broken, st.just(moment), damage(moments()[moment]._asdict(), ANYTHING))

    return st.deferred(lambda: st.sampled_from(sorted(moments()))).flatmap(breaking)
