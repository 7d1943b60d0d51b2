"""The docstrings of a model's fields, read when they are wanted.

pydantic would read the source of every model at each start, for the few sentences that are ever printed.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from function.api.model import Model


@cache
def docstrings(model: type[Model]) -> Mapping[str, str]:
    """Field → its docstring, those of bases included."""
    bases = [base for base in reversed(model.__mro__) if issubclass(base, Model)]
    return {name: text for base in bases for name, text in own(base)}


def own(model: type[Model]) -> Iterator[tuple[str, str]]:
    """The fields that a class has itself, each with the text below it."""
    parsed = ast.parse(textwrap.dedent(inspect.getsource(model)))
    statements = [
        each for definition in parsed.body if isinstance(definition, ast.ClassDef) for each in definition.body
    ]
    for field, below in pairwise(statements):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)
