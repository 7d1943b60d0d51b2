"""The spec of a NodeApp: the components' slices side by side."""

from functools import partial
from typing import ClassVar

from function.api.backend import Backend
from function.api.database import Database
from function.api.environment import CONNECTION, cel_sets_connection, sets_connection
from function.api.fields import Label
from function.api.frontend import Frontend
from function.api.ingress import Ingress
from function.api.job import Jobs
from function.api.model import Model, Rule
from function.api.overrides import Overrides
from function.api.worker import Workers


def leaves_connection(key: str, spec: "Spec") -> bool:
    """Whether no worker or no job of an app with a database sets a variable of the connection."""
    return not (spec.database and any(map(sets_connection, getattr(spec, key).values())))


def takes_all(backend: Backend) -> bool:
    """Whether a backend takes all paths of the app's hosts."""
    return backend.host is None and "/" in (backend.paths or ())


def shares(backend: Backend, ingress: Ingress) -> bool:
    """Whether the backend's own host is one of the app's."""
    return backend.host is not None and backend.host in (ingress.host, *ingress.hosts)


class Spec(Model):
    """A full-stack Node app: a frontend, an HTTP API, a PostgreSQL database, and how traffic reaches it.
    As JSON it has at most 128 KiB."""

    team: Label
    """Team that owns the app; a label on every object of the app. The only required field."""
    environment: Label | None = None
    """Environment, such as dev or prod: it decides the defaults. Default: the platform's, else prod."""
    frontend: Frontend | None = None
    """A web frontend, such as nginx with a built single-page app. It must answer GET /, unless probes name
    another path. The variable BACKEND_URL holds the backend's address. An app has a frontend, a backend or
    both."""
    backend: Backend | None = None
    """An HTTP API. It must answer GET /healthz and /readyz, unless probes name other paths. The variable
    DATABASE_URL holds the address of its database."""
    workers: Workers = {}
    """Programs that work in the background, by name, each in pods of its own. They need a backend."""
    jobs: Jobs = {}
    """Programs that run at fixed times, by name. They need a backend. Their names and the app's have at most
    47 characters together."""
    database: Database | None = None
    """A PostgreSQL database for the backend, run by CloudNativePG. {} is enough. No edit renames, shrinks or
    downgrades it, nor deletes it under Retain: such a change isn't applied, and the condition SpecHonored
    says so."""
    ingress: Ingress | None = None
    """How the app is reached from outside. Absent: a frontend is exposed, a backend alone is not."""
    monitoring: bool | None = None
    """Scrape metrics of backend and database. Default: true where the platform has Prometheus."""

    overrides: Overrides = {}
    """Changes of composed objects that no field is for, by key, such as backend-deployment: merge patches
    (RFC 7386), where null removes a field and a list replaces the whole list. The platform says which
    objects may be changed. Names, selectors, containers, security and what holds data can't be."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            "has(self.frontend) || has(self.backend)",
            lambda spec: spec.frontend is not None or spec.backend is not None,
            "must have a frontend or a backend",
        ),
        Rule(
            "has(self.backend) || (!has(self.workers) && !has(self.jobs))",
            lambda spec: spec.backend is not None or not (spec.workers or spec.jobs),
            "workers and jobs need a backend: they run with its environment, and with its image by default",
        ),
        Rule(
            "!has(self.database) || has(self.backend)",
            lambda spec: spec.database is None or spec.backend is not None,
            "database needs a backend: without one nothing could reach it",
        ),
        Rule(
            f"!has(self.database) || !has(self.backend) || !({cel_sets_connection('self.backend')})",
            lambda spec: not (spec.database and sets_connection(spec.backend)),
            f"backend must not set {CONNECTION} in env or secretEnv: the platform sets them from database; "
            "give your variable another name, or take database out if the data is elsewhere",
        ),
        *(
            Rule(
                f"!has(self.database) || !has(self.{key}) || "
                f"!self.{key}.exists(each, {cel_sets_connection(f'self.{key}[each]')})",
                partial(leaves_connection, key),
                f"{key} must not set {CONNECTION} in env or secretEnv: the platform sets them from database; "
                "give your variable another name",
            )
            for key in ("workers", "jobs")
        ),
        Rule(
            "!has(self.frontend) || !has(self.backend) || has(self.backend.host) "
            "|| !has(self.backend.paths) || !('/' in self.backend.paths)",
            lambda spec: not (spec.frontend and spec.backend and takes_all(spec.backend)),
            "backend.paths must not have / beside a frontend on the same host, which serves /; write /api, "
            "or give the backend a host of its own",
        ),
        Rule(
            "!has(self.backend) || !has(self.backend.host) || !has(self.ingress) "
            "|| ((!has(self.ingress.host) || self.ingress.host != self.backend.host) "
            "&& (!has(self.ingress.hosts) || !(self.backend.host in self.ingress.hosts)))",
            lambda spec: not (spec.backend and spec.ingress and shares(spec.backend, spec.ingress)),
            "backend.host must be another host than those of ingress; on a shared host, backend.paths says "
            "what goes to the backend",
        ),
    )


KEYS = tuple(field.alias or name for name, field in Spec.model_fields.items())
"""Our own keys at the spec's root; Crossplane adds others."""
