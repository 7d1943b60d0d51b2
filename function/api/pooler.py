"""What a developer says of the connection pooler."""

from typing import Annotated, Literal

from pydantic import Field

from function.api.model import Model


class Pooler(Model):
    """PgBouncer."""

    instances: Annotated[int, Field(ge=1, le=20)] = 2
    """Pods of the pooler. Default: 2."""
    mode: Literal["session", "transaction"] = "session"
    """When a connection goes back to the pool. transaction serves more clients, but without what
    outlives a transaction: LISTEN, advisory locks, prepared statements by name. Default: session."""
