"""YAML is read as Kubernetes reads it, and every key knows where it stands."""

import pytest

from tests.documents import read


@pytest.mark.parametrize(
    ("written", "value"),
    [
        pytest.param("2026-01-02", "2026-01-02", id="a date is text"),
        pytest.param("12:30", "12:30", id="a time is no number to base 60"),
        pytest.param("1e3", 1000, id="an exponent makes a number"),
        pytest.param("1.0", 1, id="a whole float is whole in JSON"),
        pytest.param(".5", 0.5, id="a fraction"),
        pytest.param("017", 15, id="a leading zero makes it octal"),
        pytest.param("0o17", 15, id="so does 0o"),
        pytest.param("08", 8, id="unless it can't be octal"),
        pytest.param("0x1F", 31, id="hexadecimal"),
        pytest.param("1_000", 1000, id="underscores group digits"),
        pytest.param("-5", -5, id="negative"),
        pytest.param("99999999999999999999", "99999999999999999999", id="too large to be a number"),
        pytest.param("on", True, id="on is a boolean"),
        pytest.param("y", True, id="even y is"),
        pytest.param("N", False, id="and N"),
        pytest.param("'y'", "y", id="quoted it is text"),
        pytest.param("~", None, id="null"),
        pytest.param("", None, id="nothing is null"),
        pytest.param("1.2.3", "1.2.3", id="a version is text"),
        pytest.param("!!str 1", "1", id="an explicit tag wins"),
    ],
)
def test_scalars(written: str, value: object) -> None:
    """A scalar means what kubectl takes it for."""
    (document,) = read(f"key: {written}")

    assert document.value == {"key": value}
    assert type(document.value["key"]) is type(value)


@pytest.mark.parametrize(
    ("written", "key"), [("1", "1"), ("on", "true"), ("'on'", "on"), ("2026-01-02", "2026-01-02")]
)
def test_keys_are_text(written: str, key: str) -> None:
    """JSON has no keys but text, so they become it."""
    assert [*read(f"{written}: x")[0].value] == [key]


def test_empty_documents_are_left_out() -> None:
    """Comments and separators are no objects."""
    assert [d.value for d in read("# title\n---\n---\na: 1\n---\n# end\n")] == [{"a": 1}]
    assert read("") == []


def test_a_byte_order_mark_is_no_text() -> None:
    """Windows editors write one."""
    assert [d.value for d in read("\ufeffa: 1")] == [{"a": 1}]


def test_merges_may_be_overridden() -> None:
    """A key beside a merge isn't there twice, however often its map is used."""
    (document,) = read("a: &a {x: 1, z: 3}\nb: &b {<<: *a, x: 2}\nc: *b\n")

    assert document.value["b"] == document.value["c"] == {"x": 2, "z": 3}
    assert document.problems == ()


def test_a_problem_points_at_its_key() -> None:
    """Or at the nearest part of the path that is there."""
    (document,) = read("spec:\n  frontend:\n    hosts:\n    - a\n    - b\n")

    def at(*path: str | int) -> str:
        return str(document.finding(path, "is wrong"))

    assert at("spec", "frontend") == "f.yaml:2:3: spec.frontend: is wrong"
    assert at("spec", "frontend", "hosts", 1) == "f.yaml:5:7: spec.frontend.hosts.1: is wrong"
    assert at("spec", "frontend", "port") == "f.yaml:2:3: spec.frontend.port: is wrong"
    assert at("metadata", "name") == "f.yaml:1:1: metadata.name: is wrong"


def test_lists_are_unpacked() -> None:
    """What kubectl gets is a List; what is in it stands where it stands."""
    first, second = read("kind: List\nitems:\n- a: 1\n- 3\n")

    assert first.value == {"a": 1}
    assert str(first.finding(("a",), "is wrong")) == "f.yaml:3:3: a: is wrong"
    assert [str(p) for p in second.problems] == [
        "f.yaml:4:3: must be an object with apiVersion, kind and metadata"
    ]
