"""The API server through HTTP, for programs that ask it too often to start a kubectl each time."""

import json
import ssl
import urllib.request
from pathlib import Path
from typing import Any

import yaml

Json = dict[str, Any]


class Api:
    """What a kubeconfig of a plane reaches."""

    def __init__(self, kubeconfig: Path) -> None:
        """Read where the API server is, what vouches for it, and the user's token."""
        config = yaml.safe_load(kubeconfig.read_text())
        cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]
        self.server: str = cluster["server"]
        self.token: str = user["token"]
        authority = Path(kubeconfig.parent / "tls" / "kube-apiserver" / "ca.crt")
        self.context = ssl.create_default_context(cafile=str(authority))

    def get(self, path: str) -> Json:
        """An object or a list. Raises OSError."""
        return self.request("GET", path)

    def create(self, path: str, manifest: Json) -> Json:
        """Create an object. Raises OSError."""
        return self.request("POST", path, manifest, "application/json")

    def patch(self, path: str, patch: Json) -> Json:
        """Change an object by a merge patch. Raises OSError."""
        return self.request("PATCH", path, patch, "application/merge-patch+json")

    def apply(self, path: str, manifest: Json, manager: str) -> Json:
        """Apply an object server-side, by force, as Crossplane does. Raises OSError."""
        options = f"?force=true&fieldManager={manager}"
        return self.request("PATCH", path + options, manifest, "application/apply-patch+yaml")

    def request(self, method: str, path: str, body: Json | None = None, content: str = "") -> Json:
        """What the API server responds. Raises OSError, of which urllib's errors are."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": content}
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.server + path, data, headers, method=method)  # noqa: S310  # https.
        with urllib.request.urlopen(request, context=self.context, timeout=10) as response:  # noqa: S310
            answer: Json = json.load(response)
        return answer
