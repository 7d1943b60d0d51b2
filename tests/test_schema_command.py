"""nodeapp schema: what editors and kubeconform know of NodeApps and Platforms."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from function.cli import json_schemas
from function.cli.json_schemas import KINDS, schema
from tests.console import NODEAPP, PLATFORM, Console, spec
from tests.generate import ROOT
from tests.tools import tool

ACCEPTED = yaml.safe_load((ROOT / "tests" / "accepted.yaml").read_text())
LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")
RAW = "https://raw.githubusercontent.com/acme/function-nodeapp/main/"
LINED = [
    path
    for path in sorted((ROOT / "example").rglob("*.yaml*"))
    if "node_modules" not in path.parts and LINE.match(path.read_text().partition("\n")[0])
]
"""Examples and templates that name their schema."""


def problems(kind: str, value: Any) -> list[str]:
    """What the schema has against an object."""
    return [error.message for error in Draft7Validator(schema(kind)).iter_errors(value)]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_schema(shell: Console, kind: str) -> None:
    """What is printed is a JSON Schema, and the same as is written for kubeconform and committed."""
    printed = shell.run("schema", kind).stdout
    Draft7Validator.check_schema(json.loads(printed))
    assert shell.run("schema", "--write", "out").exit_code == 0
    file = json_schemas.file(kind)
    assert Path("out", file).read_text() == printed == (ROOT / "schemas" / file).read_text()


def test_what_is_accepted_is_valid() -> None:
    """No spec that the API server accepts has an error in an editor."""
    judge = Draft7Validator(schema("NodeApp"))
    app = yaml.safe_load(NODEAPP)
    refused = [each for each in ACCEPTED if list(judge.iter_errors({**app, "spec": each}))]
    assert refused == []
    assert problems("Platform", yaml.safe_load(PLATFORM)) == []
    with_references = {**app, "spec": {**app["spec"], "resourceRef": {"name": "shop-x"}}}
    assert problems("NodeApp", with_references) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("frontend: {}\nenviroment: dev\nteam: web", "'enviroment' was unexpected"),
        ("backend: {imge: 'a:1'}\nteam: web", "'imge' was unexpected"),
        ("backend: {}", "'team' is a required property"),
        ("backend: {port: 80}\nteam: web", "80 is less than the minimum of 1024"),
        ("backend: {}\nteam: Web Team", "'Web Team' does not match"),
        ("backend: {}\nteam: web\ndatabase: {name: postgres}", "should not be valid under"),
    ],
)
def test_mistakes_are_shown(body: str, problem: str) -> None:
    """Unknown and missing fields, bounds, and patterns."""
    found = problems("NodeApp", yaml.safe_load(spec(body)))
    assert [message for message in found if problem in message], found


def test_kubeconform_reads_the_layout(shell: Console) -> None:
    """Its location is a template of group, kind and version."""
    program = tool("kubeconform")
    shell.run("schema", "--write", "out")
    good = shell.write("good.yaml", f"{NODEAPP}---\n{PLATFORM}")
    bad = shell.write("bad.yaml", spec("team: web\nx: 1"))
    location = "out/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json"
    for file, code in ((good, 0), (bad, 1)):
        command = [program, "-schema-location", location, "-strict", "-summary", file]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # Ours.
        assert done.returncode == code, done.stdout
        assert "Skipped: 0" in done.stdout


def test_examples_name_their_schema() -> None:
    """Whoever copies one gets completion. A template names it by its address, as it is copied elsewhere."""
    assert {path.name for path in LINED} == {"nodeapp.yaml", "nodeapp.yaml.njk", "platform.yaml"}
    for path in LINED:
        text = path.read_text()
        found = LINE.match(text)
        assert found
        place = found[1]
        file = ROOT / place.removeprefix(RAW) if place.startswith(RAW) else path.parent / place
        assert file.resolve().is_file(), path
        if path.suffix == ".yaml":
            kind = "Platform" if path.name == "platform.yaml" else "NodeApp"
            assert problems(kind, yaml.safe_load(text)) == [], path


def test_a_folder_that_cannot_be_written(shell: Console) -> None:
    """One sentence, and exit code 2."""
    shell.write("out", "a file")
    done = shell.run("schema", "--write", "out")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: out/platform.io/nodeapp_v1.json: ")
