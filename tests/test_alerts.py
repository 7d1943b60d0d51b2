"""The alerts of an app are those of what it has, and of nothing else."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from function.api.cron import longest_gap
from tests.rules_of_apps import DATABASE, FULL, MONITORED, alerts, world
from tests.simulator import StatusCondition

OF_PODS = {"NodeAppCrashLoop", "NodeAppRolloutStuck", "NodeAppPartDown"}
OF_BACKEND = {"NodeAppBackendErrors", "NodeAppBackendSlow", "NodeAppMetricsStopped"}
OF_REPLICAS = {"NodeAppDatabaseReplicaBehind"}
OF_BACKUPS = {"NodeAppDatabaseNotArchiving", "NodeAppDatabaseBackupOld"}
OF_DATABASE = {"NodeAppDatabaseDown", "NodeAppDatabaseDiskFilling", "NodeAppDatabaseDiskAlmostFull"}
OF_CERTIFICATE = {"NodeAppCertificateExpiring"}
OF_JOBS = {"NodeAppJobFailed"}
ALL = OF_PODS | OF_BACKEND | OF_REPLICAS | OF_BACKUPS | OF_DATABASE | OF_CERTIFICATE | OF_JOBS


def without(*parts: str) -> dict[str, Any]:
    """The full app without these parts."""
    return {key: value for key, value in FULL.items() if key not in parts}


@pytest.mark.parametrize(
    ("spec", "platform", "missing"),
    [
        (FULL, MONITORED, set()),
        (without("database"), MONITORED, OF_DATABASE | OF_REPLICAS | OF_BACKUPS),
        (
            without("database", "backend", "workers", "jobs"),
            MONITORED,
            OF_BACKEND | OF_DATABASE | OF_REPLICAS | OF_BACKUPS | OF_JOBS,
        ),
        (without("jobs"), MONITORED, OF_JOBS),
        (FULL, MONITORED | {"gateway": {"name": "public", "namespace": "infra"}}, OF_CERTIFICATE),
        (FULL | {"database": DATABASE | {"instances": 1}}, MONITORED, OF_REPLICAS),
        (FULL | {"database": DATABASE | {"backup": {"enabled": False}}}, MONITORED, OF_BACKUPS),
        (FULL, MONITORED | {"database": {}}, OF_BACKUPS),
        (
            FULL | {"database": DATABASE | {"hibernate": True}},
            MONITORED,
            OF_DATABASE | OF_REPLICAS | OF_BACKUPS,
        ),
        (FULL, MONITORED | {"ingress": {}}, OF_CERTIFICATE),
        (
            FULL | {"ingress": {"host": "a.acme.dev", "tls": True}},
            MONITORED | {"ingress": {}},
            OF_CERTIFICATE,
        ),
        (FULL | {"ingress": {"host": "a.apps.example.com", "tls": False}}, MONITORED, OF_CERTIFICATE),
        (without("frontend", "ingress"), MONITORED, OF_CERTIFICATE),
    ],
    ids=[
        "all",
        "no database",
        "a frontend alone",
        "no jobs",
        "a Gateway",
        "one instance",
        "no backups",
        "no store",
        "asleep",
        "no issuer",
        "own certificate",
        "no tls",
        "no route",
    ],
)
def test_an_app_has_the_alerts_of_what_it_has(
    spec: Mapping[str, Any], platform: Mapping[str, Any], missing: set[str]
) -> None:
    """Nobody is called about what isn't there, and what is there has all of its alerts."""
    assert set(alerts(spec, platform)) == ALL - missing


def test_there_are_none_without_monitoring() -> None:
    """An app that doesn't want to be monitored, or can't be, has none of the objects."""
    objects = {"prometheusrule", "grafana-dashboard", "backend-podmonitor", "database-podmonitor"}
    assert world().keys >= objects
    assert not objects & world(FULL | {"monitoring": False}).keys
    assert not objects & world(FULL, {key: MONITORED[key] for key in MONITORED if key != "prometheus"}).keys


def test_a_frontend_alone_says_that_nothing_is_scraped() -> None:
    """Its pods are watched, so there are alerts and neither a PodMonitor nor a dashboard."""
    app = world(without("database", "backend", "workers", "jobs"))
    assert app.keys & {"backend-podmonitor", "database-podmonitor", "grafana-dashboard"} == set()
    message = "nothing here has metrics: only a backend and a database do; alerts watch the pods"
    assert app.condition("Monitored") == StatusCondition("True", "PodsWatched", message)


def test_prometheus_and_the_team_find_them() -> None:
    """The object has the labels that Prometheus selects by, and each alert says whose it is."""
    labels = world().object("prometheusrule")["metadata"]["labels"]
    assert labels["release"] == "stack"
    for rule in alerts().values():
        severity = rule["labels"]["severity"]
        assert rule["labels"] == {"severity": severity, "namespace": "shop", "nodeapp": "dash", "team": "web"}
        assert severity in {"critical", "warning"}


@pytest.mark.parametrize(
    ("pod", "is_ours"),
    [
        ("dash-backend-7d4b9c6f5d-x2x4z", True),
        ("dash-frontend-5c8-abcde", True),
        ("dash-work--mail-7d4b9c6f5d-x2x4z", True),
        ("dash-backend-api-7d4b9c6f5d-x2x4z", False),
        ("my-dash-backend-7d4b9c6f5d-x2x4z", False),
        ("dash-db-1", False),
    ],
)
def test_pods_of_the_app_are_told_from_others(pod: str, is_ours: bool) -> None:  # noqa: FBT001  # A case's value.
    """Another app's pods call nobody of this one, whatever it is called."""
    [pattern, _] = re.findall(r'pod=~"([^"]*)"', alerts()["NodeAppCrashLoop"]["expr"])
    assert bool(re.fullmatch(pattern, pod)) is is_ours


@pytest.mark.parametrize(
    ("schedule", "days"),
    [
        ("0 2 * * *", 1),
        ("*/5 * * * *", 1),
        ("0 2 * * 0", 7),
        ("0 2 * * mon,thu", 4),
        ("0 2 1 * *", 31),
        ("0 2 1,15 * *", 17),
        ("0 2 1 * 0", 7),
        ("0 2 1 1 *", 366),
        ("0 2 29 2 *", 1461),
    ],
)
def test_the_alert_of_old_backups_follows_the_schedule(schedule: str, days: int) -> None:
    """It waits for the longest time between two due dates, and a day more."""
    assert longest_gap(schedule) == days
    rule = alerts(FULL | {"database": DATABASE | {"backup": {"schedule": schedule}}})[
        "NodeAppDatabaseBackupOld"
    ]
    assert rule["expr"].endswith(f" > {(days + 1) * 86400}")
    assert f"`{schedule}`" in rule["annotations"]["description"]
