"""Statuses that are wanted on commits, and those that were posted."""

from fleet_services.commit_status.entry import Place
from fleet_services.commit_status.reporter import Reporter
from fleet_services.commit_status.verdict import Verdict
from tests.fleet_services.clock import Clock
from tests.fleet_services.github import GitHub

A, B = "a" * 40, "b" * 40
DEV = Place("acme/dash-deploy", A, "nodeapp/eu/dev")
PENDING, GREEN, RED = Verdict("pending", "waits"), Verdict("success", "runs"), Verdict("failure", "refused")


def later(clock: Clock, reporter: Reporter) -> float:
    """Wait until something is due, and do it. Returns the seconds that were waited."""
    wait = reporter.send()
    clock.now += wait
    reporter.send()
    return wait


def states(github: GitHub, commit: str = A) -> list[str]:
    """The states that were posted, in order."""
    return [state for _, state, _ in github.said(commit)]
