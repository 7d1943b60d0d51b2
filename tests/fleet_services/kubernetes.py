"""A played Kubernetes API: objects by path, lists and watches."""

import itertools
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.fleet_services.served import running


class Kubernetes:
    """Its state. Every change is an event with a version."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.lists: dict[str, dict[str, Any]] = {}
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.versions = itertools.count(1)
        self.version = 0
        self.change = threading.Condition()
        self.down = False
        """Whether each call is answered with 503."""
        self.oldest = 0
        """Watches from an older version are answered with 410."""
        self.asked: list[str] = []
        self.ended = False

    def put(self, path: str, item: dict[str, Any], kind: str = "MODIFIED") -> None:
        """Create, change or delete an object."""
        with self.change:
            self.version = next(self.versions)
            item = item | {"metadata": item["metadata"] | {"resourceVersion": str(self.version)}}
            name = f"{item['metadata'].get('namespace')}/{item['metadata']['name']}"
            objects = self.lists.setdefault(path, {})
            if kind == "DELETED":
                objects.pop(name, None)
            else:
                objects[name] = item
            self.events.append((path, {"type": kind, "object": item}))
            self.change.notify_all()

    def interrupt(self) -> None:
        """End all watches, and forget the versions so far."""
        with self.change:
            self.oldest = self.version + 1
            self.version = next(self.versions)
            self.change.notify_all()

    def after(self, path: str, version: int) -> list[dict[str, Any]]:
        """Events of a path."""
        return [
            event
            for where, event in self.events
            if where == path and int(event["object"]["metadata"]["resourceVersion"]) > version
        ]


class Handler(BaseHTTPRequestHandler):
    """Answers from a self.state."""

    timeout = 5
    state: Kubernetes

    def do_GET(self) -> None:  # The library's name.
        """A list, or a watch."""
        path, _, query = self.path.partition("?")
        self.state.asked.append(self.path)
        if self.headers["Authorization"] != "Bearer of-the-pod":
            self.send(401, {"kind": "Status", "code": 401})
        elif self.state.down:
            self.send(503, {"kind": "Status", "code": 503})
        elif "watch=true" in query:
            self.watch(path, int(query.partition("resourceVersion=")[2].partition("&")[0]))
        else:
            with self.state.change:
                items = list(self.state.lists.get(path, {}).values())
                self.send(200, {"metadata": {"resourceVersion": str(self.state.version)}, "items": items})

    def send(self, status: int, body: object) -> None:
        """One answer."""
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def watch(self, path: str, version: int) -> None:
        """Events, until the version is too old."""
        self.send_response(200)
        self.end_headers()
        self.line({"type": "BOOKMARK", "object": {"metadata": {"resourceVersion": str(version)}}})
        while not self.state.ended:
            if version < self.state.oldest:
                gone = {"kind": "Status", "code": 410, "message": "too old resource version"}
                self.line({"type": "ERROR", "object": gone})
                return
            with self.state.change:
                fresh = self.state.after(path, version)
                if not fresh:
                    self.state.change.wait(0.05)
            for event in fresh:
                version = int(event["object"]["metadata"]["resourceVersion"])
                self.line(event)

    def line(self, event: object) -> None:
        """One event."""
        self.wfile.write(json.dumps(event).encode() + b"\n")
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(state: Kubernetes, account: Path) -> Iterator[str]:
    """Serve it, and give the address. `account`: folder that gets the token which is expected."""
    (account / "token").write_text("of-the-pod\n")
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"state": state}))
    with running(server) as address:
        try:
            yield address
        finally:
            state.ended = True
