"""The commands that pages tell their readers to run, and which of them tests follow."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
FOLLOWED = ROOT / "tests" / "followed"
FENCE = re.compile(
    r"(?:<!-- (?P<note>[^>]*) -->\n *)?^(?P<indent> *)```(?:sh|console)\n(?P<commands>.*?)```",
    re.DOTALL | re.MULTILINE,
)


class Block(NamedTuple):
    """Commands that stand together."""

    commands: str
    needs: str
    """What a control plane on loopback lacks for them, such as a registry; empty if nothing."""


def pages() -> list[str]:
    """Pages with commands for their readers, as paths in the repository."""
    examples = (page for page in (ROOT / "example").rglob("*.md") if "node_modules" not in page.parts)
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *examples]
    return sorted(str(page.relative_to(ROOT)) for page in found)


def sections(page: str) -> dict[str, str]:
    """A page's text by heading."""
    _, *parts = re.split(r"(?m)^## ", (ROOT / page).read_text())
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in parts}


def blocks(page: str, heading: str) -> list[Block]:
    """The blocks of commands below a heading of a page."""
    return [
        Block(
            re.sub(rf"(?m)^{found['indent']}", "", found["commands"]),
            (found["note"] or "").removeprefix("needs ") if found["note"] else "",
        )
        for found in FENCE.finditer(sections(page)[heading])
    ]


def followed() -> Iterator[tuple[str, str]]:
    """Page and heading of each call of `follow` in the tests that follow pages."""
    for file in sorted(FOLLOWED.glob("*.py")):
        module = ast.parse(file.read_text())
        texts = dict(constants(module))
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "follow":
                _, page, heading, *_ = (
                    each.value if isinstance(each, ast.Constant) else texts.get(getattr(each, "id", ""))
                    for each in node.args
                )
                yield str(page), str(heading)


def constants(module: ast.Module) -> Iterator[tuple[str, str]]:
    """The texts that a module gives names to."""
    for node in module.body:
        if isinstance(node, ast.Assign):
            [target] = node.targets
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            for name, value in zip(names, values, strict=False):
                if isinstance(name, ast.Name) and isinstance(value, ast.Constant):
                    yield name.id, str(value.value)
