"""What can't be is refused: at admission where the API server can tell, else by the function."""

import pytest

from function.read import condition
from tests.live.judging import marks, said
from tests.live.story import Story
from tests.plane.kubectl import Json, RefusedError, wait

BACKEND = {"image": "ghcr.io/acme/shop:1.4.0"}
GOOD = {"team": "a", "backend": BACKEND, "database": {}}
BAD = GOOD | {"environment": "qa", "frontend": BACKEND}
FIXED = GOOD | {"environment": "prod"}


def test_a_refused_edit_changes_nothing(story: Story) -> None:
    """An edit that only the function can refuse leaves all as it was; the NodeApp names the field and isn't
    Ready, what is deleted by hand comes back meanwhile, and a fix is taken."""
    story.runs(GOOD)
    before = marks(story.objects(), "generation")

    story.write(BAD)
    claim = story.until(lambda claim: said(claim, "Accepted")[0] == "False")
    assert said(claim, "Accepted")[2].startswith("spec.environment: the platform has no profile 'qa'")
    assert claim["status"]["refused"] == BAD
    assert claim["status"]["accepted"] == GOOD
    assert marks(story.objects(), "generation") == before
    story.until(lambda claim: said(claim, "Ready")[0] == "False")

    story.cluster.delete("service", f"{story.app}-backend", story.namespace)
    wait(lambda: len(story.objects()), lambda count: count == len(before))

    story.write(FIXED)
    claim = story.reconciled(FIXED)
    assert "refused" not in claim["status"]


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        pytest.param({"team": "a"}, "must have a frontend or a backend", id="empty"),
        pytest.param({"team": "a", "frontend": {}, "database": {}}, "database needs a backend", id="alone"),
        pytest.param(
            {"team": "a", "backend": {"image": "ghcr.io/acme/shop:latest"}}, "must not be latest", id="latest"
        ),
        pytest.param(
            {"team": "a", "backend": {}, "database": {"storage": "20Gib"}},
            "must be a number of bytes above 0 with a unit",
            id="quantity",
        ),
        pytest.param(
            {"team": "a", "backend": {"env": {"PORT": "1"}}}, "must not set PORT: the platform", id="ours"
        ),
        pytest.param({"team": "A team", "backend": {}}, "must be a DNS label", id="team"),
    ],
)
def test_the_api_server_refuses_with_our_words(story: Story, spec: Json, message: str) -> None:
    """What Kubernetes can judge is refused at admission, before anything is stored."""
    with pytest.raises(RefusedError, match=message):
        story.write(spec)

    assert not story.claim()


def test_a_bad_first_spec_composes_nothing(story: Story) -> None:
    """A new app that is refused has no objects, and says why."""
    story.write(BAD)

    claim = story.until(lambda claim: condition(claim, "Accepted"))
    assert said(claim, "Accepted")[:2] == ("False", "Refused")
    assert story.objects() == []
