"""Environment variables of containers, and the names that the platform sets itself."""

import re
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field

from function.api.model import Rule
from function.api.secrets import SecretKey

ENV_NAME = r"[A-Za-z_][A-Za-z0-9_]*"

OF_DATABASE = (
    "DATABASE_URL|PGHOST|PGPORT|PGUSER|PGPASSWORD|PGDATABASE|PGSSLMODE|PGSSLROOTCERT|NODE_EXTRA_CA_CERTS"
)
"""Variables that decide how a pod connects to its database. Other names that begin with PG are the app's."""
CONNECTION = OF_DATABASE.replace("|NODE", " or NODE").replace("|", ", ")
"""The same, as a sentence lists them."""

variable_names = Rule(
    f"self.all(name, name.matches(r'^(?:{ENV_NAME})$'))",
    lambda env: all(re.fullmatch(ENV_NAME, name) for name in env),
    "must have names of letters, digits and _ only, such as LOG_LEVEL",
)
not_the_port = Rule(
    "!('PORT' in self)",
    lambda env: "PORT" not in env,
    "must not set PORT: the platform sets it from port",
)
not_of_database = Rule(
    f"!self.exists(name, name.matches(r'^(?:{OF_DATABASE})$'))",
    lambda env: not of_database(env),
    f"must not set {CONNECTION}: the platform sets them where an app has a database",
)


def of_database(names: Iterable[str]) -> bool:
    """Whether any of the names is one of a database's connection."""
    return any(re.fullmatch(OF_DATABASE, name) for name in names)


def sets_connection(part: Any) -> bool:
    """Whether a part sets a variable of a database's connection."""
    return part is not None and of_database((*part.env, *part.secret_env))


def cel_sets_connection(part: str) -> str:
    """`sets_connection` of a part that is there, in CEL."""
    maps = (f"{part}.{key}" for key in ("env", "secretEnv"))
    return " || ".join(f"(has({m}) && {m}.exists(name, name.matches(r'^(?:{OF_DATABASE})$')))" for m in maps)


Variables = Annotated[
    dict[str, Annotated[str, Field(max_length=4096)]], Field(max_length=128), variable_names
]
"""Environment variables: name → value."""
Env = Annotated[Variables, not_the_port]
"""Environment variables of a container that listens on a port."""
SecretVariables = Annotated[dict[str, SecretKey], Field(max_length=32), variable_names]
"""Environment variables: name → secret/key. With more in each worker and job the API server would refuse the
rules for them as too expensive."""
SecretEnv = Annotated[dict[str, SecretKey], Field(max_length=128), variable_names, not_the_port]
"""Environment variables from Secrets, of a container that listens on a port."""
PlatformEnv = Annotated[Env, not_of_database]
"""Environment variables of all apps, with and without a database."""
