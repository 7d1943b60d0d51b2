"""An nginx that does what an HTTPRoute says, as a Gateway does: paths by prefix, unrewritten."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.golden_path import app_objects
from tests.golden_path.app_objects import Manifest
from tests.golden_path.processes import program_path, running

CONFIG = """\
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
user root;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  proxy_set_header Host $http_host;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Host $http_host;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_set_header X-Request-ID $request_id;
  server {{
    listen 127.0.0.1:{port};
{locations}  }}
}}
"""

LOCATION = "    location {match} {{ proxy_pass http://127.0.0.1:{port}; }}\n"


def locations(by_key: Mapping[str, Manifest]) -> str:
    """One for each path; a prefix ends where a segment of the path does."""
    lines = ""
    for rule in by_key["httproute"]["spec"]["rules"]:
        [backend] = rule["backendRefs"]
        port = app_objects.target_port(by_key, backend["name"], backend["port"])
        for match in rule["matches"]:
            prefix = match["path"]["value"].rstrip("/")
            places = [f"= {prefix}", f"{prefix}/"] if prefix else ["/"]
            lines += "".join(LOCATION.format(match=place, port=port) for place in places)
    return lines


@contextmanager
def served(by_key: Mapping[str, Manifest], port: int, folder: Path) -> Iterator[str]:
    """The HTTPRoute of an app on this port. Yields its origin."""
    config = CONFIG.format(folder=folder, port=port, locations=locations(by_key))
    (folder / "gateway.conf").write_text(config)
    nginx = [
        program_path("nginx", "nginx"),
        "-p",
        str(folder),
        "-e",
        "stderr",
        "-c",
        str(folder / "gateway.conf"),
    ]
    with running(nginx, port, folder / "gateway.log"):
        yield f"http://localhost:{port}"
