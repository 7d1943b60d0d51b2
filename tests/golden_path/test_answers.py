"""A repository keeps what it was made from: the version of its skeleton, and the answers of the form."""

import json
from typing import Any

import pytest
import yaml

from tests.golden_path.form import ODD, VALUES
from tests.golden_path.scaffolding import BACKSTAGE

RIGHT = ("plain", *ODD)
Report = dict[str, Any]


@pytest.mark.parametrize("form", RIGHT)
@pytest.mark.parametrize("part", ["frontend", "backend", "deploy"])
def test_answers_are_kept(scaffolded: Report, form: str, part: str) -> None:
    """Whatever the form says is read again as it was written, beside the version."""
    kept = json.loads(scaffolded["tries"][form]["files"][f"{part}/.skeleton.json"])
    template = yaml.safe_load((BACKSTAGE / "template.yaml").read_text())

    assert kept["skeleton"] == part
    assert kept["values"]["version"] == template["metadata"]["annotations"]["backstage.io/template-version"]
    written = {
        key: value for key, value in (VALUES | ODD.get(form, {})).items() if key not in ("team", "parts")
    }
    assert written.items() <= kept["values"].items()
    assert (kept["values"]["frontend"], kept["values"]["backend"]) == (True, True)


@pytest.mark.parametrize("part", ["frontend", "backend", "deploy"])
def test_the_catalog_knows_the_template(scaffolded: Report, part: str) -> None:
    """What stands for the repository says from which template it is, and from which version."""
    files = scaffolded["tries"]["plain"]["files"]
    kept = json.loads(files[f"{part}/.skeleton.json"])["values"]
    entity = next(yaml.safe_load_all(files[f"{part}/catalog-info.yaml"]))

    assert entity["spec"]["scaffoldedFrom"] in scaffolded["template"]
    assert entity["spec"]["scaffoldedFrom"] == kept["template"]
    assert entity["metadata"]["annotations"]["backstage.io/template-version"] == kept["version"]
