"""nodeapp why names the cause and the next command, on a real control plane."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import pytest

from function.cli.cluster.kubectl import Kubectl
from function.cli.why.gather import gather
from function.read import condition
from tests.command.kubelet import pods
from tests.command.recorded import write
from tests.command.terminal import Terminal
from tests.command.troubles import SCENARIOS, SPEC
from tests.command.webhook import refusing
from tests.live.story import Story
from tests.plane import crds
from tests.plane.kubectl import Json, wait
from tests.plane.plane import Plane
from tests.why_answers import ANSWERS, Answer


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_cause_comes_first(
    name: str,
    plane: Plane,
    story: Story,
    terminal: Terminal,
    pytestconfig: pytest.Config,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of each trouble the cause is the first that is said, with the next command to type."""
    wanted = ANSWERS[name]
    with around(name, plane, story):
        SCENARIOS[name](story)
        found = wait(lambda: asked(terminal, story), lambda seen: fits(seen, wanted, story))
        assert found["code"] == (0 if wanted.ready else 1)
        assert found["unseen"] == []
        if pytestconfig.getoption("--record"):
            for key in ("KUBECONFIG", "PATH"):
                monkeypatch.setenv(key, terminal.env[key])
            write(name, gather(Kubectl(story.namespace), story.app))


def around(name: str, plane: Plane, story: Story) -> AbstractContextManager[None]:
    """What is true of the cluster meanwhile."""
    if name == "crd-is-missing":
        return without(plane, "clusters.postgresql.cnpg.io")
    return refusing(plane, story.namespace) if name == "webhook-refuses" else nullcontext()


@contextmanager
def without(plane: Plane, name: str) -> Iterator[None]:
    """The cluster has no such CRD during the block."""
    file = str(crds.known()[name])
    plane.cluster.kubectl("delete", "-f", file)
    yield
    plane.cluster.kubectl("apply", "--server-side", "-f", file)
    wait(
        lambda: condition(plane.cluster.get("crd", name), "Established"),
        lambda seen: seen.get("status") == "True",
    )


def asked(terminal: Terminal, story: Story) -> Json:
    """What why says, for programs."""
    done = terminal.run("why", story.app, "-n", story.namespace, "-o", "json")
    assert done.code in (0, 1), done.err
    found: Json = json.loads(done.out)
    return found | {"code": done.code}


def fits(seen: Json, wanted: Answer, story: Story) -> bool:
    """Whether the first cause is the one."""
    if not seen["causes"] or seen["ready"] != wanted.ready:
        return False
    first = seen["causes"][0]
    pod = next(iter(pods(story)), {"metadata": {"name": ""}})["metadata"]["name"]
    names = {"namespace": story.namespace, "pod": pod}
    return bool(
        first["part"] == wanted.part
        and wanted.says.format_map(names) in first["message"]
        and wanted.command.format_map(names) in first["command"]
    )


def test_an_app_that_is_well(story: Story, terminal: Terminal) -> None:
    """Nothing is wrong, and the exit code is 0."""
    story.runs(SPEC)
    done = terminal.run("why", story.app, "-n", story.namespace)

    assert done.code == 0
    assert done.out.startswith(f"NodeApp {story.namespace}/shop is ready\n")
    assert "Causes" not in done.out


def test_an_app_that_is_not_there(story: Story, terminal: Terminal) -> None:
    """One sentence, with the name that was meant."""
    story.write(SPEC)
    done = terminal.run("why", "shopp", "-n", story.namespace)

    assert (done.code, done.out) == (2, "")
    assert done.err == f"Error: NodeApp shopp isn't in namespace {story.namespace}; did you mean shop?\n"
