"""Flux Operator's module, made buildable: the web page that its program embeds isn't part of the module.

A copy of the module gets an empty page in its place, since the page is only for people with a browser.
"""

import shutil
from pathlib import Path

from tests.plane.modules import MODULES, go, module_folder

FAMILY, MODULE = "flux-operator", "github.com/controlplaneio-fluxcd/flux-operator"


def with_page(folder: Path) -> tuple[str, ...]:
    """Copy the module into a folder, with a page. Returns the flags that make Go build from the copy."""
    copy, own = folder / "module", folder / "go.mod"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(module_folder(FAMILY, MODULE), copy, copy_function=shutil.copyfile)
    for each in (copy, *copy.rglob("*")):
        if each.is_dir():
            each.chmod(0o755)  # The module cache is read-only, its folders too.
    (copy / "web" / "dist").mkdir()
    (copy / "web" / "dist" / "index.html").touch()
    for name in ("go.mod", "go.sum"):
        shutil.copyfile(MODULES / FAMILY / name, folder / name)
    go(FAMILY, "mod", "edit", f"-replace={MODULE}={copy}", str(own))
    return (f"-modfile={own}",)
