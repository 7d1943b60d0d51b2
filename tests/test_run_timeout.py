"""nodeapp run --timeout takes a duration, and says what one is."""

import click
import pytest

from function.cli.inside.run import Seconds


@pytest.mark.parametrize(("written", "seconds"), [("90s", 90), ("10m", 600), ("2h", 7200)])
def test_durations(written: str, seconds: int) -> None:
    """One number and one unit."""
    assert Seconds().convert(written, None, None) == seconds


@pytest.mark.parametrize("written", ["9" * 5000 + "s", "٣m", "10", "1h30m"])
def test_what_is_no_duration(written: str) -> None:
    """Neither a number that nobody can mean, nor digits that Kubernetes doesn't know."""
    with pytest.raises(click.BadParameter, match="must be a duration such as 90s, 10m or 2h"):
        Seconds().convert(written, None, None)
