"""YAML that can't be read is one sentence, with its place, and hides nothing that stands before it."""

import pytest

from function.cli import nodes
from tests.documents import problems, read
from tests.ends import ends


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            b"\x89PNG\xff", "f.yaml: isn't text in UTF-8; save it as such, if it is text at all", id="binary"
        ),
        pytest.param(b"\xff\xfea\x00", "f.yaml: is text in UTF-16; save it as UTF-8", id="UTF-16"),
        pytest.param(
            "a: \x00",
            "f.yaml:1:4: isn't YAML: the control character U+0000 isn't allowed; remove it",
            id="a NUL",
        ),
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


def test_merges_that_multiply_are_read_once() -> None:
    """A map that merges nine others, which merge nine others, has each key once. The last value counts."""
    lines = ["a0: &a0 {k: 1, l: 2}"]
    lines += [f"a{i}: &a{i} {{<<: [{','.join([f'*a{i - 1}'] * 9)}], own: {i}}}" for i in range(1, 40)]

    with ends():
        [document] = read("\n".join(lines))

    assert document.value["a39"] == {"k": 1, "l": 2, "own": 39}


def test_documents_before_a_mistake_are_read() -> None:
    """The rest of a file is still worth checking."""
    first, second = read("a: 1\n---\nb: [\n")

    assert (first.value, first.problems) == ({"a": 1}, ())
    assert second.problems
