"""What may come along: NodeApps and Platforms, good and bad, what people do to them, and broken worlds."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pydantic
from hypothesis import strategies as st

from function.api.nodeapp import Spec

Drawn = st.SearchStrategy[dict[str, Any]]

LABELS = st.sampled_from(["a", "web", "team-7", "x" * 63, "0"])
WORDS = st.lists(st.sampled_from(["npm", "run", "--flag=é", " "]), min_size=1, max_size=3)
IMAGES = st.sampled_from(
    ["a:1", "ghcr.io/acme/app:1.4.0", f"r:5000/a/b@sha256:{'0' * 64}", f"a:{'_-' * 60}", "a:_v1.2-", "a:_"]
)
SIZES = st.sampled_from(["1Gi", "1073741824", "5Gi", "20Gi", "20G", "21474836481", "1Ti"])
CPUS: st.SearchStrategy[Any] = st.sampled_from(["1m", "500m", "2", "0.1", 3])
MEMORIES = st.sampled_from(["128Mi", "256Mi", "1Gi", "3000M", "64Gi"])
PORTS = st.integers(1024, 65535)
NAMES = st.sampled_from(["A", "LOG_LEVEL", "_x", "NODE_ENV", "BACKEND_URL"])
TEXTS = st.sampled_from(["", "info", "${x}", "\n", "ü", "null", "3"])
OBJECTS = st.lists(st.sampled_from(["one", "two.three"]), max_size=2, unique=True)
HOSTS = st.sampled_from(["acme.dev", "a.b.c", "x"])
PATHS = st.sampled_from(["", "/", "/live", "/a?b=c"])


def resources(memories: st.SearchStrategy[Any] = MEMORIES) -> Drawn:
    """Requests or limits, never both of one kind: so no request is above its limit."""
    amounts = st.fixed_dictionaries({}, optional={"cpu": CPUS, "memory": memories})
    return st.dictionaries(st.sampled_from(["requests", "limits"]), amounts, max_size=1)


WORKLOAD: dict[str, st.SearchStrategy[Any]] = {
    "image": IMAGES,
    "port": PORTS,
    "replicas": st.integers(0, 100),
    "resources": resources(),
    "env": st.dictionaries(NAMES, TEXTS, max_size=3),
    "secretEnv": st.dictionaries(st.sampled_from(["KEY", "TOKEN"]), st.just("stripe/api-key"), max_size=2),
    "secrets": OBJECTS,
    "configMaps": OBJECTS,
    "probes": st.dictionaries(st.sampled_from(["startup", "liveness", "readiness"]), PATHS),
    "command": WORDS,
    "args": WORDS,
}
BACKEND = WORKLOAD | {
    "path": st.sampled_from(["/api", "/v1/x~y"]),
    "migrate": WORDS,
    "metricsPort": PORTS,
}
BACKUP: dict[str, st.SearchStrategy[Any]] = {
    "enabled": st.booleans(),
    "schedule": st.sampled_from(["0 2 * * *", "*/15 0-6 1,15 jan mon-fri"]),
    "retention": st.sampled_from(["7d", "4w", "12m"]),
}
POOLER: dict[str, st.SearchStrategy[Any]] = {
    "instances": st.integers(1, 20),
    "mode": st.sampled_from(["session", "transaction"]),
}
DATABASE: dict[str, st.SearchStrategy[Any]] = {
    "name": st.sampled_from(["metrics", "_x", "n" * 63]),
    "version": st.integers(15, 18),
    "instances": st.integers(1, 9),
    "storage": SIZES,
    "storageClass": st.sampled_from(["fast", "slow"]),
    "resources": resources(),
    "parameters": st.dictionaries(st.sampled_from(["work_mem", "pg_stat.x"]), TEXTS, max_size=2),
    "deletionPolicy": st.sampled_from(["Retain", "Delete"]),
    "backup": st.fixed_dictionaries({}, optional=BACKUP),
    "extensions": st.lists(st.sampled_from(["pg_trgm", "uuid-ossp", "x_"]), max_size=2, unique=True),
    "era": st.integers(1, 3),
    "pooler": st.fixed_dictionaries({}, optional=POOLER),
    "hibernate": st.booleans(),
}
INGRESS: dict[str, st.SearchStrategy[Any]] = {
    "host": HOSTS,
    "hosts": st.lists(HOSTS, max_size=2),
    "tls": st.booleans(),
}
SPEC: dict[str, st.SearchStrategy[Any]] = {
    "environment": st.sampled_from(["dev", "prod"]),
    "ingress": st.fixed_dictionaries({}, optional=INGRESS),
    "monitoring": st.booleans(),
}
"""What any app may say."""
FIELDS: dict[tuple[str, ...], st.SearchStrategy[Any]] = {
    ("team",): LABELS,
    **{(key,): values for key, values in SPEC.items()},
    **{("frontend", key): values for key, values in WORKLOAD.items()},
    **{("backend", key): values for key, values in BACKEND.items()},
    **{("database", key): values for key, values in DATABASE.items()},
    **{("ingress", key): values for key, values in INGRESS.items()},
}
"""Every field of a spec, by its path, and what it may be."""


def workloads() -> Drawn:
    """A frontend."""
    return st.fixed_dictionaries({}, optional=WORKLOAD)


def backends() -> Drawn:
    """A backend."""
    return st.fixed_dictionaries({}, optional=BACKEND)


def databases() -> Drawn:
    """A database."""
    return st.fixed_dictionaries({}, optional=DATABASE)


PARTS = st.sampled_from(["frontend", "backend", "both", "all", "all", "database"])


def apps() -> Drawn:
    """The spec of an app that has everything."""
    return specs(st.just("all"))


@st.composite
def specs(draw: st.DrawFn, parts: st.SearchStrategy[str] = PARTS) -> dict[str, Any]:
    """A NodeApp's spec that every Platform of `platforms` accepts."""
    spec: dict[str, Any] = draw(st.fixed_dictionaries({"team": LABELS}, optional=SPEC))
    which = draw(parts)
    if which in ("frontend", "both", "all"):
        spec["frontend"] = draw(workloads())
    if which != "frontend":
        spec["backend"] = draw(backends())
    if which in ("all", "database"):
        spec["database"] = draw(databases())
    return spec


