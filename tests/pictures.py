"""Pictures of what the `nodeapp` command prints, for the docs: real runs, drawn by rich."""

import contextlib
import io
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner
from rich.console import Console
from rich.text import Text

from function.cli import cli

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"
FONT = re.compile(r"@font-face \{.*?\}\n", re.DOTALL)
"""Of the font that a reader's browser would fetch from elsewhere. Its own monospace font does."""
WIDTH = 100
"""Characters of a line."""

BEFORE = """\
apiVersion: platform.io/v1
kind: NodeApp
metadata: {name: shop, namespace: shop}
spec:
  team: web
  environment: prod
  frontend: {image: "ghcr.io/acme/shop:1.4.0"}
  backend: {image: "ghcr.io/acme/shop-api:1.4.0"}
  database: {version: 18, storage: 50Gi}
  ingress: {host: shop.example.com}
"""
AFTER = BEFORE.replace("api:1.4.0", "api:1.5.0").replace("50Gi", "20Gi")
MISTAKEN = BEFORE.replace("frontend", "frontent").replace("api:1.4.0", "api:latest").replace("50Gi", "50gb")


class Picture(NamedTuple):
    """A command, and how many lines of its output are shown. None: all."""

    command: str
    lines: int | None = None


PICTURES = {
    "render": Picture(
        "nodeapp render example/nodeapp.yaml --platform example/platform.yaml \\\n"
        "    --observed example/render/observed.yaml -o tree"
    ),
    "check": Picture("nodeapp check mistaken.yaml"),
    "diff": Picture("nodeapp diff nodeapp.yaml edited.yaml", lines=5),  # Then come the objects.
}
"""Name of the file → what it shows."""


def pictures() -> Iterator[tuple[Path, str]]:
    """Each picture's file, and what it should be."""
    runner = CliRunner(env={"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": str(WIDTH)})
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        given()
        for name, (command, lines) in PICTURES.items():
            words = command.replace("\\\n", "").split()[1:]
            done = runner.invoke(cli, words, catch_exceptions=False)
            yield FOLDER / f"{name}.svg", drawn(command, "\n".join(done.output.splitlines()[:lines]))


def given() -> None:
    """The files that the commands read."""
    Path("example/render").mkdir(parents=True)
    for name in ("nodeapp", "platform", "render/observed"):
        shutil.copy(ROOT / "example" / f"{name}.yaml", f"example/{name}.yaml")
    for name, text in (("nodeapp", BEFORE), ("edited", AFTER), ("mistaken", MISTAKEN)):
        Path(f"{name}.yaml").write_text(text)


def drawn(command: str, output: str) -> str:
    """A terminal with a command and its output, as SVG."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print(Text(f"$ {command}", style="bold"))
    console.print(Text.from_ansi(output))
    return FONT.sub("", console.export_svg(title="nodeapp", unique_id="nodeapp"))
