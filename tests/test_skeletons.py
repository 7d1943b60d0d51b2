"""The skeletons of a frontend and of a backend are made for each other."""

from pathlib import Path

SKELETONS = Path(__file__).parents[1] / "example" / "backstage" / "skeletons"


def test_both_halves_have_one_contract() -> None:
    """The frontend's calls are made of the API that the backend describes. Else run `npm run api` there."""
    ours, theirs = ((SKELETONS / part / "openapi.json").read_bytes() for part in ("frontend", "backend"))
    assert ours == theirs
