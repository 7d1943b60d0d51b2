"""Each alert says what is wrong and what to do, and has its place in docs/alerts.md."""

import re
from typing import Any

import pytest
import yaml

from function.api.names import DOCS
from tests.generate import ROOT
from tests.rules_of_apps import alerts

PAGE = ROOT / "docs" / "alerts.md"
PLATFORM_ALERTS = ROOT / "example" / "monitoring" / "alerts.yaml"


def test_each_alert_says_what_is_wrong_and_what_to_do() -> None:
    """Its summary names the app, and its description has a sentence of its own and a command or a field."""
    rules = [*alerts().values(), *platform_rules()]
    for rule in rules:
        annotations = rule["annotations"]
        assert re.match(
            r"shop/dash: |\{\{ \$labels.namespace }}/\{\{ \$labels.nodeapp }}: ", annotations["summary"]
        )
        assert annotations["description"].endswith(".")
    descriptions = [rule["annotations"]["description"] for rule in alerts().values()]
    assert [
        text for text in descriptions if not re.search(r"`|database\.|Delete|dashboard|/metrics", text)
    ] == []


def platform_rules() -> list[dict[str, Any]]:
    """The platform engineer's alerts, about all apps."""
    [group] = yaml.safe_load(PLATFORM_ALERTS.read_text())["spec"]["groups"]
    return list(group["rules"])


def test_each_alert_has_its_page() -> None:
    """Its link leads to a heading, and each heading of an alert is that of one that exists."""
    headings = re.findall(r"(?m)^### (\S+)$", PAGE.read_text())
    rules = [*alerts().values(), *platform_rules()]
    assert sorted(headings) == sorted(rule["alert"] for rule in rules)
    for rule in rules:
        assert rule["annotations"]["runbook_url"] == f"{DOCS}/{PAGE.name}#{rule['alert'].lower()}"


@pytest.mark.parametrize("package", ["function", "classic", "modern"])
def test_links_lead_to_the_source_of_the_packages(package: str) -> None:
    """The docs are those of the repository that the packages name."""
    file = ROOT / "package" / package / "crossplane.yaml"
    source = yaml.safe_load(file.read_text())["metadata"]["annotations"]["meta.crossplane.io/source"]
    assert f"{source}/blob/main/{PAGE.parent.name}" == DOCS
