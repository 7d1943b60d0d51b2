"""Metrics that others expose: each name and its labels, as they were found in what really exposes them.

tests/golden_path/test_metrics.py scrapes the template's backend. tests/linters/test_database_metrics.py reads
the sources of CloudNativePG and of its backup plugin. Both compare what is on file here with that, and record
it with --record.
"""

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "recorded"
BACKEND, DATABASE = FOLDER / "backend_metrics.yaml", FOLDER / "database_metrics.yaml"
TYPE = re.compile(r"(?m)^# TYPE (\S+) (\S+)$")
SAMPLE = re.compile(r"(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? \S+$")
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="(?:[^"\\]|\\.)*"')
SERIES = {"histogram": ("_bucket", "_count", "_sum")}
"""Endings of the metrics that a histogram consists of."""


def scraped(text: str) -> dict[str, list[str]]:
    """Name → labels of all metrics in an answer to Prometheus.

    A metric that has had no value yet, such as a duration before anything was measured, has no labels here.
    """
    found: dict[str, set[str]] = {
        f"{name}{ending}": set() for name, kind in TYPE.findall(text) for ending in SERIES.get(kind, ("",))
    }
    for name, labels in SAMPLE.findall(text):
        found[name].update(LABEL.findall(labels))
    return {name: sorted(labels) for name, labels in sorted(found.items())}


def differing(one: Mapping[str, list[str]], other: Mapping[str, list[str]]) -> set[str]:
    """The metrics that only one has, or that have other labels. Without a value there are none to compare."""
    unlike = {
        name for name in one.keys() & other.keys() if one[name] and other[name] and one[name] != other[name]
    }
    return (one.keys() ^ other.keys()) | unlike


def load(file: Path) -> dict[str, list[str]]:
    """What was recorded: name → labels."""
    recorded: dict[str, list[str]] = yaml.safe_load(file.read_text())
    return recorded


def save(file: Path, metrics: Mapping[str, list[str]]) -> None:
    """Record metrics."""
    whole = {name: list(labels) for name, labels in metrics.items()}  # Else YAML would point to equal lists.
    header = "# Recorded: name and labels of each metric. tests/recorded_metrics.py says by whom.\n"
    file.write_text(header + yaml.safe_dump(whole, default_flow_style=None, width=1000))
