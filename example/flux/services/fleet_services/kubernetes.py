"""Kubernetes' API, read as the pod's service account.

httpx2 does it: three requests are needed, and the official client would bring aiohttp, requests, oauthlib and
websockets into a pod that holds GitHub's credentials.
"""

import json
import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx2

ACCOUNT = Path("/var/run/secrets/kubernetes.io/serviceaccount")
SERVER = "https://kubernetes.default.svc"
PERIOD = 240
"""Seconds after which a watch ends and goes on at the last version. API servers end one after 5 minutes."""
SILENCE = 20
"""Seconds without a byte after which a connection counts as broken; for a watch, PERIOD is added."""

Object = Mapping[str, Any]


class KubernetesError(Exception):
    """A call that failed."""


class GoneError(KubernetesError):
    """The version that a watch began at is too old: list again."""


class Kubernetes:
    """The API server."""

    def __init__(self, server: str = SERVER, account: Path = ACCOUNT) -> None:
        """Take the address, and the folder with the service account's token and the server's CA."""
        ca = account / "ca.crt"
        verify = ssl.create_default_context(cafile=str(ca)) if ca.is_file() else True
        self.account = account
        self.http = httpx2.Client(base_url=server, verify=verify, timeout=SILENCE)

    def get(self, path: str) -> Any:
        """An object, or a list of objects. Raises KubernetesError."""
        try:
            answer = self.http.get(path, headers=self.headers())
            if answer.is_success:
                return answer.json()
        except (httpx2.HTTPError, ValueError) as error:
            message = f"the API server gave no whole answer: {error}"
            raise KubernetesError(message) from error
        message = f"the API server answered {answer.status_code} for {path}"
        raise KubernetesError(message)

    def watch(self, path: str, version: str) -> Iterator[tuple[str, Object]]:
        """Changes after a version, as type and object. Ends after PERIOD.

        Raises GoneError if the version is too old, and KubernetesError for everything else.
        """
        query = {
            "watch": "true",
            "allowWatchBookmarks": "true",
            "resourceVersion": version,
            "timeoutSeconds": str(PERIOD),
        }
        timeout = httpx2.Timeout(SILENCE, read=PERIOD + SILENCE)
        try:
            with self.http.stream(
                "GET", path, params=query, headers=self.headers(), timeout=timeout
            ) as stream:
                if not stream.is_success:
                    kind = GoneError if stream.status_code == httpx2.codes.GONE else KubernetesError
                    message = f"the API server answered {stream.status_code} for a watch of {path}"
                    raise kind(message)
                for line in stream.iter_lines():
                    yield change(json.loads(line))
        except (httpx2.HTTPError, ValueError, KeyError) as error:
            message = f"a watch of {path} broke off: {error}"
            raise KubernetesError(message) from error

    def headers(self) -> dict[str, str]:
        """The token, read anew: kubelet replaces it before it expires."""
        try:
            return {"Authorization": f"Bearer {(self.account / 'token').read_text().strip()}"}
        except (OSError, UnicodeDecodeError) as error:
            message = f"the service account's token can't be read: {error}"
            raise KubernetesError(message) from error


def change(event: Object) -> tuple[str, Object]:
    """Type and object of an event. Raises GoneError or KubernetesError for an error within the stream."""
    if event["type"] != "ERROR":
        return event["type"], event["object"]
    status = event["object"]
    kind = GoneError if status.get("code") == httpx2.codes.GONE else KubernetesError
    message = f"the API server ended a watch: {status.get('message')}"
    raise kind(message)
