"""The oldest releases that a cluster may have are the same wherever they are named."""

import re

import pytest
import yaml

from tests.generate import ROOT

NEEDS = {"Kubernetes": "1.34", "Crossplane": "2.3.4", "CloudNativePG": "1.30"}
PAGES = ("README.md", "CHANGELOG.md", "docs/install.md")


@pytest.mark.parametrize("page", PAGES)
def test_pages_name_the_releases_that_are_needed(page: str) -> None:
    """Each page that says what a cluster needs says the same."""
    text = re.sub(r"\[(\w+)\]\([^)]*\)", r"\1", (ROOT / page).read_text())
    for product, release in NEEDS.items():
        assert re.findall(rf"{product} (\d[\d.]*\d)", text)[:1] == [release], product
    assert "2.4.2" in text


@pytest.mark.parametrize("package", ["function", "classic", "modern"])
def test_packages_ask_for_the_crossplane_that_is_needed(package: str) -> None:
    """Crossplane refuses a package that asks for a newer one, so an older one doesn't run it by mistake."""
    meta = yaml.safe_load((ROOT / "package" / package / "crossplane.yaml").read_text())
    assert meta["spec"]["crossplane"]["version"] == f">=v{NEEDS['Crossplane']}"
