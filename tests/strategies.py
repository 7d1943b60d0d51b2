"""The fields of a NodeApp's spec, and the values of each."""

from typing import Any

from hypothesis import strategies as st

from tests.sampled import (
    FILES,
    HOSTS,
    IMAGES,
    LABELS,
    LOCALES,
    NAMES,
    OBJECTS,
    PATHS,
    PORTS,
    SCHEDULES,
    SIZES,
    SIZES_OF_MEMORY,
    STARTS,
    TEXTS,
    VALUES,
    WORDS,
    Drawn,
    resources,
)

WORKLOAD: dict[str, st.SearchStrategy[Any]] = {
    "image": IMAGES,
    "port": PORTS,
    "resources": resources(),
    "env": st.dictionaries(NAMES, TEXTS, max_size=3),
    "secretEnv": st.dictionaries(st.sampled_from(["KEY", "TOKEN"]), st.just("stripe/api-key"), max_size=2),
    "secrets": OBJECTS,
    "configMaps": OBJECTS,
    "files": st.dictionaries(st.sampled_from(["/app/config.yaml", "/etc/a", "/etc/b"]), FILES, max_size=2),
    "writable": st.lists(st.sampled_from(["/app/.next/cache", "/data"]), max_size=2, unique=True),
    "shutdownSeconds": st.sampled_from([10, 11, 3600]),
    "cloudRole": st.sampled_from([False]),
    "probes": st.fixed_dictionaries(
        {}, optional=dict.fromkeys(["startup", "liveness", "readiness"], PATHS) | {"startupSeconds": STARTS}
    ),
    "command": WORDS,
    "args": WORDS,
}
COUNTS: dict[str, st.SearchStrategy[Any]] = {
    "replicas": st.integers(0, 100),
    "scaling": st.builds(
        lambda pods, cpu: {"min": min(pods), "max": max(pods)} | cpu,
        st.lists(st.integers(1, 100), min_size=2, max_size=2),
        st.fixed_dictionaries({}, optional={"cpu": st.integers(1, 100)}),
    ),
}
"""How many pods: a part has one of the two."""
CALLERS = st.lists(
    st.fixed_dictionaries({"namespace": st.just("crm")}, optional={"app": st.just("reports")}),
    max_size=2,
)
BACKEND = WORKLOAD | {
    "allowFrom": CALLERS,
    "paths": st.lists(st.sampled_from(["/api", "/v1/x~y"]), min_size=1, max_size=2),
    "host": st.sampled_from(["api.acme.dev", "api.x"]),
    "migrate": WORDS,
    "metricsPort": PORTS,
}
PROGRAM: dict[str, st.SearchStrategy[Any]] = {
    key: WORKLOAD[key] for key in ("image", "resources", "secretEnv", "args")
} | {"env": st.dictionaries(NAMES | st.just("PORT"), TEXTS, max_size=2)}
"""Fields of workers and jobs."""
JOB: dict[str, st.SearchStrategy[Any]] = PROGRAM | {
    "timeZone": st.sampled_from(["UTC", "America/Argentina/Ushuaia"]),
    "timeout": st.sampled_from(["1s", "90m", "24h"]),
}
BACKUP: dict[str, st.SearchStrategy[Any]] = {
    "enabled": st.booleans(),
    "schedule": SCHEDULES,
    "retention": st.sampled_from(["7d", "4w", "12m"]),
    "allowReduction": st.booleans(),
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
    "parameters": st.fixed_dictionaries({}, optional={"work_mem": SIZES_OF_MEMORY, "pg_stat.x": VALUES}),
    "locale": LOCALES,
    "deletionPolicy": st.sampled_from(["Retain", "Delete"]),
    "backup": st.fixed_dictionaries({}, optional=BACKUP),
    "extensions": st.lists(st.sampled_from(["pg_trgm", "uuid-ossp", "vector"]), max_size=2, unique=True),
    "era": st.integers(1, 3),
    "pooler": st.fixed_dictionaries({}, optional=POOLER),
    "hibernate": st.booleans(),
    "allowFrom": CALLERS,
}
RESTORE: dict[str, st.SearchStrategy[Any]] = {
    "app": LABELS,
    "namespace": st.just("crm"),
    "era": st.integers(1, 3),
    "time": st.sampled_from(["2026-01-01T00:00:00Z", "2026-02-03T04:05:06.7+01:00"]),
}
"""Backups of an app. Every app and namespace here is another one than the app that restores."""
INGRESS: dict[str, st.SearchStrategy[Any]] = {
    "host": HOSTS,
    "hosts": st.lists(HOSTS | st.sampled_from(["*.acme.dev", "*.x"]), max_size=2),
    "tls": st.booleans(),
    "timeout": st.sampled_from(["90s", "1h"]),
    "maxBodySize": st.sampled_from(["512Ki", "1Gi"]),
}
POD_PATCHES: st.SearchStrategy[Any] = st.sampled_from(
    [
        {"hostAliases": [{"ip": "10.0.0.1", "hostnames": ["legacy"]}]},
        {"dnsPolicy": "Default", "tolerations": None},
    ]
)
METADATA_PATCHES: st.SearchStrategy[Any] = st.sampled_from(
    [{"annotations": {"acme.dev/note": "x", "gone": None}}, {"labels": {"tier": "web"}}]
)
PATCHES = st.one_of(
    st.builds(lambda metadata: {"metadata": metadata}, METADATA_PATCHES),
    st.builds(lambda pod: {"spec": {"minReadySeconds": None, "template": {"spec": pod}}}, POD_PATCHES),
)
OVERRIDES = st.dictionaries(st.just("backend-deployment"), PATCHES)
"""What a Platform accepts that allows overrides, of an app with a backend."""
ALLOWED_ANNOTATIONS = ["acme.dev/waf", "acme.dev/a"]
ROUTE_ANNOTATIONS = st.dictionaries(st.sampled_from(ALLOWED_ANNOTATIONS), TEXTS, min_size=1)
"""What a Platform accepts that allows these annotations."""
SPEC: dict[str, st.SearchStrategy[Any]] = {
    "environment": st.sampled_from(["dev", "prod"]),
    "ingress": st.fixed_dictionaries({}, optional=INGRESS),
    "monitoring": st.booleans(),
}
"""Fields at the root that need no other field."""


