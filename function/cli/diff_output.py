"""What nodeapp diff prints: for people, for a pull request, and for programs."""

import difflib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from function.cli.changes import TITLES, Change
from function.cli.compared import Comparison
from function.cli.kube_yaml import dump
from function.cli.noiseless import own

NOTHING = "Nothing changes."
MARK = "<!-- nodeapp diff -->"
"""The first line of a comment: by it a workflow finds the one that it keeps current."""


def as_text(comparisons: list[Comparison]) -> str:
    """For people: each app with its changes in words, then all differences of objects."""
    lines: list[str] = []
    for each in comparisons:
        lines.append(str(each.where))
        for title, messages in by_title(each.changes):
            lines += [f"  {title}:", *(f"    {message}" for message in messages)]
        lines += [] if each.changes else [f"  {NOTHING}"]
        lines += ["", *objects(each)]
    return "\n".join(lines).rstrip() + "\n"


def as_markdown(comparisons: list[Comparison]) -> str:
    """For a comment of a pull request: the words, and the objects folded away."""
    lines = [MARK]
    for each in comparisons:
        lines += [f"### {each.where}", ""]
        for title, messages in by_title(each.changes):
            lines += [f"**{title}**", "", *(f"- {escaped(message)}" for message in messages), ""]
        lines += [] if each.changes else [NOTHING, ""]
        if differences := list(objects(each)):
            fence = "`" * (1 + max(map(len, re.findall("`+", "\n".join(differences))), default=2))
            lines += ["<details><summary>Objects</summary>", "", f"{fence}diff", *differences, fence, ""]
            lines += ["</details>", ""]
    return "\n".join(lines).rstrip() + "\n"


def as_json(comparisons: list[Comparison]) -> str:
    """For programs."""
    return json.dumps([as_map(each) for each in comparisons], indent=2) + "\n"


def as_map(comparison: Comparison) -> dict[str, object]:
    """One app."""
    return {
        "app": comparison.where._asdict(),
        "changes": [{"kind": each.kind, "message": each.message} for each in comparison.changes],
        "objects": "\n".join(objects(comparison)),
    }


def by_title(changes: list[Change]) -> Iterator[tuple[str, list[str]]]:
    """The messages of all kinds of changes that there are, the most important first."""
    for kind, title in TITLES.items():
        if messages := [each.message for each in changes if each.kind == kind]:
            yield title, messages


def objects(comparison: Comparison) -> Iterator[str]:
    """The lines of a unified diff of all objects that differ."""
    if comparison.after is None or comparison.after.outcome.refusal:
        return
    old, new = (each.objects if each else {} for each in (comparison.before, comparison.after))
    for key in sorted(old.keys() | new.keys()):
        both = [own(each) if each else None for each in (old.get(key), new.get(key))]
        if both[0] == both[1]:
            continue  # To print objects as YAML takes long.
        was, now = map(of_object, both)
        yield from difflib.unified_diff(was, now, f"before/{key}", f"after/{key}", lineterm="")


def of_object(manifest: dict[str, Any] | None) -> list[str]:
    """An object's lines."""
    return dump([manifest]).splitlines()[1:] if manifest else []


def escaped(message: str) -> str:
    """A message in which Markdown sees no mark-up."""
    return re.sub(r"([\\`*_{}\[\]<>#|@])", r"\\\1", message)


STYLES: Mapping[str, Callable[[list[Comparison]], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}
