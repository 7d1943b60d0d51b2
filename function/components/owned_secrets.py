"""Secrets that this app's platform and databases keep for themselves. `api.secrets` has those of any app."""

from collections.abc import Iterator

from function.api.process import Process
from function.api.workload import Workload
from function.place import Place

DATABASE_USER = "-db-app"
"""End of the name of the Secret with the credentials of a database's owner, which its own app may read."""


def owned_secrets(place: Place, path: str, process: Process | None) -> list[str]:
    """Why names of Secrets are refused, as sentences. `path`: of the part, worker or job in the spec."""
    return [f"spec.{path}.{where}: {why}" for where, name in named(process) if (why := owner(place, name))]


def named(process: Process | None) -> Iterator[tuple[str, str]]:
    """Field and name of each Secret that a part, a worker or a job names itself."""
    if isinstance(process, Workload):
        yield from ((f"secrets.{index}", name) for index, name in enumerate(process.secrets))
    if process:
        variables = sorted(process.secret_env.items())
        yield from ((f"secretEnv.{key}", value.partition("/")[0]) for key, value in variables)
    if isinstance(process, Workload):
        files = sorted(process.files.items())
        yield from ((f"files.{path}.secret", file.secret) for path, file in files if file.secret)


def tls_secret(place: Place) -> str:
    """The Secret with the certificate of an app's hosts, and its private key."""
    return f"{place.name}-tls"


def owner(place: Place, name: str) -> str:
    """Why a Secret isn't the app's to read, as a sentence; empty if it is."""
    store = place.platform.database.object_store
    if name in place.platform.image_pull_secrets:
        return f"{name} is the platform's, for pulling images; an app has no use for it"
    if store and name in store.secrets():
        return f"{name} has the keys of the object store with everybody's backups; an app must not read it"
    if name == tls_secret(place):
        return f"{name} has the private key of this app's hosts, which only the ingress controller needs"
    if name.endswith(DATABASE_USER) and name != f"{place.name}{DATABASE_USER}":
        return (
            f"{name} has the credentials of another app's database; ask its team for a role of your own, and "
            "put that role's credentials into a Secret of your own"
        )
    return ""
