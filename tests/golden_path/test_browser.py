"""The whole app in a real Chromium."""

from tests.golden_path.browser_stories import Tell

pytest_plugins = "tests.golden_path.fixtures"


def test_notes_reach_the_database_and_come_back(tell: Tell) -> None:
    """What is in the database is on the page, and what people write is in the database."""
    assert tell("notes") == [['Kept: "quotes", <b>tags</b> & ünïcödé 🎉', "ada"]]


def test_people_may_delete_what_the_api_lets_them(tell: Tell) -> None:
    """Nobody but its author and an admin deletes a note."""
    assert tell("rights") == [["Written by ada", "ada"]]


def test_sessions_begin_and_end(tell: Tell) -> None:
    """Deep links, sign-out and sessions that end lead where they should, and lose nothing."""
    assert tell("session") == []


def test_what_goes_wrong_on_real_days_loses_nothing(tell: Tell) -> None:
    """Double clicks, dead networks, reloads, old states: nothing is saved twice, lost or overwritten."""
    kept = [["Clicked twice", "ada"], ["Written in a tunnel", "ada"], ["שלום (עולם).", "ada"]]
    assert tell("faults") == [*kept, ["Changed elsewhere", "ada"]]


def test_the_keyboard_is_enough(tell: Tell) -> None:
    """All of the main flow works without a mouse."""
    assert tell("keyboard") == []


def test_the_policy_holds(tell: Tell) -> None:
    """A script that got into a page isn't run, and can't call out."""
    assert tell("policy") == []


def test_every_page_is_accessible_and_fits(tell: Tell) -> None:
    """Axe finds nothing on any page, colours included, in both themes and on a phone."""
    assert tell("looks") == []
