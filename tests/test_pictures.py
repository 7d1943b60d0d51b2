"""The docs' pictures of the `nodeapp` command show what it prints."""

from tests.pictures import FOLDER, pictures


def test_pictures_are_fresh() -> None:
    """Each picture on file is drawn from a run of the command as it is, and loads nothing from elsewhere."""
    drawn = dict(pictures())
    assert {path for path in drawn if path.read_text() != drawn[path]} == set(), (
        "run: python -m tests.generate"
    )
    assert set(FOLDER.glob("*.svg")) == set(drawn)
    assert [path for path, svg in drawn.items() if "url(http" in svg or "url('http" in svg] == []
