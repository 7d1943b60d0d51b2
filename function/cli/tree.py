"""render's output for people: each app with its conditions, objects and events."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from function import ready
from function.app import Object
from function.cli.output import named
from function.cli.pipeline import Outcome
from function.read import items, text

WIDTH = 160
"""Characters in a line of output to a file or a pipe, which has no width of its own."""


def show(outcomes: Iterable[Outcome]) -> None:
    """Print a tree for each app."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    for outcome in outcomes:
        console.print(tree(outcome))


def tree(outcome: Outcome) -> Tree:
    """One app."""
    head = Text.assemble((str(outcome.app), "bold"), "  ", word(outcome.ready["status"] == "True"))
    first = text(outcome.status, "message") or text(outcome.status, "url")
    root = Tree(head.append(f"  {first}" if first else ""), guide_style="dim")
    conditions = [
        (c["type"], word(c["status"] == "True", "True", "False"), c["reason"], c.get("message", ""))
        for c in outcome.conditions
    ]
    objects = [
        (
            key,
            f"{o['kind']}/{named(outcome, key, o)}",
            word(is_ready),
            "" if is_ready else why(outcome, key, o),
        )
        for key, o, is_ready in outcome.resources
    ]
    events = [(text(r, "reason") or "", text(r, "message") or "") for r in items(outcome.response, "results")]
    for title, rows in (("conditions", conditions), ("objects", objects), ("events", events)):
        if rows:
            fill(root.add(Text(title, style="bold")), rows)
    return root


def word(ok: bool, good: str = "ready", bad: str = "not ready") -> Text:  # noqa: FBT001  # It is all that this is about.
    """The good word or the bad one. It can be told apart without colours too."""
    return Text(good, style="green") if ok else Text(bad, style="red")


def fill(branch: Tree, rows: Sequence[Sequence[Text | str]]) -> None:
    """Add one line for each row, in columns."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        line = Text()
        for cell, width in zip(row, widths, strict=True):
            line.append_text(Text() + cell).append(" " * (width - len(cell) + 2))
        line.rstrip()
        branch.add(line)


def why(outcome: Outcome, key: str, manifest: Object) -> str:
    """Why an object isn't ready: by the check of its kind, else by the condition of its part."""
    parts = {c["type"].removesuffix("Ready").lower(): c for c in outcome.conditions if c["status"] != "True"}
    of_part: str = parts.get(key.partition("-")[0], {}).get("message", "")
    problem = ready.why(outcome.observed.get(key), ready.expected(dict(manifest), None))
    return problem.message if problem else of_part