def counts() -> Drawn:
    """How many pods."""
    return st.one_of(st.just({}), *(st.fixed_dictionaries({key: each}) for key, each in COUNTS.items()))


def workers() -> Drawn:
    """Workers, by name."""
    fields = PROGRAM | {key: WORKLOAD[key] for key in ("writable", "shutdownSeconds")}
    worker = st.fixed_dictionaries({"command": WORDS}, optional=fields)
    names = st.sampled_from(["mail", "n" * 15, "0-a"])
    return st.dictionaries(names, st.builds(dict.__or__, worker, counts()), min_size=1, max_size=2)


def jobs() -> Drawn:
    """Jobs, by name."""
    job = st.fixed_dictionaries({"command": WORDS, "schedule": SCHEDULES}, optional=JOB)
    return st.dictionaries(st.sampled_from(["mail", "j" * 7]), job, min_size=1, max_size=2)


FIELDS: dict[tuple[str, ...], st.SearchStrategy[Any]] = {
    ("team",): LABELS,
    **{(key,): values for key, values in SPEC.items()},
    **{("frontend", key): values for key, values in (WORKLOAD | COUNTS).items()},
    **{("backend", key): values for key, values in (BACKEND | COUNTS).items()},
    ("workers",): workers(),
    ("jobs",): jobs(),
    **{("database", key): values for key, values in DATABASE.items()},
    **{("ingress", key): values for key, values in INGRESS.items()},
    ("overrides",): OVERRIDES,
    ("ingress", "annotations"): ROUTE_ANNOTATIONS,
}
"""Every field of a spec, by its path, and its values. Any Platform accepts them, but for the last two."""
