"""Items of `allowFrom`: who else may connect to a part of the app."""

from typing import Annotated

from pydantic import Field

from function.api.fields import APP_NAME, APP_NAME_RULE, Label
from function.api.model import Model, matches


class Caller(Model):
    """Pods that may connect."""

    namespace: Label
    """Their namespace."""
    app: Annotated[str, Field(max_length=40), matches(APP_NAME, APP_NAME_RULE)] | None = None
    """The NodeApp that they belong to. Absent: all pods of the namespace."""


Callers = Annotated[list[Caller], Field(max_length=16)]
