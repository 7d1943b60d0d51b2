"""YAML is read as Kubernetes reads it, and every key knows where it stands."""

from typing import Any

import pytest
import yaml

from function.cli import documents, kube_yaml, nodes
from function.cli.documents import Document


def read(text: str | bytes) -> list[Document]:
    """The documents of a file f.yaml."""
    return list(documents.read(text if isinstance(text, bytes) else text.encode(), "f.yaml"))


def problems(text: str | bytes) -> list[str]:
    """The messages of its problems."""
    return [str(problem) for document in read(text) for problem in document.problems]


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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(b"\xff\xfe\x00a", "f.yaml: isn't text in UTF-8", id="binary"),
        pytest.param("a: \x00", "f.yaml: isn't YAML: control characters are not allowed", id="a NUL"),
        pytest.param(
            "a: [1\n",
            "f.yaml:2:1: isn't YAML: did not find expected ',' or ']' while parsing a flow sequence",
            id="an open bracket",
        ),
        pytest.param(
            "a: b: c",
            "f.yaml:1:5: isn't YAML: mapping values are not allowed in this context",
            id="two colons",
        ),
        pytest.param(
            "- a\n", "f.yaml:1:1: must be an object with apiVersion, kind and metadata", id="a list"
        ),
        pytest.param(
            "# title\nHello", "f.yaml:2:1: must be an object with apiVersion, kind and metadata", id="prose"
        ),
        pytest.param(
            "a: 1\nb: 2\na: 3", "f.yaml:3:1: a: is there twice, first in line 1; keep one", id="twice"
        ),
        pytest.param(
            "a: {b: {c: 1,\n c: 2}}",
            "f.yaml:2:2: a.b.c: is there twice, first in line 1; keep one",
            id="twice further down",
        ),
        pytest.param("a: !secret x", "f.yaml:1:4: Kubernetes knows no !secret", id="a tag"),
        pytest.param("a: !!binary eA==", "f.yaml:1:4: Kubernetes knows no !!binary", id="YAML's binary"),
        pytest.param(
            "a: .nan",
            "f.yaml:1:4: '.nan' is no number that JSON has; put it in quotes if it is text",
            id="not a number",
        ),
        pytest.param(
            "a: !!int x", "f.yaml:1:4: 'x' is no !!int; put it in quotes if it is text", id="a wrong tag"
        ),
        pytest.param("? [a]\n: b", "f.yaml:1:3: a key must be text", id="a list as key"),
        pytest.param("~: b", "f.yaml:1:1: a key must be text", id="no key"),
        pytest.param("[" * 200_000, "f.yaml: is nested too deeply", id="a stack overflow"),
        pytest.param("a: &a [*a]", "f.yaml: is nested too deeply", id="an alias within itself"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(text: str | bytes, message: str) -> None:
    """It says where and why, and never is a traceback."""
    assert problems(text) == [message]


def test_aliases_that_multiply_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine lines of aliases would otherwise fill the memory."""
    monkeypatch.setattr(nodes, "MANY", 1000)
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]

    (message,) = problems("\n".join(lines))

    assert message.endswith("there are more than 1000 values in one document")


def test_documents_before_a_mistake_are_read() -> None:
    """The rest of a file is still worth checking."""
    first, second = read("a: 1\n---\nb: [\n")

    assert (first.value, first.problems) == ({"a": 1}, ())
    assert second.problems


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


@pytest.mark.parametrize(
    "text",
    ["1e3", "0o17", "08", "y", "N", "on", "12:30", "2026-01-02", "null", "", "1_0", ".5", "a\nb\n", "é"],
)
def test_text_stays_text(text: str) -> None:
    """What is written is read back as the same, here and by any other reader of YAML."""
    written = kube_yaml.dump([{"key": text, "list": [{text: 1}]}])

    for value in (read(written)[0].value, yaml.safe_load(written)):
        assert value == {"key": text, "list": [{text: 1}]}


def test_objects_are_written_as_people_read_them() -> None:
    """What it is comes first, several lines are a block, and there are no aliases."""
    labels = {"app": "shop"}
    objects: list[dict[str, Any]] = [
        {
            "spec": {"b": 1, "a": labels},
            "kind": "K",
            "metadata": {"labels": labels, "name": "n"},
            "apiVersion": "v1",
        },
        {"data": {"script": "one\ntwo\n"}},
    ]

    assert kube_yaml.dump(objects) == (
        "---\napiVersion: v1\nkind: K\nmetadata:\n  name: 'n'\n  labels:\n    app: shop\n"
        "spec:\n  a:\n    app: shop\n  b: 1\n"
        "---\ndata:\n  script: |\n    one\n    two\n"
    )
