"""Values that fields of a NodeApp may have, by what they are."""

from typing import Any

from hypothesis import strategies as st

Drawn = st.SearchStrategy[dict[str, Any]]

LABELS = st.sampled_from(["a", "web", "team-7", "x" * 63, "0"])
WORDS = st.lists(st.sampled_from(["npm", "run", "--flag=é", "a b"]), min_size=1, max_size=3).filter(
    lambda words: words[0] != "a b"
)
IMAGES = st.sampled_from(
    ["a:1", "ghcr.io/acme/app:1.4.0", f"r:5000/a/b@sha256:{'0' * 64}", f"a:{'_-' * 60}", "a:_v1.2-", "a:_"]
)
SIZES = st.sampled_from(["1Gi", "1073741824", "5Gi", "20Gi", "20G", "21474836481", "1Ti"])
CPUS: st.SearchStrategy[Any] = st.sampled_from(["1m", "500m", "2", "0.1", 3])
MEMORIES = st.sampled_from(["128Mi", "256Mi", "1Gi", "3000M", "64Gi"])
PORTS = st.integers(1024, 65535)
NAMES = st.sampled_from(["A", "LOG_LEVEL", "_x", "NODE_ENV", "BACKEND_URL"])
TEXTS = st.sampled_from(["", "info", "${x}", "$(DATABASE_URL)", "$$(A)", "\n", "ü", "null", "3"])
VALUES = st.sampled_from(["", "info", "${x}", "ü", "null", "3"])
OBJECTS = st.lists(st.sampled_from(["one", "two.three"]), max_size=2, unique=True)
DOMAINS = ["dev", "b.c", "x"]
"""Domains that all hosts here lie under."""
HOSTS = st.sampled_from(["acme.dev", "a.b.c", "x"])
FILES = st.sampled_from(
    [
        {"configMap": "one", "key": "config.yaml"},
        {"secret": "one", "key": ".a"},
        {"secret": "two.three", "key": "b"},
    ]
)
STARTS: st.SearchStrategy[Any] = st.sampled_from([5, 7, 1800])
PATHS: st.SearchStrategy[Any] = st.sampled_from(["", "/", "/live", "/a?b=c"])


def resources() -> Drawn:
    """Requests or limits, never both of one kind: so no request is above its limit."""
    amounts = st.fixed_dictionaries(
        {}, optional={"cpu": CPUS, "memory": MEMORIES, "ephemeral-storage": MEMORIES}
    )
    return st.fixed_dictionaries({"requests": amounts}) | st.fixed_dictionaries({"limits": amounts})


SCHEDULES = st.sampled_from(["0 2 * * *", "*/15 0-6 1,15 jan mon-fri"])
SIZES_OF_MEMORY = st.sampled_from(["64kB", "16MB", "1000"])
LOCALES = st.sampled_from(
    [
        {"provider": "libc", "locale": "C"},
        {"provider": "libc", "locale": "de_AT.UTF-8"},
        {"provider": "icu", "locale": "und-u-ks-level2"},
    ]
)
"""Those that every PostgreSQL has. The builtin ones need a newer one."""
