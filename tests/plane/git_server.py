"""Serve a folder's bare Git repositories over HTTP: python git_server.py FOLDER ADDRESS PORT."""

import http.server
import os
import subprocess
import sys
from pathlib import Path


class Handler(http.server.BaseHTTPRequestHandler):
    """Hands each request to `git http-backend`, which is a CGI program, and copies its response."""

    folder = Path()

    def do_GET(self) -> None:  # The library's name.
        """A fetch begins."""
        self.respond()

    def do_POST(self) -> None:  # The library's name.
        """A fetch or push goes on."""
        self.respond()

    def respond(self) -> None:
        """Run the CGI program."""
        path, _, query = self.path.partition("?")
        variables = {
            "GIT_PROJECT_ROOT": str(self.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "REQUEST_METHOD": self.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REMOTE_ADDR": self.client_address[0],
            "REMOTE_USER": "developer",
        }
        body = self.body()
        variables["CONTENT_LENGTH"] = str(len(body))
        done = subprocess.run(
            ["git", "http-backend"],  # noqa: S607  # As everywhere, the one on the PATH.
            input=body,
            env=os.environ | variables,
            stdout=subprocess.PIPE,
            check=True,
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().splitlines())
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def body(self) -> bytes:
        """What was sent, whole or in chunks."""
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        chunks = []
        while size := int(self.rfile.readline(), 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)


def main() -> None:
    """Serve until killed."""
    folder, address, port = sys.argv[1:]
    Handler.folder = Path(folder)
    http.server.ThreadingHTTPServer((address, int(port)), Handler).serve_forever()


if __name__ == "__main__":
    main()
