"""nodeapp why for a developer who may see little: what is seen, what isn't, and whom to ask."""

import json

from tests.command.kubelet import play, waiting
from tests.command.terminal import Terminal
from tests.command.troubles import SPEC
from tests.command.webhook import refusing
from tests.live.judging import said
from tests.live.story import Story
from tests.plane.kubectl import wait
from tests.plane.plane import Plane


def may(story: Story, *resources: str) -> None:
    """A developer may get NodeApps in one namespace, and more resources."""
    kubectl = story.cluster.kubectl
    rights = [f"--resource={each}" for each in ("nodeapps.platform.io", *resources)]
    kubectl("create", "role", "see", "--verb=get,list", *rights, "-n", story.namespace)
    kubectl("create", "rolebinding", "see", "--role=see", "--user=developer", "-n", story.namespace)


def test_a_developer_with_few_rights(story: Story, terminal: Terminal) -> None:
    """Who may get NodeApps and pods of one namespace sees the cause, and is told what isn't seen."""
    may(story, "pods")
    story.runs(SPEC)
    play(story, "backend", waiting("ImagePullBackOff", "not found"))
    done = wait(
        lambda: terminal.of("developer").run("why", story.app, "-n", story.namespace),
        lambda done: "can't pull" in done.out,
    )

    assert done.code == 1
    unseen = done.out.partition("Not seen\n")[2]
    xr = story.claim()["spec"]["resourceRef"]["name"]
    assert f"XNodeApp {xr}, whose own errors no NodeApp shows: " in unseen
    assert f"ask somebody who may: kubectl describe xnodeapps.platform.io {xr}\n" in unseen
    assert "events: events is forbidden" in unseen


def test_a_developer_without_rights(story: Story, terminal: Terminal) -> None:
    """One sentence, and the command that says when it works."""
    story.write(SPEC)
    done = terminal.of("nobody").run("why", story.app, "-n", story.namespace)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Error: you may not see NodeApps here: ")
    assert f"kubectl auth can-i get nodeapps.platform.io --namespace={story.namespace}" in done.err


def test_a_refusal_without_rights_names_who_to_ask(plane: Plane, story: Story, terminal: Terminal) -> None:
    """Only the XR has a webhook's words. Who may not see it is told whom to ask what."""
    may(story)
    with refusing(plane, story.namespace):
        story.write(SPEC)
        story.until(lambda claim: said(claim, "BackendReady")[1] == "Refused")
        done = terminal.of("developer").run("why", story.app, "-n", story.namespace, "-o", "json")

    first = json.loads(done.out)["causes"][0]
    assert "was refused by the API server" in first["message"]
    assert first["command"].startswith("kubectl describe XNodeApp ")
