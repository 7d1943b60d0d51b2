"""Flux's programs have the metrics and the labels that the fleet's alerts and its dashboard ask for."""

from collections import defaultdict

import httpx2
from prometheus_client.parser import text_string_to_metric_families

from tests.fleet_monitoring import asked
from tests.flux.fleet import Fleet
from tests.plane.flux import METRICS
from tests.plane.kubectl import wait

OF_AN_INSTANCE = "flux_instance_info"
"""Here Flux runs without a FluxInstance."""


def labels(fleet: Fleet) -> dict[str, set[str]]:
    """The labels of each metric, by its name."""
    found: dict[str, set[str]] = defaultdict(set)
    for port in METRICS.values():
        text = httpx2.get(f"http://{fleet.plane.addresses.host}:{port}/metrics").text
        for family in text_string_to_metric_families(text):
            for sample in family.samples:
                found[sample.name] |= set(sample.labels)
    return found


def test_every_metric_is_there(fleet: Fleet) -> None:
    """By its name, with each label that an expression or a text uses."""
    wanted = [each for each in asked() if not each.name.startswith(("fleet_", OF_AN_INSTANCE))]
    names = {each.name for each in wanted} - {"flux_resourcesetinputprovider_info"}
    there = wait(lambda: labels(fleet), lambda found: names <= set(found))
    missing = {each for each in wanted if each.name in there and not each.labels <= there[each.name]}
    assert len(names) >= 5
    assert missing == set()
