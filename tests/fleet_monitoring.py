"""What the fleet's alerts and its dashboard ask Prometheus for."""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from tests.fleet import FLEET

FOLDER = FLEET / "components" / "monitoring"
SELECTOR = re.compile(r"\b(?P<name>(?:flux|gotk|fleet|controller_runtime)_\w+)(?:\{(?P<labels>[^}]*)\})?")
"""A metric in an expression, with what is said of its labels."""
LABEL = re.compile(r"(\w+)\s*(?:=~|!~|!=|=)")
IN_TEXT = re.compile(r"\$labels\.(\w+)")


class Asked(NamedTuple):
    """A metric that is asked for."""

    name: str
    labels: frozenset[str]


def expressions() -> Iterator[tuple[str, str]]:
    """Each expression, and the text beside it."""
    [rules] = yaml.safe_load_all((FOLDER / "alerts.yaml").read_text())
    for group in rules["spec"]["groups"]:
        for rule in group["rules"]:
            yield rule["expr"], " ".join(rule["annotations"].values())
    for panel in json.loads((FOLDER / "fleet.json").read_text())["panels"]:
        for target in panel["targets"]:
            yield target["expr"], ""


def asked() -> set[Asked]:
    """The metrics in all expressions. A label in a text belongs to each metric of its expression."""
    found = set()
    for expression, text in expressions():
        for match in SELECTOR.finditer(expression):
            labels = {*LABEL.findall(match["labels"] or ""), *IN_TEXT.findall(text)}
            found.add(Asked(match["name"], frozenset(labels)))
    return found
