"""Backstage's own scaffolder takes the template, and makes of it what it should."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.golden_path.form import ODD, REFUSED, VALUES
from tests.golden_path.scaffolding import BACKSTAGE, PROJECT, installed, run

RIGHT = ("plain", *ODD)
ORDER = ("backend", "frontend", "deploy")
Report = dict[str, Any]
TEMPLATES: dict[str, dict[str, Any]] = {
    template["metadata"]["name"]: template
    for template in (yaml.safe_load(file.read_text()) for file in BACKSTAGE.glob("template*.yaml"))
}


def steps(tried: Report) -> dict[str, Any]:
    """The input of each step by its id, in the order of a dry run."""
    shown = re.compile(r"Running \S+ in dry-run mode with inputs \(secrets redacted\): (\{.*\})", re.DOTALL)
    matches = [(line.get("stepId"), shown.search(line["message"])) for line in tried["log"]]
    return {step: json.loads(match[1]) for step, match in matches if match}


def test_the_catalog_takes_the_templates(scaffolded: Report) -> None:
    """Its own validators have nothing against it."""
    assert scaffolded["template"] == {f"template:default/{name}": None for name in TEMPLATES}


@pytest.mark.parametrize("form", RIGHT)
def test_the_catalog_takes_what_is_made(scaffolded: Report, form: str) -> None:
    """A system, its database, an API and two components, whatever the form says."""
    tried, values = scaffolded["tries"][form], VALUES | ODD.get(form, {})
    assert tried["status"] == 200, tried
    name = values["name"]
    parts = {f"resource:default/{name}-db", f"api:default/{name}-api", f"system:default/{name}"}
    apps = {f"component:default/{name}-{role}" for role in ("frontend", "backend")}
    assert tried["entities"] == dict.fromkeys(parts | apps)
    [system] = [each for each in entities(tried) if each["kind"] == "System"]
    assert system["metadata"]["description"] == values["description"]
    assert system["spec"]["owner"] == values["team"]


def entities(tried: Report) -> Iterator[dict[str, Any]]:
    """What the repositories tell the catalog."""
    for name, text in tried["files"].items():
        if name.endswith("/catalog-info.yaml"):
            yield from yaml.safe_load_all(text)


def test_entities_refer_to_each_other(scaffolded: Report) -> None:
    """Each relation between the app's entities leads to one of them."""
    known, named = set(), set()
    for each in entities(scaffolded["tries"]["plain"]):
        spec, own = each["spec"], each["metadata"]["name"]
        known.add(f"{each['kind'].lower()}:{own}")
        named |= {f"system:{spec['system']}"} if "system" in spec else set()
        named |= {f"api:{api}" for key in ("consumesApis", "providesApis") for api in spec.get(key, ())}
        named |= set(spec.get("dependsOn", ()))
    assert named <= known
    assert {"api:dashboard-api", "component:dashboard-backend", "resource:dashboard-db"} <= named


@pytest.mark.parametrize("form", REFUSED)
def test_a_wrong_form_is_refused(scaffolded: Report, form: str) -> None:
    """Before anything is made, naming the field."""
    [field], tried = REFUSED[form], scaffolded["tries"][form]
    assert tried["status"] == 400
    assert {".".join(error["path"]) or error["argument"] for error in tried["errors"]} == {field}


def test_actions_know_their_inputs(scaffolded: Report) -> None:
    """Every input of a step is known to its action, which drops unknown ones silently."""
    for name, template in TEMPLATES.items():
        for step in template["spec"]["steps"]:
            assert set(step["input"]) <= set(scaffolded["actions"][step["action"]]), (name, step["id"])


@pytest.mark.parametrize("form", RIGHT)
def test_repositories_are_made_in_order(scaffolded: Report, form: str) -> None:
    """The one that Flux finds by its topic comes last, and is asked for once all is there."""
    tried, name = steps(scaffolded["tries"][form]), (VALUES | ODD.get(form, {}))["name"]
    assert list(tried) == [
        "frontend",
        "backend",
        "deploy",
        "fleet",
        "check",
        *(f"publish-{part}" for part in ORDER),
        "fleet-pull-request",
        "finish",
    ]
    assert [tried[f"publish-{part}"]["part"] for part in ORDER] == list(ORDER)
    assert {tried[step]["name"] for step in ("check", *(f"publish-{part}" for part in ORDER), "finish")} == {
        name
    }
    assert tried["finish"]["topics"] == {
        "frontend": ["nodejs", "react"],
        "backend": ["nodejs", "express"],
        "deploy": [
            "flux-managed",
            {"longest": "flux-managed", "shortest": "team-t"}.get(form, "team-platform-team"),
        ],
    }


@pytest.mark.parametrize("form", RIGHT)
def test_nothing_is_left_to_fill_in(scaffolded: Report, form: str) -> None:
    """Every expression is rendered, to something."""
    files = dict(scaffolded["tries"][form]["files"])
    templates = [path.relative_to(BACKSTAGE / "skeletons") for path in BACKSTAGE.rglob("*.njk")]
    written = (VALUES | ODD.get(form, {}))["description"]
    for path in templates:
        name = str(path.with_suffix("")).replace("${{ values.name }}", (VALUES | ODD.get(form, {}))["name"])
        assert not re.search(r"\$\{\{|\{%|undefined|\[object", files.pop(name).replace(written, "")), name
    assert not [name for name in files if name.endswith(".njk")]


@pytest.mark.parametrize("form", RIGHT)
def test_whatever_the_form_says_is_well_formatted(
    scaffolded: Report, form: str, node: dict[str, str], tmp_path: Path
) -> None:
    """A new repository's first build lints it: what is filled in must not break a line or a table."""
    for name, text in scaffolded["tries"][form]["files"].items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    for part in ("frontend", "backend"):
        prettier(node, tmp_path / part)


def test_the_scaffolders_own_project_is_well_formatted(node: dict[str, str]) -> None:
    """Its few files are read as often as they are run, and so are the actions of the templates."""
    prettier(node, PROJECT)
    prettier(node, BACKSTAGE / "actions", "--single-quote", "--print-width=100")


def prettier(node: dict[str, str], folder: Path, *how: str) -> None:
    """Raise RuntimeError with the names of files that aren't as it writes them."""
    run(
        str(installed(node) / "node_modules" / ".bin" / "prettier"),
        "--check",
        *how,
        ".",
        cwd=folder,
        env=node,
    )
