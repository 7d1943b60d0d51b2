"""A part that is added to a repository's YAML changes no line that people wrote."""

import json

import pytest

from tests.golden_path.scaffolding import installed, run

MORE = """\
kind: NodeApp
metadata:
  name: shop
spec:
  backend:
    migrate: [npm, run, migrate]
  database: # Kept.
    name: app
---
kind: Resource
metadata:
  name: shop-db
"""
WIDE = """\
# Ours.
kind: NodeApp
metadata: {name: shop}
spec:
    backend: # Theirs.
        port: 3001 # Why.

    team: a
"""
WIDER = """\
# Ours.
kind: NodeApp
metadata: {name: shop}
spec:
    backend: # Theirs.
        port: 3001 # Why.
        migrate: [npm, run, migrate]

    team: a
    database: # Kept.
      name: app
---
kind: Resource
metadata:
  name: shop-db
"""
UNENDED = "kind: NodeApp\nmetadata: {name: shop}\nspec:\n  backend:\n    image: x # y"
ENDED = f"""\
{UNENDED}
    migrate: [npm, run, migrate]
  database: # Kept.
    name: app
---
kind: Resource
metadata:
  name: shop-db
"""
WHOLE = f"{MORE}---\nkind: Other"
BRACES = "kind: NodeApp\nmetadata: {name: shop}\nspec:\n  backend: {image: x}\n"
REFUSED = "Write the map with image on lines of its own, to add migrate to it."


def merged(node: dict[str, str], text: str) -> str:
    """What becomes of a text, or the sentence by which it is refused."""
    program = (
        "import { merged } from './actions/src/merge.js';"
        "const [text, more] = JSON.parse(process.argv[1]);"
        "try { console.log(JSON.stringify(merged(text, more))) }"
        "catch (error) { console.log(JSON.stringify(error.message)) }"
    )
    written = json.dumps([text, MORE])
    command = ("node", "--input-type=module", "-e", program, written)
    result: str = json.loads(run(*command, cwd=installed(node), env=node))
    return result


@pytest.mark.parametrize(
    ("text", "result"),
    [(WIDE, WIDER), (UNENDED, ENDED), (WHOLE, WHOLE), (BRACES, REFUSED)],
    ids=["other indents and comments", "no last line end", "all is there", "a map in braces"],
)
def test_only_lines_are_added(node: dict[str, str], text: str, result: str) -> None:
    """With the indents that are there, and in the order of the skeleton; a map in braces is refused."""
    assert merged(node, text) == result
