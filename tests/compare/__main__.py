"""What this tree changes for apps in the states of the case files: python -m tests.compare REVISION [CASE…].

The server of a Git revision and that of this tree are started, each in an environment of its own. Both lead
the same lives, through gRPC. What differs is printed. Exits 1 where this tree isn't right.
"""

import sys
from collections.abc import Mapping
from typing import Any

import click

from tests.compare.cases import chosen
from tests.compare.differences import differences, text
from tests.compare.outcome import Outcome, outcome
from tests.compare.revision import THIS_TREE, checked_out, remote
from tests.compare.right import dotted, leaves, value_at, wrong


@click.command(help="Say what differs between REVISION and this tree in CASES: names or files, default all.")
@click.argument("revision")
@click.argument("names", metavar="[CASE]...", nargs=-1)
@click.option("--renamed", multiple=True, metavar="OLD=NEW", help="A name of REVISION, and what it is now.")
@click.option(
    "--right", "only_right", is_flag=True, help="Print only the values that a case states as right."
)
def main(revision: str, names: tuple[str, ...], renamed: tuple[str, ...], *, only_right: bool) -> None:
    """Compare, print, and exit."""
    try:
        cases = chosen(names)
    except (KeyError, FileNotFoundError) as error:
        msg = f"no such case: {error}"
        raise click.UsageError(msg) from error
    pairs = dict(each.split("=", 1) for each in renamed)
    failed = False
    with checked_out(revision) as tree, remote(tree, pairs) as before, remote(THIS_TREE) as now:
        for name, case in cases.items():
            old, new = outcome(case, before), outcome(case, now)
            lines = [
                *verdict(case.get("right", {}), old, new),
                *([] if only_right else differences(old, new)),
            ]
            failed |= bool(wrong(new, case.get("right", {})))
            click.echo("\n  ".join([f"{name}: {case['about']}", *(lines or ["the same"])]))
    sys.exit(int(failed))


def verdict(right: Mapping[str, Any], old: Outcome, new: Outcome) -> list[str]:
    """What is right, and what each of the two has there."""
    wrong_before, wrong_now = wrong(old, right), wrong(new, right)
    return [
        f"{'WRONG' if place in wrong_now else 'right'}: {place}: {text(value_at(old, path))}"
        f"{' (wrong)' if place in wrong_before else ''} → {text(value_at(new, path))}"
        for path, _ in leaves(right)
        if (place := dotted(path)) in wrong_before or place in wrong_now
    ]


if __name__ == "__main__":
    main()
