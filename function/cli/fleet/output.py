"""What nodeapp diff prints of a fleet: for people, for a pull request, and for programs."""

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from function.cli.changes import TITLES
from function.cli.diff_output import MARK, escaped
from function.cli.fleet.summed import Group, counted, groups, headline
from function.cli.fleet.worlds import Effect

SHOWN = 6
"""Apps that a line names. JSON has all of them."""


def as_text(effects: Sequence[Effect]) -> str:
    """For people: the sums, then what happens to which apps."""
    lines = [headline(effects)]
    for kind, alike in groupby(groups(effects), key=lambda group: group.kind):
        lines += ["", f"{TITLES[kind]}:"]
        for each in alike:
            lines += [f"  {counted(len(each.apps), 'app')}: {each.message}", f"    {named(each)}"]
    return "\n".join(lines) + "\n"


def as_markdown(effects: Sequence[Effect]) -> str:
    """For a comment of a pull request: the sums, and the apps folded away."""
    lines = [MARK, f"**{escaped(headline(effects))}**", ""]
    for kind, alike in groupby(groups(effects), key=lambda group: group.kind):
        lines += [f"### {TITLES[kind]}", ""]
        for each in alike:
            lines += [
                f"<details><summary>{counted(len(each.apps), 'app')}: {as_html(each.message)}</summary>",
                "",
            ]
            lines += [escaped(named(each)), "", "</details>", ""]
    return "\n".join(lines).rstrip() + "\n"


def as_json(effects: Sequence[Effect]) -> str:
    """For programs: the sums, and every app that changes."""
    whole = {
        "summary": headline(effects),
        "apps": len(effects),
        "hosts": sum(each.weight.hosts for each in effects),
        "pods": sum(each.weight.pods for each in effects),
        "changed": [as_map(each) for each in effects if each.changes],
    }
    return json.dumps(whole, indent=2) + "\n"


def as_map(effect: Effect) -> dict[str, object]:
    """One app."""
    return {
        "app": effect.where._asdict(),
        "hosts": effect.weight.hosts,
        "pods": effect.weight.pods,
        "changes": [{"kind": each.kind, "message": each.message} for each in effect.changes],
        "objects": effect.objects,
    }


def named(group: Group) -> str:
    """The first apps of a group."""
    more = f" and {len(group.apps) - SHOWN} more" if len(group.apps) > SHOWN else ""
    return ", ".join(group.apps[:SHOWN]) + more


def as_html(message: str) -> str:
    """A message within HTML."""
    return message.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


STYLES: Mapping[str, Callable[[Sequence[Effect]], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}