JUNK = st.recursive(
    st.sampled_from(["", "x", "-1Gi", "1e9999", "NaN", True, 0, -1, 3.5, 1e300]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.sampled_from(["", "name", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)
"""Values that have no business where they are."""


@st.composite
def broken_specs(draw: st.DrawFn) -> dict[str, Any]:
    """A spec that is refused: a good one with junk in a place or two."""
    spec = draw(specs())
    broken: dict[str, Any] = draw(damage(spec, JUNK).map(lambda d: apply_damage(spec, d)).filter(refused))
    return broken


def refused(spec: dict[str, Any]) -> bool:
    """Whether no NodeApp may have this spec."""
    try:
        Spec.model_validate(spec)
    except pydantic.ValidationError:
        return True
    return False


STORES = st.sampled_from([{"destinationPath": "s3://backups"}, {"destinationPath": "gs://other/db"}])
DATABASES: dict[str, st.SearchStrategy[Any]] = {
    "storageClass": LABELS,
    "objectStore": STORES,
    "era": st.integers(1, 3),
}
"""What a Platform may say of all databases."""


def platforms() -> Drawn:
    """A Platform's spec."""
    profile = {"replicas": st.integers(0, 100)}
    backup = st.fixed_dictionaries({}, optional={"enabled": st.booleans()})
    database = {"instances": st.integers(1, 9), "storage": SIZES, "backup": backup}
    profiles = st.fixed_dictionaries(
        {}, optional=profile | {"database": st.fixed_dictionaries({}, optional=database)}
    )
    images = st.dictionaries(st.sampled_from(["15", "16", "17", "18"]), st.just(""), max_size=4).map(
        lambda majors: {major: f"r.dev/postgresql:{major}.9" for major in majors}
    )
    notes = st.dictionaries(st.sampled_from(["acme.dev/a", "b"]), TEXTS, max_size=2)
    optional = {
        "environment": st.sampled_from(["dev", "prod"]),
        "domain": HOSTS,
        "env": st.dictionaries(NAMES, TEXTS, max_size=2),
        "imagePullSecrets": OBJECTS,
        "ingress": st.fixed_dictionaries(
            {}, optional={"className": LABELS, "clusterIssuer": LABELS, "annotations": notes}
        ),
        "database": st.fixed_dictionaries({}, optional={"images": images} | DATABASES),
        "prometheus": st.fixed_dictionaries({}, optional={"labels": st.just({"release": "prom"})}),
        "profiles": st.dictionaries(st.sampled_from(["dev", "prod", "qa"]), profiles, max_size=2),
        "labels": st.dictionaries(st.sampled_from(["acme.dev/cost", "tier"]), LABELS, max_size=2),
    }
    return st.fixed_dictionaries({}, optional=optional)


class Damage(NamedTuple):
    """Something that is missing from a tree, or is something else."""

    path: tuple[str | int, ...]
    gone: bool
    instead: Any


@st.composite
def damage(draw: st.DrawFn, tree: Any, junk: st.SearchStrategy[Any]) -> list[Damage]:
    """Damage of a place or three. Who writes which field is of no interest to anyone."""
    done = []
    for _ in range(draw(st.integers(1, 3))):
        path: tuple[str | int, ...] = ()
        at = tree
        while children := steps(at):
            step = draw(st.sampled_from(children))
            path, at = (*path, step), at[step]
            if draw(st.integers(0, 3)) == 0:
                break
        if path:
            done.append(Damage(path, draw(st.booleans()), draw(junk)))
    return done


def steps(tree: Any) -> list[Any]:
    """The ways down from a place in a tree."""
    if isinstance(tree, Mapping):
        return [key for key in sorted(tree) if key != "managedFields"]
    return list(range(len(tree))) if isinstance(tree, list) else []


def apply_damage(tree: Any, done: list[Damage]) -> Any:
    """A tree after damage, as far as its places are still there."""
    for each in done:
        tree = spoilt(tree, each)
    return tree


def spoilt(tree: Any, done: Damage) -> Any:
    """A tree after one damage."""
    step, rest = done.path[0], done.path[1:]
    if step not in steps(tree):
        return tree
    below = spoilt(tree[step], done._replace(path=rest)) if rest else done.instead
    gone = done.gone and not rest
    if isinstance(tree, list):
        return [below if i == step else item for i, item in enumerate(tree) if i != step or not gone]
    return {key: below if key == step else item for key, item in tree.items() if key != step or not gone}
