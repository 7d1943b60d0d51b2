"""A spec that is too large breaks no object: the API server takes it, and the status says so."""

from tests.live.judging import said
from tests.live.story import Story

BACKEND = {"image": "ghcr.io/acme/shop:1.4.0"}
GOOD = {"team": "a", "environment": "dev", "backend": BACKEND}


def test_a_large_edit_is_refused_and_a_fix_is_taken(story: Story) -> None:
    """500 KiB are less than etcd takes, and would be more once they are repeated."""
    story.runs(GOOD)
    env = {f"V{number}": "x" * 4096 for number in range(62)}
    story.write(GOOD | {"backend": BACKEND | {"env": env}, "frontend": BACKEND | {"env": env}})
    claim = story.until(lambda claim: said(claim, "Accepted")[0] == "False")
    assert "and at most 128 KiB are taken" in said(claim, "Accepted")[2]
    assert claim["status"]["accepted"] == GOOD
    assert "refused" not in claim["status"]
    fixed = GOOD | {"backend": BACKEND | {"env": {"A": "b"}}}
    story.runs(fixed)
