"""A policy engine's webhook that refuses what it is asked about, on loopback."""

import base64
import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from tests.plane.plane import Plane

NAME = "images.policy.acme.dev"


class Refuser(BaseHTTPRequestHandler):
    """Answers every AdmissionReview with no."""

    def do_POST(self) -> None:  # The name that http.server looks for.
        """The answer to a request of the API server."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = {"code": 422, "message": "images must be signed", "reason": "Invalid"}
        response = {"uid": asked["request"]["uid"], "allowed": False, "status": status}
        answer = json.dumps({"apiVersion": asked["apiVersion"], "kind": asked["kind"], "response": response})
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def refusing(plane: Plane, namespace: str) -> Iterator[None]:
    """The webhook refuses every Deployment of a namespace during the block."""
    folder = plane.certificates("policy")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "tls.crt", folder / "tls.key")
    with ThreadingHTTPServer((plane.addresses.host, 0), Refuser) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"https://{plane.addresses.host}:{server.server_address[1]}/"
        plane.cluster.apply(configuration(url, (folder / "ca.crt").read_bytes(), namespace))
        try:
            yield
        finally:
            plane.cluster.delete("validatingwebhookconfiguration", NAME)
            server.shutdown()


def configuration(url: str, authority: bytes, namespace: str) -> dict[str, Any]:
    """What registers it."""
    rules = [
        {"apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["*"], "resources": ["deployments"]}
    ]
    webhook = {
        "name": NAME,
        "clientConfig": {"url": url, "caBundle": base64.b64encode(authority).decode()},
        "rules": rules,
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}},
        "sideEffects": "None",
        "admissionReviewVersions": ["v1"],
    }
    return {
        "apiVersion": "admissionregistration.k8s.io/v1",
        "kind": "ValidatingWebhookConfiguration",
        "metadata": {"name": NAME},
        "webhooks": [webhook],
    }
