"""promtool finds no fault in the alerts, and they fire when firing*.yaml say so, and only then."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.generate import ROOT
from tests.rules_of_apps import world

Json = dict[str, Any]
FILES = [Path(__file__).with_name(name) for name in ("firing.yaml", "firing-fleet.yaml")]
CASES: list[Json] = [
    case
    for file in FILES
    for case in yaml.load(file.read_text(), Loader=yaml.BaseLoader)  # noqa: S506  # It makes text alone.
]
OF_ALL_APPS = ROOT / "example" / "monitoring" / "alerts.yaml"
OF_THE_FLEET = ROOT / "example" / "flux" / "components" / "monitoring" / "alerts.yaml"
PLACEHOLDER = re.compile(r"\{\{ (.*?) \}\}")


@pytest.fixture(scope="module")
def promtool() -> str:
    """The program. Skips where there is none."""
    path = shutil.which("promtool")
    if path is None:
        pytest.skip("promtool isn't installed; Debian's package prometheus has it")
    return path


@pytest.fixture(scope="module")
def rules() -> list[Json]:
    """The groups of rules: of an app with all parts, of the platform engineer, and of the fleet."""
    of_an_app: list[Json] = world().object("prometheusrule")["spec"]["groups"]
    others = [yaml.safe_load(file.read_text())["spec"]["groups"] for file in (OF_ALL_APPS, OF_THE_FLEET)]
    return [*of_an_app, *others[0], *others[1]]


def run(promtool: str, folder: Path, command: str, files: dict[str, Json]) -> None:
    """Run a command of promtool on the last of the files. Fails with what it prints."""
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content))
    arguments = [promtool, *command.split(), str(folder / list(files)[-1])]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)  # noqa: S603  # Ours.
    assert done.returncode == 0, done.stdout + done.stderr


def test_rules_are_valid(promtool: str, rules: list[Json], tmp_path: Path) -> None:
    """Prometheus would load them all: their PromQL and their templates are right."""
    run(promtool, tmp_path, "check rules --lint=all --lint-fatal", {"rules.yaml": {"groups": rules}})


def test_each_alert_fires_and_is_silent(rules: list[Json]) -> None:
    """Each has a case in which it fires and one in which it doesn't."""
    alerts = {rule["alert"] for group in rules for rule in group["rules"]}
    assert {case["alert"] for case in CASES if case.get("fires")} == alerts
    assert {case["alert"] for case in CASES if not case.get("fires")} == alerts


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['alert']}: {case['case']}")
def test_case(promtool: str, rules: list[Json], case: Json, tmp_path: Path) -> None:
    """The alert fires with these labels and words, or not at all."""
    [rule] = [rule for group in rules for rule in group["rules"] if rule["alert"] == case["alert"]]
    test = {
        "interval": case.get("every", "1m"),
        "input_series": [{"series": name, "values": values} for name, values in case["series"].items()],
        "alert_rule_test": [
            {
                "eval_time": case["after"],
                "alertname": case["alert"],
                "exp_alerts": [
                    expected(rule, labels, case.get("shows", {})) for labels in case.get("fires", ())
                ],
            }
        ],
    }
    files: dict[str, Json] = {
        "rules.yaml": {"groups": [{"name": "it", "rules": [rule]}]},
        "test.yaml": {
            "rule_files": ["rules.yaml"],
            "evaluation_interval": case.get("every", "1m"),
            "tests": [test],
        },
    }
    run(promtool, tmp_path, "test rules", files)


def expected(rule: Json, labels: Json, values: Json) -> Json:
    """An alert that fires. `values`: what its texts get for placeholders that aren't labels."""
    shown = {f"$labels.{name}": value for name, value in labels.items()} | values
    annotations = {
        name: PLACEHOLDER.sub(lambda found: shown[found[1]], text)
        for name, text in rule["annotations"].items()
    }
    return {"exp_labels": rule["labels"] | labels, "exp_annotations": annotations}
