"""What Argo CD calls an object: our Lua, run by Lua 5.1 with the libraries that Argo CD allows.

Source: util/lua/lua.go of Argo CD.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml
from lupa.lua51 import LuaRuntime  # type: ignore[import-untyped]  # It has no types.

from package import argo_cd

LIBRARIES = {"string", "math", "io", "debug", "coroutine", "python", "jit", "bit", "dofile", "loadfile"}
"""Global names that a script of Argo CD doesn't have."""


@cache
def script(kind: str) -> Any:
    """The check of a kind, as a function of Lua."""
    data: dict[str, str] = yaml.safe_load(argo_cd.config_map())["data"]
    [text] = [each for key, each in data.items() if key.partition("_")[2] == kind]
    lua = LuaRuntime(register_eval=False, register_builtins=False)
    for name in LIBRARIES:
        lua.globals()[name] = None
    convert = lua.table_from
    check = lua.eval(f"function(obj)\n{text}\nend")
    return lambda manifest: check(convert(manifest, recursive=True))


def health(kind: str, manifest: Mapping[str, Any]) -> tuple[str, str]:
    """An object's health, and the message beside it."""
    found = script(kind)(manifest)
    assert set(found) == {"status", "message"}
    return found["status"], found["message"]
