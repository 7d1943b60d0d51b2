"""What workers and jobs have in common: they run with all that the backend has."""

from collections.abc import Mapping, Sequence
from typing import Any

from function.api.backend import Backend
from function.api.files import hides
from function.api.nodeapp import Spec
from function.api.process import Process
from function.api.reasons import Reason
from function.carried import KIB
from function.components.owned_secrets import owned_secrets
from function.components.references import circles, has_whole
from function.place import Place
from function.report import WAITING, Condition, ConditionType

MOST_VARIABLES = 1024 * KIB
"""Bytes of the variables in all objects of an app. Names and values are a part of an object only."""
SHOWN = 3
"""So many workers, jobs or Secrets are named in a message, which is one line."""


def with_backend(backend: Backend, own: Process, writable: Sequence[str] = ()) -> dict[str, Any]:
    """The fields of an effective process that has all of the backend's, and its own, which win."""
    return {
        "image": own.image,
        "resources": own.resources,
        "env": without(backend.env, own.secret_env) | own.env,
        "secret_env": without(backend.secret_env, own.env) | own.secret_env,
        "secrets": backend.secrets,
        "config_maps": backend.config_maps,
        "files": backend.files,
        "writable": [*backend.writable, *(path for path in writable if path not in backend.writable)],
        "command": own.command,
        "args": own.args,
    }


def too_large(asked: Spec) -> list[str]:
    """Why the variables of an app are refused: each worker, job and migration repeats the backend's.

    Crossplane takes answers of 4 MiB, gRPC's default. With more it could never reconcile the app again.
    """
    backend = asked.backend
    if backend is None:
        return []
    processes = [*asked.workers.values(), *asked.jobs.values()]
    containers = 2 if backend.migrate else 1
    copies = containers * (1 + len(asked.workers)) + len(asked.jobs)
    whole = bytes_of(backend.env) * copies + sum(bytes_of(each.env) for each in processes)
    if whole <= MOST_VARIABLES:
        return []
    why = f"with those of {len(processes)} workers and jobs, which repeat them as migrations do, they have"
    most = f"{-(-whole // KIB)} KiB, and at most {MOST_VARIABLES // KIB} are taken"
    return [f"spec.backend.env: {why} {most}; move large values to a ConfigMap, and name it in configMaps"]


def bytes_of(env: Mapping[str, str]) -> int:
    """The bytes of variables, as the objects have them."""
    return sum(len(name.encode()) + len(value.encode()) for name, value in env.items())


def without(variables: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """The variables that the others don't name."""
    return {name: value for name, value in variables.items() if name not in others}


def problems(place: Place, path: str, backend: Backend, own: Process) -> list[str]:
    """Secrets that aren't the app's to read, and variables that refer to themselves."""
    given = place.platform.env | without(backend.env, own.secret_env)
    return [
        *owned_secrets(place, path, own),
        *circles(path, own, given, whole=has_whole(backend)),
    ]


def hidden(path: str, backend: Backend, writable: Sequence[str]) -> list[str]:
    """Files of the backend at or below a folder, which begins empty, or above one, as sentences."""
    return [
        f"spec.{path}.writable: must not have {folder}, as {file} is one of backend.files"
        for folder in writable
        for file in sorted(backend.files)
        if hides(folder, file)
    ]


def together(condition: ConditionType, each: Mapping[str, Condition], good: Reason) -> Condition:
    """One condition of several workers, jobs or Secrets. Its message names each that needs a word, unless all
    is well with all of them in the same way, as while they sleep. Its reason is the first one that isn't
    among WAITING, if there is one."""
    bad = {name: one for name, one in each.items() if not one.ok}
    said = bad or {name: one for name, one in each.items() if one.message}
    if not said:
        return condition.true(good)
    reasons = [one.reason for one in said.values()]
    reason = next((each for each in reasons if each not in WAITING), reasons[0])
    messages = {one.message for one in said.values()}
    if not bad and len(said) == len(each) and len(messages) == 1:
        message = messages.pop()
    else:
        rest = f"; and {len(said) - SHOWN} more" if len(said) > SHOWN else ""
        message = "; ".join(f"{name}: {one.message}" for name, one in list(said.items())[:SHOWN]) + rest
    return condition.false(reason, message) if bad else condition.true(reason, message)
