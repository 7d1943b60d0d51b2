"""Changes that people and operators make, as values: Hypothesis prints them as they were drawn."""

from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.adopted_clusters import MAKES, made
from tests.platform_strategies import DATABASES
from tests.sampled import SIZES, TEXTS
from tests.simulated.cnpg_instances import FENCED, Instances
from tests.simulated.cnpg_phases import DISK_FULL, HIBERNATION, PHASES
from tests.simulated.operators import Asleep, Rollout
from tests.simulated.server_side_apply import Manifest
from tests.strategies import FIELDS


class Edit(NamedTuple):
    """Another value of one field of a spec."""

    path: tuple[str, ...]
    value: Any
    """None: the field is taken away."""

    def apply_to(self, spec: Manifest) -> Manifest:
        """The spec after this edit."""
        key, *below = self.path
        part = spec.get(key)
        value = (
            Edit(tuple(below), self.value).apply_to(part if isinstance(part, dict) else {})
            if below
            else self.value
        )
        left = {name: item for name, item in spec.items() if name != key}
        return left if value is None else left | {key: value}


def with_images(spec: Manifest) -> Manifest:
    """A spec whose parts have images. A part that had none at first would keep the one it gets later."""
    images = {role: {"image": "a:1"} | spec[role] for role in ("frontend", "backend") if role in spec}
    return spec | images


def edited(path: tuple[str, ...]) -> st.SearchStrategy[Edit]:
    """An edit of one field."""
    return st.builds(Edit, st.just(path), FIELDS[path] | st.none())


edits = st.sampled_from(sorted(FIELDS)).flatmap(edited)
database_edits = st.sampled_from([path for path in sorted(FIELDS) if path[0] == "database"]).flatmap(edited)

policies = st.one_of(
    st.builds(lambda name: {"environment": name}, st.sampled_from(["dev", "prod"])),
    st.builds(lambda size: {"profiles": {"prod": {"database": {"storage": size}}}}, SIZES),
    st.builds(
        lambda policy: {"profiles": {"prod": {"database": policy}}},
        st.sampled_from(
            [
                {"deletionPolicy": "Delete"},
                {"deletionPolicy": "Retain"},
                {"instances": 1},
            ]
        ),
    ),
    *(
        st.builds(lambda value, key=key: {"database": {key: value}}, values)
        for key, values in DATABASES.items()
    ),
    st.just({"database": {"objectStore": None}}),
    st.builds(
        lambda major: {"database": {"images": {str(major): f"r.dev/postgresql:{major}.9"}}},
        st.integers(15, 18),
    ),
    st.sampled_from(
        [
            {"registries": ["ghcr.io/acme"]},
            {"registries": None},
            {"limits": {"replicas": 2, "instances": 1, "memory": "256Mi", "cpu": "500m"}},
            {"limits": {"storage": "5Gi"}},
            {"limits": None},
            {"overrides": ["*"]},
            {"overrides": None},
            {"ingress": {"allowedAnnotations": ["acme.dev/waf"]}},
        ]
    ),
    st.sampled_from(
        [{"domain": "l" * 63 + ".dev"}, {"domain": None}, {"prometheus": {}}, {"labels": {"tier": "x"}}]
    ),
)
"""One change of the Platform, as a merge patch."""
releases = st.dictionaries(st.integers(15, 18), st.integers(20, 29), min_size=1, max_size=4).map(
    lambda minors: {major: f"ghcr.io/cloudnative-pg/postgresql:{major}.{n}" for major, n in minors.items()}
)
"""Built-in images of another release."""

cnpg_states = st.one_of(
    st.just(Asleep()),
    st.just(Instances(upgrades=False)),
    st.builds(Instances, phase=st.sampled_from(PHASES), down=st.integers(0, 2)),
    st.just(Instances(DISK_FULL, down=9)),
    st.builds(Instances, growing=st.integers(1, 3)),
    st.builds(
        Instances,
        archiving=st.sampled_from(["", "exit status 1"]),
        backups=st.sampled_from(["", "no space left"]),
    ),
)
rollouts = st.one_of(
    st.just(Asleep()), st.builds(Rollout, st.none() | st.integers(0, 1), st.sampled_from(["", "timed out"]))
)

ANNOTATIONS = ["platform.io/last-requested", "platform.io/deletion-policy", "platform.io/desired", "x/y"]
RECORDS = st.sampled_from(['{"deletionPolicy": "Delete"}', "Delete", "{}", "[]"]) | st.none()


def annotated(annotation: str, text: str | None) -> Manifest:
    """A merge patch that sets an annotation; None removes it."""
    return {"metadata": {"annotations": {annotation: text}}}


patches = st.sampled_from(
    [
        annotated("platform.io/desired", "junk"),
        annotated("platform.io/desired", None),
        {"metadata": {"labels": None}},
        {"spec": {"selector": {"a": "b"}}},
        {"spec": {"of": {"resourceRef": {"name": "other"}}}},
        {"spec": {"rules": []}},
    ]
)
cluster_patches = st.one_of(
    st.builds(annotated, st.sampled_from(ANNOTATIONS), TEXTS | RECORDS),
    st.sampled_from(
        [
            {"spec": {"storage": {"size": "2Ti"}}},
            {"spec": {"instances": 5}},
            {"spec": {"imageName": "r.dev/postgresql:18.2"}},
            {"spec": {"walStorage": {"size": "1Gi"}}},
            {"spec": {"postgresql": {"parameters": {"work_mem": "1MB", "x.y": "z"}}}},
            {"metadata": {"ownerReferences": None, "labels": None}},
            annotated(HIBERNATION, "on"),
            annotated(HIBERNATION, None),
            annotated(FENCED, '["dash-db-1"]'),
            annotated(FENCED, '["*"]'),
            annotated(FENCED, None),
        ]
    ),
)
deployment_patches = st.sampled_from(
    [
        {"spec": {"replicas": 9, "paused": True}},
        {"spec": {"template": {"spec": {"containers": []}}}},
        annotated("platform.io/desired", "junk"),
    ]
)

owners = st.sampled_from(
    [[], [{"apiVersion": "v1", "kind": "X", "name": "x", "uid": "someone", "controller": True}]]
)
strays = st.builds(made, st.just("simple") | st.sampled_from(sorted(MAKES)), owners)
"""A Cluster of the app's name that somebody made."""
