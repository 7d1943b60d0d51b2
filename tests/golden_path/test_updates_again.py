"""A repository is asked once for each version, and its own work on a pull request is never overwritten."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.git import git
from tests.golden_path.newer_skeleton import newer_skeleton
from tests.golden_path.updating import NEWER, TEMPLATES, Company, replaced

LATER = "1.2.0"
DECLINED, TOUCHED, LEFT = "dashboard-frontend", "dashboard-backend", "dashboard-deploy"


@pytest.fixture(scope="module")
def company(
    scaffolded: dict[str, Any], node: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Company]:
    """One closes the pull request, one works on it, one leaves it; then there is a later version."""
    company = Company(tmp_path_factory.mktemp("company"), Path(scaffolded["into"]), node)
    company.release(newer_skeleton())
    # A run that ended before it opened the pull request.
    git(company.repository(DECLINED), "branch", f"skeleton-{NEWER}", "main")
    with company.served():
        company.update()
        company.close(DECLINED)
        company.push(TOUCHED, {"README.md": "# Resolved\n"}, f"skeleton-{NEWER}")
        yield company


def test_each_version_is_asked_for_once(company: Company) -> None:
    """Whether the pull request is open or was closed."""
    before = {name: company.pulls(name) for name in (DECLINED, TOUCHED, LEFT)}
    company.update()

    assert all(company.said[f"acme/{name}"].startswith("has been asked: ") for name in before)
    assert {name: company.pulls(name) for name in before} == before


def test_a_later_version_takes_the_place_of_one_that_nobody_worked_on(company: Company) -> None:
    """One with a team's own commits stays, and is all that the team is asked for."""
    company.release(dict.fromkeys(TEMPLATES, replaced(f"&version {NEWER}", f"&version {LATER}")))
    work = git(company.repository(TOUCHED), "rev-parse", f"skeleton-{NEWER}")
    company.update()

    former, later = company.pulls(LEFT)
    assert (former["state"], later["state"]) == ("closed", "open")
    assert former["comments"] == [
        f"#{later['number']} brings a newer version, and takes the place of this one."
    ]
    assert company.open(DECLINED)["head"]["ref"] == f"skeleton-{LATER}"
    assert company.open(TOUCHED)["head"]["ref"] == f"skeleton-{NEWER}"
    assert company.said[f"acme/{TOUCHED}"].startswith("works on another version: ")
    assert git(company.repository(TOUCHED), "rev-parse", f"skeleton-{NEWER}") == work


def test_each_version_has_a_tag(company: Company) -> None:
    """The next update compares with it."""
    tags = git(company.repository("template-node-development"), "tag").splitlines()
    assert {"v1.0.0", f"v{NEWER}"} <= set(tags)


def test_one_that_fails_holds_back_no_other(company: Company) -> None:
    """The workflow fails in the end, with a sentence that names the repository."""
    company.push(LEFT, {".skeleton.json": replaced('"version": "1.0.0"', '"version": "0.9.0"')})
    company.release(dict.fromkeys(TEMPLATES, replaced(r"&version", "&version 1.3.0 #")))
    with pytest.raises(RuntimeError) as error:
        company.update()

    [sentence] = [line for line in str(error.value).splitlines() if line.startswith("::error")]
    assert sentence == (
        f"::error title=acme/{LEFT}::It was made from 0.9.0, for which the template has no tag v0.9.0."
    )
    assert company.open(DECLINED)["head"]["ref"] == "skeleton-1.3.0"
