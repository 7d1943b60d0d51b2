"""Real apps and recipes as NodeApps: each is accepted, composed and Ready, and shown as it is tested."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from function.api.names import PLATFORM_NAME, SETTINGS_API_VERSION
from function.components.references import references
from tests.apps import APPS, PLATFORM, RECIPES, nodeapp, world
from tests.conditions import HONORED
from tests.console import Console
from tests.generate import ROOT
from tests.schemas import needs_crds, problems
from tests.simulator import World

PAGES = "\n".join((ROOT / "docs" / name).read_text() for name in ("apps.md", "recipes.md"))
FILES = [*APPS, *RECIPES]
SHOWN: dict[str, str] = dict(re.findall(r"<!-- (tests/cases/\S+) -->\n```yaml\n(.*?)```", PAGES, re.DOTALL))


@cache
def settled(file: Path) -> World:
    """An app that is at rest."""
    return world(file).settle()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_app_is_composed_as_it_is_written(file: Path) -> None:
    """Nothing of it is refused or left out, and it is Ready once its pods and its database are."""
    app = settled(file)
    assert app.ready
    assert app.message == ""
    assert app.condition("SpecHonored")[:2] == HONORED[:2]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_reference_of_an_app_is_replaced(file: Path) -> None:
    """$(NAME) stands after NAME in the list, so no container reads the reference itself."""
    for container in containers(settled(file).state):
        known: set[str] = set()
        for variable in container["env"]:
            assert set(references(variable.get("value", ""))) <= known
            known.add(variable["name"])
        words = [*container.get("command", []), *container.get("args", [])]
        assert {name for word in words for name in references(word)} <= known


def containers(value: Any) -> Iterator[dict[str, Any]]:
    """Every container below a value, however deep."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from each if key in ("containers", "initContainers") else containers(each)
    if isinstance(value, list):
        for each in value:
            yield from containers(each)


@needs_crds
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_composed_of_an_app_is_valid(file: Path) -> None:
    """Every object satisfies Kubernetes' schema, or its CRD's."""
    desired = settled(file).state
    assert {key: found for key, manifest in desired.items() if (found := problems(manifest))} == {}


def test_the_command_has_nothing_against_them(tmp_path: Path) -> None:
    """`nodeapp check` takes each as it is, without a note."""
    settings = {"apiVersion": SETTINGS_API_VERSION, "kind": "Platform", "metadata": {"name": PLATFORM_NAME}}
    platform = tmp_path / "platform.yaml"
    platform.write_text(yaml.safe_dump(settings | {"spec": PLATFORM}))
    for file in FILES:
        done = Console().run("check", "--platform", str(platform), str(file))
        assert (done.exit_code, done.output) == (0, "1 NodeApp is fine\n"), file


def test_the_pages_show_what_is_tested() -> None:
    """Each app and recipe is on a page, and each NodeApp that names a file is one of them."""
    assert {ROOT / path: text for path, text in SHOWN.items()} == {file: file.read_text() for file in FILES}


def test_no_two_apps_have_one_name_or_host() -> None:
    """All can run on one cluster."""
    names = [nodeapp(file)["metadata"]["namespace"] for file in APPS]
    hosts = [nodeapp(file)["spec"]["ingress"]["host"] for file in APPS]
    assert len({*names}) == len({*hosts}) == len(APPS) == 10
