"""A journal, repeated on a real API server: CloudNativePG's webhooks judge each write."""

import json
import uuid
from collections.abc import Iterable
from http import HTTPStatus
from urllib.error import HTTPError

from tests.operator.journal import Entry
from tests.plane.api import Api
from tests.simulated.api_server import Ref
from tests.simulated.server_side_apply import Manifest

API_VERSIONS = {"ObjectStore": "barmancloud.cnpg.io/v1"}
"""Of the kinds that aren't CloudNativePG's own."""


def repeat(api: Api, journal: Iterable[Entry], case: str) -> dict[Ref, Manifest]:
    """Repeat all writes in a new namespace, in order. Returns each object as it is then.

    Fails with the case, what was written and the API server's sentence where a write is refused.
    """
    namespace = f"judged-{uuid.uuid4().hex[:10]}"
    api.create("/api/v1/namespaces", {"metadata": {"name": namespace}})
    objects: dict[Ref, Manifest] = {}
    for number, entry in enumerate(journal):
        try:
            written = write(api, namespace, entry)
        except HTTPError as error:
            sentence = json.load(error)["message"]
            message = f"{case}, write {number}: {entry.how} of {entry.ref} by {entry.manager!r}: {sentence}"
            raise AssertionError(message) from error
        if written is None:
            objects.pop(entry.ref, None)
        else:
            objects[entry.ref] = written
    return objects


def write(api: Api, namespace: str, entry: Entry) -> Manifest | None:
    """One write. Returns the object as it is then; None where it is gone. Raises HTTPError."""
    path = place(namespace, entry.ref)
    match entry.how:
        case "apply":
            return api.apply(path, moved(entry.manifest, namespace), entry.manager)
        case "patch":
            return api.patch(path, entry.manifest)
        case "status":
            return api.patch(f"{path}/status", entry.manifest)
        case "delete":
            try:
                api.request("DELETE", path)
            except HTTPError as error:
                if error.code != HTTPStatus.NOT_FOUND:
                    raise
            return None


def place(namespace: str, ref: Ref) -> str:
    """Where an object is."""
    version = API_VERSIONS.get(ref.kind, "postgresql.cnpg.io/v1")
    return f"/apis/{version}/namespaces/{namespace}/{ref.kind.lower()}s/{ref.name}"


def moved(manifest: Manifest, namespace: str) -> Manifest:
    """A manifest in another namespace."""
    return manifest | {"metadata": manifest["metadata"] | {"namespace": namespace}}
