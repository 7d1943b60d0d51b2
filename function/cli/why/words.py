"""What nodeapp why prints: for people, and for programs."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from function.cli.why.seen import Cause, Diagnosis, Unseen

INDENT = 2
COLOURS = {"True": "green", "False": "red", "Unknown": "yellow"}


def as_json(diagnosis: Diagnosis) -> str:
    """For programs."""
    return json.dumps(asdict(diagnosis), indent=2) + "\n"


def show(diagnosis: Diagnosis) -> None:
    """For people."""
    console = Console(highlight=False)
    holding, aside = ([c for c in diagnosis.causes if c.holds_back is each] for each in (True, False))
    console.print(
        Text(diagnosis.summary, style="bold green" if diagnosis.ready else "bold red"), soft_wrap=True
    )
    sections: tuple[tuple[str, Iterable[Text]], ...] = (
        ("Causes", map(cause, holding)),
        ("Also", map(cause, aside)),
        ("Conditions", conditions(diagnosis)),
        ("Last events", map(Text, diagnosis.events)),
        ("Not seen", map(unseen, diagnosis.unseen)),
    )
    for title, lines in sections:
        section(console, title, list(lines))
    if holding:
        console.print(Text.assemble("\nNext: ", (holding[0].command, "bold cyan")), soft_wrap=True)


def section(console: Console, title: str, lines: list[Text]) -> None:
    """A title, and lines below it: whole in a file or a pipe. Nothing without lines."""
    if lines:
        console.print(Text(f"\n{title}", style="bold"))
    for each in lines:
        if console.is_terminal:
            console.print(Padding(each, (0, 0, 0, INDENT)))
        else:
            indented = "\n".join(" " * INDENT + line for line in each.plain.splitlines())
            console.print(indented, soft_wrap=True, markup=False)


def cause(each: Cause) -> Text:
    """A cause, with the next command below it."""
    return Text.assemble((each.part, "bold"), f": {each.message}\n  ", (each.command, "cyan"))


def conditions(diagnosis: Diagnosis) -> Iterable[Text]:
    """A line for each condition, in columns."""
    width = max((len(each["type"]) for each in diagnosis.conditions), default=0)
    for each in diagnosis.conditions:
        said = ": ".join(filter(None, (each["reason"], each["message"])))
        state = Text(f"{each['status']:<8}", style=COLOURS.get(each["status"], ""))
        yield Text.assemble(f"{each['type']:<{width}}  ", state, said)


def unseen(each: Unseen) -> Text:
    """What may not be seen, and who may be asked what."""
    return Text.assemble(f"{each.what}: {each.reason}\n  ask somebody who may: ", (each.command, "cyan"))
