"""One of CloudNativePG's instance managers, played: a healthy PostgreSQL that doesn't exist."""

import hashlib
import http.server
import json
import ssl
import threading
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.plane.api import Api, Json

PORT = 8000
"""Where the operator asks."""
VERSION = "1.30.0"
LSN, SEGMENT = "0/3000060", "000000010000000000000003"
"""How far every instance is: nothing is ever written."""


@dataclass(frozen=True, slots=True)
class Manager:
    """What is the same for all instance managers."""

    executable_hash: str
    architecture: str


@dataclass(frozen=True, slots=True)
class Instance:
    """A pod of a database."""

    namespace: str
    cluster: str
    pod: str
    uid: str
    address: str


def status(manager: Manager, instance: Instance, *, primary: bool) -> Json:
    """What a healthy instance says of itself."""
    name = f"{instance.namespace}/{instance.cluster}".encode()
    position = (
        {"currentLsn": LSN, "currentWAL": SEGMENT} if primary else {"receivedLsn": LSN, "replayLsn": LSN}
    )
    return {
        "systemID": str(int(hashlib.sha256(name).hexdigest()[:14], 16)),
        "timeLineID": 1,
        "isPrimary": primary,
        "isPodReady": True,
        "isWalReceiverActive": not primary,
        "isArchivingWAL": True,
        "executableHash": manager.executable_hash,
        "instanceManagerVersion": VERSION,
        "instanceArch": manager.architecture,
        "sessionID": instance.uid,
        **position,
    }


class Server(http.server.ThreadingHTTPServer):
    """One instance's manager. Raises OSError where the Cluster has no certificate yet."""

    daemon_threads = True

    def __init__(self, api: Api, manager: Manager, instance: Instance) -> None:
        """Listen with the Cluster's certificate, and answer in threads of its own."""
        self.manager, self.instance, self.primary = manager, instance, False
        super().__init__((instance.address, PORT), Handler)
        try:
            context = server_context(api, instance)
        except BaseException:
            self.server_close()
            raise
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers /pg/status."""

    server: Server

    def log_message(self, *_: object) -> None:
        """Say nothing: the operator asks each second."""

    def do_GET(self) -> None:  # The library's name.
        """Say how the instance is, as the operator asks nothing else."""
        server = self.server
        body = json.dumps(status(server.manager, server.instance, primary=server.primary)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def server_context(api: Api, instance: Instance) -> ssl.SSLContext:
    """TLS with the certificate that the operator made for the Cluster."""
    data = api.get(f"/api/v1/namespaces/{instance.namespace}/secrets/{instance.cluster}-server")["data"]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "server.pem"
        file.write_bytes(b64decode(data["tls.crt"]) + b"\n" + b64decode(data["tls.key"]))
        context.load_cert_chain(file)
    return context
