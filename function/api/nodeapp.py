"""The spec of a NodeApp: the components' slices side by side."""

from typing import ClassVar

from function.api.backend import Backend
from function.api.database import Database
from function.api.fields import Label
from function.api.frontend import Frontend
from function.api.ingress import Ingress
from function.api.model import Model, Rule


class Spec(Model):
    """A full-stack Node app: a frontend, an HTTP API, a PostgreSQL database, and how traffic reaches it.
    As JSON it has at most 128 KiB."""

    team: Label
    """Team that owns the app; a label on every object of the app. The only required field."""
    environment: Label | None = None
    """Environment, such as dev or prod: it decides the defaults. Default: the platform's, else prod."""
    frontend: Frontend | None = None
    """A web frontend. An app has a frontend, a backend or both."""
    backend: Backend | None = None
    """An HTTP API."""
    database: Database | None = None
    """A PostgreSQL database for the backend. {} is enough."""
    ingress: Ingress | None = None
    """How the app is reached from outside. Absent: a frontend is exposed, a backend alone is not."""
    monitoring: bool | None = None
    """Scrape metrics of backend and database. Default: true where the platform has Prometheus."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            "has(self.frontend) || has(self.backend)",
            lambda spec: spec.frontend is not None or spec.backend is not None,
            "must have a frontend or a backend",
        ),
        Rule(
            "!has(self.database) || has(self.backend)",
            lambda spec: spec.database is None or spec.backend is not None,
            "database needs a backend: without one nothing could reach it",
        ),
        Rule(
            "!has(self.frontend) || !has(self.backend) || !has(self.backend.path) "
            "|| self.backend.path != '/'",
            lambda spec: not (spec.frontend and spec.backend and spec.backend.path == "/"),
            "backend.path must not be / beside a frontend, which serves /; use /api",
        ),
    )


KEYS = tuple(field.alias or name for name, field in Spec.model_fields.items())
"""Our own keys at the spec's root; Crossplane adds others."""
