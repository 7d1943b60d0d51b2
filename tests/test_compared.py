"""What case files state as right is right, and the command that compares revisions says what differs."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests import golden
from tests.case_steps import STEPS
from tests.compare import __main__ as command
from tests.compare.cases import CASES, COMPARED, chosen
from tests.compare.differences import differences
from tests.compare.outcome import outcome
from tests.compare.revision import THIS_TREE, Tree, remote, translated
from tests.compare.right import leaves, wrong
from tests.generate import ROOT
from tests.serving import app

STATED = {name: case for name, case in CASES.items() if "right" in case}


@pytest.mark.parametrize("name", STATED)
def test_case_is_right(name: str) -> None:
    """What a case file states as right is what its life comes to."""
    assert wrong(outcome(STATED[name]), STATED[name]["right"]) == {}


def test_every_compared_case_states_what_is_right() -> None:
    """A case without a response on file proves nothing else."""
    names = {path.stem for path in COMPARED.glob("*.yaml")}
    assert {name for name in names if not list(leaves(CASES[name].get("right", {}), ("right",)))} == set()
    assert names <= STATED.keys()
    assert names.isdisjoint(path.stem for path in golden.CASES.glob("*.yaml"))


def test_every_step_is_in_a_case() -> None:
    """A word that no case uses is nowhere tried."""
    taken = {word for case in CASES.values() for step in case.get("steps", ()) for word in step}
    assert taken == STEPS.keys()


OUTCOME: dict[str, Any] = {
    "ready": "True",
    "conditions": {"BackedUp": {"status": "True", "reason": "Archiving", "message": ""}},
    "objects": {"database-cluster": {"spec": {"plugins": [{"name": "one"}, {"name": "two"}]}}},
    "deleted": [],
}


@pytest.mark.parametrize(
    ("right", "places"),
    [
        ({"ready": "True", "deleted": [], "fatal": None}, set()),
        ({"ready": "False"}, {"ready"}),
        ({"conditions": {"BackedUp": {"reason": "Arch*", "message": None}}}, set()),
        ({"conditions": {"BackedUp": {"reason": "*arch*"}}}, {"conditions.BackedUp.reason"}),
        ({"conditions": {"Monitored": {"status": "True"}}}, {"conditions.Monitored.status"}),
        ({"objects": {"database-cluster": None}}, {"objects.database-cluster"}),
        ({"objects": {"database-cluster": {"spec": {"plugins": {1: {"name": "two"}}}}}}, set()),
        (
            {"objects": {"database-cluster": {"spec": {"plugins": {2: {"name": "two"}}}}}},
            {"objects.database-cluster.spec.plugins.2.name"},
        ),
        ({"deleted": ["database-cluster"]}, {"deleted"}),
    ],
)
def test_wrong_values_are_named(right: dict[str, Any], places: set[str]) -> None:
    """Each value that isn't right is named by its place; `*` stands for any text, null for nothing."""
    assert set(wrong(OUTCOME, right)) == places


def test_differences_are_words() -> None:
    """Conditions, objects and single values: each in a line, with what was and what is."""
    other = {
        "ready": "False",
        "conditions": {"BackedUp": {"status": "False", "reason": "Progressing", "message": "wait"}},
        "objects": {"database-cluster": {"spec": {"plugins": [{"name": "one"}, {"name": "3"}]}}, "x": {}},
        "deleted": [],
    }
    assert list(differences(OUTCOME, other)) == [
        'ready: "True" → "False"',
        "BackedUp: True Archiving → False Progressing (wait)",
        'database-cluster.spec.plugins.1.name: "two" → "3"',
        "x: not desired → desired",
    ]


def test_step_that_cannot_be_done_is_an_error() -> None:
    """What one revision has composed another one may not have."""
    case = CASES["smallest"] | {"steps": [{"lose": "database-cluster"}]}
    assert outcome(case) == {"error": "a step names what isn't there: 'database-cluster'"}


def test_fatal_deletes_nothing() -> None:
    """A FATAL response has no objects, which doesn't mean that they are gone."""
    fatal = {"fatal": "why", "ready": "True", "conditions": OUTCOME["conditions"], "objects": {}}
    assert list(differences(OUTCOME, fatal | {"deleted": []})) == ['fatal: nothing → "why"']


def test_names_are_translated() -> None:
    """A renamed key is another one; a text that only contains it stays."""
    request = app(filling=1)
    request.observed.resources["backend-service"].resource["kind"] = "not backend-service"
    resources = translated(request, {"backend-service": "api-service"}).observed.resources
    assert list(resources) == ["api-service"]
    assert resources["api-service"].resource["kind"] == "not backend-service"


def compared(*arguments: str) -> tuple[int, list[str]]:
    """The command's exit code and lines."""
    done = CliRunner().invoke(command.main, ["v1.0.0", *arguments])
    return done.exit_code, done.output.splitlines()


@pytest.fixture
def another_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tree whose pods count as available after 7 seconds instead of 5 stands for v1.0.0."""

    @contextmanager
    def checked_out(revision: str) -> Iterator[Tree]:
        assert revision == "v1.0.0"
        yield Tree(tmp_path, THIS_TREE.python)

    monkeypatch.setattr(command, "checked_out", checked_out)
    shutil.copytree(ROOT / "function", tmp_path / "function")
    edited = tmp_path / "function" / "components" / "deployment.py"
    source = edited.read_text()
    stated = '"minReadySeconds": template.min_ready_seconds'
    assert source.count(stated) == 1
    edited.write_text(source.replace(stated, f"{stated} + 2"))


@pytest.mark.usefixtures("another_tree")
def test_servers_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two servers lead the same life: what was wrong and is right now comes first, then all that differs."""
    right = {"objects": {"frontend-deployment": {"spec": {"minReadySeconds": 5, "replicas": 2}}}}
    monkeypatch.setitem(CASES, "smallest", CASES["smallest"] | {"right": right})
    assert compared("smallest") == (
        0,
        [
            f"smallest: {CASES['smallest']['about']}",
            "  right: objects.frontend-deployment.spec.minReadySeconds: 7 (wrong) → 5",
            "  frontend-deployment.spec.minReadySeconds: 7 → 5",
        ],
    )


@pytest.mark.parametrize("name", ["smalest", "cases/smalest.yaml"])
def test_unknown_case_is_an_error(name: str) -> None:
    """A typo compares nothing."""
    code, lines = compared(name)
    assert code == 2
    assert "no such case: " in lines[-1]
    assert name in lines[-1]


def test_case_may_be_a_file() -> None:
    """A maintainer can compare a state that isn't among the case files."""
    path = str(golden.CASES / "smallest.yaml")
    assert chosen([path, "lost"]) == {path: CASES["smallest"], "lost": CASES["lost"]}


def test_renamed_record_is_read_by_its_server() -> None:
    """A life by gRPC is the same one, though an annotation that decides has another name here."""
    case = CASES["database-removed"]
    with remote(THIS_TREE, {"platform.io/last-requested": "platform.io/asked"}) as server:
        served, here = outcome(case, server), outcome(case)
    there = served["objects"]["database-cluster"]["metadata"]["annotations"]
    assert "platform.io/asked" in there
    assert "platform.io/last-requested" not in there
    assert served["conditions"] == here["conditions"]
