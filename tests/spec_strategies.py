"""Specs of NodeApps that are accepted."""

from typing import Any

from hypothesis import strategies as st

from tests.sampled import LABELS, Drawn
from tests.strategies import (
    BACKEND,
    DATABASE,
    OVERRIDES,
    RESTORE,
    ROUTE_ANNOTATIONS,
    SPEC,
    WORKLOAD,
    counts,
    jobs,
    workers,
)


def workloads() -> Drawn:
    """A frontend."""
    return st.builds(dict.__or__, st.fixed_dictionaries({}, optional=WORKLOAD), counts())


def backends() -> Drawn:
    """A backend."""
    return st.builds(dict.__or__, st.fixed_dictionaries({}, optional=BACKEND), counts())


def databases() -> Drawn:
    """A database."""
    return st.fixed_dictionaries({}, optional=DATABASE)


@st.composite
def restored_databases(draw: st.DrawFn) -> dict[str, Any]:
    """A database that is to be filled from backups, if it doesn't exist yet."""
    database, restore = draw(databases()), draw(st.fixed_dictionaries({}, optional=RESTORE))
    if restore.keys() & {"app", "namespace"}:
        database.setdefault("name", "metrics")
    else:  # The app's own backups: they are of an era before its present one.
        era: int = restore.get("era") or database.get("era") or 1
        database["era"] = era + 1
    return {"version": 17} | database | {"restore": restore}


PARTS = st.sampled_from(["frontend", "backend", "both", "all", "all", "database"])


def apps() -> Drawn:
    """The spec of an app that has everything."""
    return specs(st.just("all"))


@st.composite
def specs(
    draw: st.DrawFn, parts: st.SearchStrategy[str] = PARTS, database: Drawn | None = None
) -> dict[str, Any]:
    """A NodeApp's spec that every Platform of `platforms` accepts, unless `database` is restored."""
    spec: dict[str, Any] = draw(st.fixed_dictionaries({"team": LABELS}, optional=SPEC))
    which = draw(parts)
    if which in ("frontend", "both", "all"):
        spec["frontend"] = draw(workloads())
    if which != "frontend":
        spec["backend"] = draw(backends())
        spec |= draw(st.fixed_dictionaries({}, optional={"workers": workers(), "jobs": jobs()}))
    if which in ("all", "database"):
        spec["database"] = draw(databases() if database is None else database)
    return spec


@st.composite
def allowed_specs(draw: st.DrawFn) -> dict[str, Any]:
    """A spec with overrides and annotations of its route. Only a Platform that allows them accepts it."""
    ingress = draw(SPEC["ingress"]) | {"annotations": draw(ROUTE_ANNOTATIONS)}
    return draw(apps()) | {"ingress": ingress, "overrides": draw(OVERRIDES)}


def restoring_specs() -> Drawn:
    """A spec whose database is restored. Only `backup_platforms` accept it."""
    return specs(st.just("all"), restored_databases())
