"""The golden path's templates ask the same of people, and do the same, where they do the same thing."""

import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from function.api.database import Database
from tests.generate import ROOT

BACKSTAGE = ROOT / "example" / "backstage"
FILES = sorted(file.name for file in BACKSTAGE.glob("template*.yaml"))
TEMPLATES: dict[str, dict[str, Any]] = {
    name: yaml.safe_load((BACKSTAGE / name).read_text()) for name in FILES
}
WHOLE = TEMPLATES["template.yaml"]
SINGLE = [name for name in FILES if name not in ("template.yaml", "template-clean-up.yaml")]


def fields(template: dict[str, Any]) -> dict[str, Any]:
    """The fields of a form, also those that depend on another one."""
    found: dict[str, Any] = {}
    for page in template["spec"]["parameters"]:
        found |= page["properties"]
        for depends in page.get("dependencies", {}).values():
            for choice in depends["oneOf"]:
                found |= {name: field for name, field in choice["properties"].items() if "title" in field}
    return found


@pytest.mark.parametrize("name", SINGLE)
def test_a_field_is_the_same_in_each_form(name: str) -> None:
    """Its rule and its words, but for what it says of a database that may be left out."""
    whole = fields(WHOLE)
    for field, asked in fields(TEMPLATES[name]).items():
        if field in whole:
            assert asked | {"description": ""} == whole[field] | {"description": ""}, field


@pytest.mark.parametrize("name", ["template-frontend.yaml", "template-backend.yaml"])
@pytest.mark.parametrize(
    ("values", "fits"),
    [
        ({"into": "an app that exists", "app": "system:default/dashboard"}, True),
        ({"into": "a new app", "name": "dashboard", "team": "group:default/platform-team"}, True),
        ({"into": "an app that exists"}, False),
        ({"into": "a new app", "app": "system:default/dashboard"}, False),
        ({"into": "a new app", "name": "Dashboard", "team": "group:default/platform-team"}, False),
        ({"into": "an app that exists", "app": "component:default/dashboard"}, False),
    ],
)
def test_a_part_needs_an_app_or_a_name(name: str, values: dict[str, Any], fits: bool) -> None:  # noqa: FBT001  # pytest's.
    """What the form asks for depends on where the part goes."""
    page = TEMPLATES[name]["spec"]["parameters"][0]
    assert Draft7Validator(page).is_valid(values | {"port": 3001}) is fits


@pytest.mark.parametrize("name", SINGLE)
def test_a_step_is_the_same_in_each_template(name: str) -> None:
    """The same action, the same skeleton and the same settings of what is made."""
    whole = {step["id"]: step for step in WHOLE["spec"]["steps"]}
    same = (
        "action",
        "url",
        "targetPath",
        "templateFileExtension",
        "part",
        "repoVisibility",
        "update",
        "protect",
    )
    for step in TEMPLATES[name]["spec"]["steps"]:
        if step["id"] in whole:
            ours, theirs = ({**each, **each["input"]} for each in (step, whole[step["id"]]))
            assert {key: ours.get(key) for key in same} == {key: theirs.get(key) for key in same}, step["id"]


def test_templates_have_one_version() -> None:
    """What a repository keeps of it means the same, whichever template made it."""
    making = [TEMPLATES[name] for name in FILES if name != "template-clean-up.yaml"]
    assert len({each["metadata"]["annotations"]["backstage.io/template-version"] for each in making}) == 1


def test_the_first_page_has_five_fields() -> None:
    """All else has a default, so that it can be left as it is."""
    first, *others = WHOLE["spec"]["parameters"]
    assert list(first["properties"]) == ["name", "team", "database", "port", "monitoring"]
    assert [
        name for page in others for name, field in page["properties"].items() if "default" not in field
    ] == []


def test_versions_of_postgresql_are_those_of_the_api() -> None:
    """The form offers each, and writes it out."""
    bounds = Database.model_json_schema()["properties"]["version"]["anyOf"][0]
    offered = fields(WHOLE)["postgresql"]["enum"]
    assert sorted(offered) == list(range(bounds["minimum"], bounds["maximum"] + 1))


def test_backstage_finds_the_templates_by_their_names() -> None:
    """README's provider takes their repository, and the catalog's rules allow them there."""
    text = (BACKSTAGE / "README.md").read_text()
    [block] = [each for each in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "providers:" in each]
    catalog = yaml.safe_load(block)["catalog"]
    provider = catalog["providers"]["github"]["templates"]
    assert re.search(provider["filters"]["repository"], "template-node-development")
    assert "`template-node-development`" in text
    pattern = provider["catalogPath"].removeprefix("/").replace(".", r"\.").replace("*", ".*")
    assert [name for name in FILES if re.fullmatch(pattern, name)] == FILES
    [allowed] = [
        rule["locations"][0]["pattern"] for rule in catalog["rules"] if rule["allow"] == ["Template"]
    ]
    assert allowed == "https://github.com/acme/template-*/**"


def test_templates_read_the_companys_settings_that_readme_names() -> None:
    """An unknown one would be empty in what is made."""
    text = (BACKSTAGE / "README.md").read_text()
    [block] = [
        each for each in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "defaultEnvironment:" in each
    ]
    named = yaml.safe_load(block)["scaffolder"]["defaultEnvironment"]["parameters"]
    used = {
        name
        for file in FILES
        for name in re.findall(r"environment\.parameters\.(\w+)", (BACKSTAGE / file).read_text())
    }
    assert used == set(named)
