"""What nodeapp why concludes, from what was seen of apps on a real control plane."""

import re
from dataclasses import replace

import pytest

from function.cli.why import words
from function.cli.why.judge import judge
from function.cli.why.seen import Seen, Unseen
from function.read import condition, text
from tests.command.recorded import FOLDER, read
from tests.why_answers import ANSWERS


def test_every_trouble_is_recorded() -> None:
    """What is tried on a control plane is judged here, and nothing else."""
    assert {file.stem for file in FOLDER.glob("*.json")} == set(ANSWERS)


@pytest.mark.parametrize("name", ANSWERS)
def test_the_cause_is_named(name: str) -> None:
    """Part, cause and next command are those of the trouble."""
    seen, wanted = read(name), ANSWERS[name]
    pod = next((text(each, "metadata", "name") or "" for each in seen.objects.get("Pod", ())), "")
    names = {"namespace": seen.namespace, "pod": pod}
    diagnosis = judge(seen)

    first = diagnosis.causes[0]
    assert first.part == wanted.part
    assert wanted.says.format_map(names) in first.message
    assert wanted.command.format_map(names) in first.command
    assert diagnosis.ready == wanted.ready
    assert diagnosis.unseen == []


@pytest.mark.parametrize("name", ANSWERS)
def test_people_read_causes_first(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe each line is whole and without colours, and the last one is the next command."""
    diagnosis = judge(read(name))
    words.show(diagnosis)
    out = capsys.readouterr().out

    first = diagnosis.causes[0]
    assert "\x1b" not in out
    assert f"  {first.part}: {first.message}\n    {first.command}\n" in out
    assert out.startswith(f"{diagnosis.summary}\n\n{'Also' if diagnosis.ready else 'Causes'}\n")
    assert out.endswith(f"\nNext: {first.command}\n") == (not diagnosis.ready)


@pytest.mark.parametrize("name", ANSWERS)
def test_each_event_has_its_second(name: str) -> None:
    """Those of the new API have microseconds, which nobody reads."""
    for line in judge(read(name)).events:
        assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (Normal|Warning) ", line)


def without_pods(seen: Seen) -> Seen:
    """The same, for somebody who may not see pods."""
    unseen = Unseen("pods", "forbidden", "kubectl get pods")
    return replace(seen, objects={**seen.objects, "Pod": ()}, unseen=[unseen])


@pytest.mark.parametrize("name", ["crashes", "no-node"])
def test_without_pods_the_condition_speaks(name: str) -> None:
    """Who may not see pods is told what the NodeApp says, and what isn't seen."""
    diagnosis = judge(without_pods(read(name)))

    assert diagnosis.unseen[0].what == "pods"
    assert not diagnosis.ready
    assert [(each.part, each.command) for each in diagnosis.causes[:1]] == [
        ("backend", f"kubectl describe deployment shop-backend -n {read(name).namespace}")
    ]


def test_what_stopped_crossplane_is_told_without_the_xr() -> None:
    """READY keeps its old value then. Who may not see the XR is told that, and whom to ask what."""
    seen = read("quota-for-objects")
    diagnosis = judge(replace(seen, composite=None, events=()))

    assert condition(seen.app, "Ready")["status"] == "True"
    assert not diagnosis.ready
    first = diagnosis.causes[0]
    assert (first.part, first.message) == (
        "Crossplane",
        "Crossplane can't go on with the app, and only its XR says why",
    )
    assert first.command == f"kubectl describe xnodeapp {seen.app['spec']['resourceRef']['name']}"
