"""What programs in an app's pods see: variables in their order, files, folders and their sizes, the database.

The pods are those that the function composes, run as by a kubelet. Node, libpq and PostgreSQL are real.
"""

import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.certificates import Authority
from tests.golden_path.pod_view import SPEC, TMP, Look, pod
from tests.golden_path.volumes import Node
from tests.serving import free_port

pytest_plugins = "tests.golden_path.pod_view_fixtures"

MI = 2**20
CONNECTED = ["shop", "shop", True]


def test_a_backend_sees_what_is_written(look: Look, namespace: Node) -> None:
    """Each reference is replaced, whatever the names' order; what isn't known stays as it is written."""
    env = look(pod("backend-deployment"), "migrate")["env"]
    assert env["A_LINK"] == "https://id.acme.dev/acme?key=k-1"
    assert env["APP_DATABASE_URL"] == f"{namespace.secrets['shop-db-app']['uri']}?application_name=shop"
    assert env["LITERAL"] == "$(HOST) $(NOBODY)"
    assert (env["TENANT"], env["REGION"]) == ("acme", "eu")
    assert (env["STRIPE_MODE"], env["USER_OF_DATABASE"]) == ("test", "shop")


def test_its_files_and_folders(look: Look) -> None:
    """A file from a Secret is closed to others. Folders have the limit's size, and all else is read only."""
    seen = look(pod("backend-deployment"), "migrate")["seen"]
    assert seen["/app/config.yaml"] == {"text": "level: info\n", "mode": "644"}
    assert seen["/app/keys/service.json"] == {"text": '{"type": "service_account"}', "mode": "440"}
    for folder in (TMP, "/app/cache"):
        assert seen[folder] == {"bytes": 96 * MI, "writes": "yes"}
    assert seen["/work"] == "ENOENT"
    assert (seen["/app"]["writes"], seen["/etc"]["writes"]) == ("EROFS", "EROFS")


def test_node_and_libpq_reach_the_database(look: Look, namespace: Node) -> None:
    """Both by DATABASE_URL, encrypted, and the CA is the database's: another one's is refused by both."""
    seen = look(pod("backend-deployment"), "migrate")
    assert seen["node"] == CONNECTED
    assert seen["psql"] == "shop|shop|t"
    authority = Authority("stranger").issue("stranger", namespace.folder / "stranger") / "ca.crt"
    foreign = {**namespace.secrets, "shop-db-ca": {"ca.crt": authority.read_text()}}
    seen = look(pod("backend-deployment"), "migrate", replace(namespace, secrets=foreign))
    assert seen["node"] == "UNABLE_TO_VERIFY_LEAF_SIGNATURE"
    assert "certificate verify failed" in seen["psql"]


def test_a_worker_has_the_backends(look: Look) -> None:
    """Its own variables win, in references too, and its folders have its own size."""
    seen = look(pod("worker-mail-deployment"), "worker-mail")
    assert seen["env"]["A_LINK"] == "worker of acme"
    assert seen["env"]["HOST"] == "id.acme.dev"
    assert seen["env"]["PORT"] == "3001"
    assert seen["seen"]["/app/keys/service.json"]["mode"] == "440"
    for folder in (TMP, "/app/cache", "/work"):
        assert seen["seen"][folder] == {"bytes": 32 * MI, "writes": "yes"}
    assert (seen["node"], seen["psql"]) == (CONNECTED, "shop|shop|t")


def test_a_job_has_the_backends(look: Look) -> None:
    """A variable of its own reaches the backend's that refer to it."""
    seen = look(pod("job-clean"), "job-clean")
    assert seen["env"]["A_LINK"] == "https://id.acme.dev/job?key=k-1"
    assert (seen["node"], seen["psql"]) == (CONNECTED, "shop|shop|t")


class Hello(BaseHTTPRequestHandler):
    """A service of the company."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.end_headers()


@pytest.fixture
def company(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A service with a certificate of the company's own CA: its URL, and that CA."""
    folder = Authority("company").issue("intranet", tmp_path / "company")
    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Hello)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "tls.crt", folder / "tls.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"https://localhost:{server.server_port}/", (folder / "ca.crt").read_text()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("told", [True, False])
def test_a_companys_own_ca(
    told: bool,  # noqa: FBT001  # pytest's.
    company: tuple[str, str],
    look: Look,
    namespace: Node,
) -> None:
    """The recipe of docs/recipes.md: Node trusts it besides the database's. Without it, it doesn't."""
    url, authority = company
    recipe = {"NODE_OPTIONS": "--use-system-ca", "SSL_CERT_FILE": "/app/company-ca.pem"} if told else {}
    backend = SPEC["backend"] | {
        "env": {"COMPANY_URL": url} | recipe,
        "files": {"/app/company-ca.pem": {"configMap": "company-ca", "key": "ca.pem"}},
    }
    spec = SPEC | {"backend": backend, "workers": {}, "jobs": {}}
    with_ca = replace(namespace, config_maps={**namespace.config_maps, "company-ca": {"ca.pem": authority}})
    seen = look(pod("backend-deployment", spec), "migrate", with_ca)
    assert seen["fetched"] == (200 if told else "UNABLE_TO_VERIFY_LEAF_SIGNATURE")
    assert (seen["node"], seen["psql"]) == (CONNECTED, "shop|shop|t")
