"""Build the documentation as a site: `uv run --group docs python -m package.site [FOLDER]`.

A link or an anchor that leads nowhere, or a page that is in no list of docs/index.md, fails the build.
The site loads nothing from elsewhere. Mermaid, which draws the diagrams, is taken from npm and checked.
"""

import base64
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from package.registry import ROOT

DOCS = ROOT / "docs"
MARK = ".nojekyll"
"""A file of each site. Without it, GitHub Pages would leave out folders that begin with _."""
MERMAID = "mermaid@11.12.1"
"""The version that sphinxcontrib-mermaid is made for."""
INTEGRITY = "UlIZrRariB11TY1RtTgUWp65tphtBv4CSq7vyS2ZZ2TgoMjs2nloq+wFqxiwcxlhHUvs7DPGgMjs2aeQxz5h9g=="
"""SHA-512 of its package, as npm shows it: `npm view mermaid@11.12.1 dist.integrity`."""
MODULE = "mermaid.esm.min"
REMOTE = re.compile(
    r"""<(?:script|img|iframe)[^>]*\ssrc=["']?(?:https?:)?//|<link[^>]*\shref=["']?(?:https?:)?//"""
)
"""What a browser would load from elsewhere. A reader follows links only by choice."""


def fetch_mermaid(cache: Path) -> Path:
    """The folder of Mermaid's module. Raises ValueError if the package isn't the one that was chosen."""
    folder = cache / MERMAID
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            command = ["npm", "pack", "--silent", MERMAID]
            packed = subprocess.run(command, cwd=scratch, check=True, capture_output=True, text=True)  # noqa: S603
            archive = Path(scratch) / packed.stdout.split()[-1]
            if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != INTEGRITY:
                msg = f"{MERMAID} isn't the package whose hash is in package/site.py"
                raise ValueError(msg)
            with tarfile.open(archive) as opened:
                # Trusted by its hash. A newer Python asks for a choice, and 3.11.2 of Debian 12 has none.
                opened.extraction_filter = lambda member, _: member
                opened.extractall(scratch)  # noqa: S202
            dist = Path(scratch) / "package" / "dist"
            chosen = Path(scratch) / "chosen"
            shutil.copytree(dist / "chunks" / MODULE, chosen / "chunks" / MODULE, ignore=no_maps)
            shutil.copy(dist / f"{MODULE}.mjs", chosen)
            chosen.rename(folder)
    return folder


def no_maps(_: str, names: list[str]) -> set[str]:
    """What isn't copied: maps for debuggers are four fifths of it."""
    return {name for name in names if name.endswith(".map")}


def build(site: Path) -> None:
    """Write the site into a folder. A former site there goes first.

    Raises CalledProcessError where a page is wrong, and ValueError where it loads something from elsewhere,
    or where the folder has anything else: that would be lost.
    """
    if site.exists() and any(site.iterdir()) and not (site / MARK).exists():
        msg = f"{site} has other files; name a folder that is new, empty or a site"
        raise ValueError(msg)
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir(parents=True)
    (site / MARK).touch()  # First, so that a build that fails leaves a site.
    mermaid = fetch_mermaid(ROOT / "build" / "npm")
    options = ("--builder", "html", "--fail-on-warning", "--keep-going", "--quiet", "--fresh-env")
    command = [sys.executable, "-m", "sphinx", *options, "--doctree-dir", str(site.parent / "doctrees")]
    subprocess.run([*command, str(DOCS), str(site)], check=True)  # noqa: S603
    shutil.copytree(mermaid, site / "_static" / "mermaid")
    if remote := [page.name for page in site.glob("*.html") if REMOTE.search(page.read_text())]:
        msg = f"these pages load something from elsewhere: {', '.join(remote)}"
        raise ValueError(msg)


if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m package.site", description=__doc__)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=ROOT / "build" / "site", help="default: build/site"
    )
    build(parser.parse_args().folder)
