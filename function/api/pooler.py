"""`pooler` of a database."""

from typing import Annotated, Literal

from pydantic import Field

from function.api.model import Model


class Pooler(Model):
    """PgBouncer."""

    # Two pods survive the loss of a node. The pooler would otherwise be a single point of failure.
    instances: Annotated[int, Field(ge=1, le=20)] = 2
    """Pods of the pooler. Each opens up to 20 connections to PostgreSQL, and all together at most four fifths
    of its max_connections. Default: 2."""
    # PgBouncer's default: every app works in it.
    mode: Literal["session", "transaction"] = "session"
    """When a connection goes back to the pool: at the end of a session, or of a transaction.
    transaction serves more clients, but LISTEN, session-level advisory locks, SET and SQL's PREPARE
    don't work in it. Default: session."""
