"""A played API: an HTTP server on loopback that a test changes while it runs."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Request:
    """What a client sent."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    """By names in lower case."""
    body: Any


@dataclass(frozen=True)
class Answer:
    """What it gets."""

    status: int = 200
    body: Any = ""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    """Bytes at the end that never arrive."""


Respond = Callable[[Request], Answer]


@contextmanager
def served(respond: Respond, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve, and give the address. Port 0 is a free one."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 5
        wbufsize = -1  # One packet for head and body: two would wait for the client's acknowledgement.

        def respond(self) -> None:
            path, _, query = self.path.partition("?")
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = respond(Request(self.command, path, query, headers, json.loads(sent) if sent else None))
            body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(0 if answer.status == 304 else len(body)))
            self.end_headers()
            if answer.status != 304:
                self.wfile.write(body[: len(body) - answer.cut])
            self.close_connection = answer.cut > 0

        do_GET = do_POST = do_PUT = respond  # noqa: N815  # The library's names.

        def log_message(self, *_: object) -> None:
            pass

    with running(ThreadingHTTPServer((host, port), Handler)) as address:
        yield address


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[str]:
    """A server runs in a thread during the block. Gives its address."""
    server.daemon_threads = True
    host, port = server.server_address[:2]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://{host!s}:{port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
