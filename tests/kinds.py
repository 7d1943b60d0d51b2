"""Every kind that the function composes or looks up, read from its code: so no golden has to show it."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from inspect import getsource
from types import ModuleType
from typing import Any, NamedTuple

from function import components
from function.app import Lookup


class Kind(NamedTuple):
    """A kind of an API version."""

    api_version: str
    kind: str

    @property
    def resource(self) -> tuple[str, str]:
        """API group and resource, as RBAC names them."""
        noun = self.kind.lower()
        plural = re.sub(r"[^aeiou]y$", lambda end: f"{end[0][0]}ies", noun)
        plural = plural if plural != noun else f"{noun}es" if noun.endswith("s") else f"{noun}s"
        return self.api_version.rpartition("/")[0], plural


def modules() -> Iterator[ModuleType]:
    """Every component."""
    for module in pkgutil.walk_packages(components.__path__, f"{components.__name__}."):
        yield importlib.import_module(module.name)


def composed_kinds() -> set[Kind]:
    """The kinds of all manifests that are written in the components."""
    return {kind for module in modules() for kind in manifest_kinds(module)}


def looked_up_kinds() -> set[Kind]:
    """The kinds of all lookups."""
    return {kind for module in modules() for kind in lookup_kinds(module)}


def manifest_kinds(module: ModuleType) -> Iterator[Kind]:
    """The kinds of a module's literal manifests. What only refers to an object isn't one."""
    for node in ast.walk(ast.parse(getsource(module))):
        if isinstance(node, ast.Dict):
            keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
            if {"apiVersion", "kind", "metadata"} <= set(keys):
                fields = dict(zip(keys, node.values, strict=True))
                yield Kind(value(module, fields["apiVersion"]), value(module, fields["kind"]))


def lookup_kinds(module: ModuleType) -> Iterator[Kind]:
    """The kinds of a module's lookups."""
    for node in ast.walk(ast.parse(getsource(module))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == Lookup.__name__:
            yield Kind(value(module, node.args[0]), value(module, node.args[1]))


def value(module: ModuleType, node: ast.expr) -> Any:
    """The value of an expression: a literal, or a constant of the module.

    Raises KeyError for any other expression: a kind that is unknown here would miss in the ClusterRole.
    """
    return node.value if isinstance(node, ast.Constant) else vars(module)[ast.unparse(node)]
