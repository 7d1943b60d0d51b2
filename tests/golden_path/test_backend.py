"""The backend's image, run as the function says, on a real PostgreSQL."""

import json
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.certificates import Authority
from tests.golden_path.http_client import get
from tests.golden_path.stack import LocalApp, Site
from tests.serving import listens

pytest_plugins = "tests.golden_path.fixtures"

LOOK = "id -u; grep CapEff /proc/self/status; touch /x /app/x /etc/x /usr/x /tmp/x"
SCHEMA = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
CONNECTIONS = """\
SELECT DISTINCT ssl, version FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
WHERE usename <> 'postgres'
"""


def test_migrations_run_at_each_start(app: LocalApp) -> None:
    """The first run makes the tables, the next one changes nothing."""
    output = app.migrate()
    assert "EROFS" not in output, "it writes to somewhere else than /tmp"
    before = app.database.sql(SCHEMA)
    assert ["notes", "text"] in before
    app.migrate()
    assert app.database.sql(SCHEMA) == before


def test_its_container_is_confined(app: LocalApp) -> None:
    """The user is the Deployment's, without a capability, and may write to /tmp alone."""
    [migrate] = app.backend.spec["initContainers"]
    spec = {**app.backend.spec, "initContainers": [{**migrate, "command": ["sh", "-c", LOOK]}]}
    user, capabilities, *refused = replace(app.backend, spec=spec).run("migrate").stdout.splitlines()
    assert user == str(migrate["securityContext"]["runAsUser"])
    assert capabilities.split() == ["CapEff:", "0" * 16]
    assert len(refused) == 4
    assert all("Read-only file system" in line for line in refused)


def test_another_authority_is_refused(app: LocalApp) -> None:
    """Whoever has no certificate of the Cluster's own CA gets no password from us, and people the reason."""
    stranger = Authority("stranger").certificate.public_bytes(Encoding.PEM).decode()
    completed = app.backend_with("dashboard-db-ca", "ca.crt", stranger).run("migrate")
    assert completed.returncode != 0
    assert "certificate" in completed.stdout


def test_another_host_is_refused(app: LocalApp) -> None:
    """A certificate of the right CA, for another host, isn't enough."""
    uri = app.database.url(host="elsewhere")
    completed = app.backend_with("dashboard-db-app", "uri", uri).run("migrate")
    assert completed.returncode != 0
    assert "not for elsewhere" in completed.stdout


def test_passwords_stay_out_of_logs(app: LocalApp) -> None:
    """A wrong password is said to be wrong, not what it is."""
    uri = app.database.url().replace(app.database.password, "hunter2hunter2")
    completed = app.backend_with("dashboard-db-app", "uri", uri).run("migrate")
    assert completed.returncode != 0
    assert "password" in completed.stdout
    assert "hunter2" not in completed.stdout


def test_connections_are_encrypted(site: Site) -> None:
    """Every connection of the running app is TLS."""
    assert get(site.app.url("backend", "/readyz")).status == HTTPStatus.OK
    assert site.app.database.sql(CONNECTIONS) == [["t", "TLSv1.3"]]


def test_probes_pass(site: Site) -> None:
    """What Kubernetes asks by the Deployment is answered."""
    [container] = site.app.backend.spec["containers"]
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert get(site.app.url("backend", container[probe]["httpGet"]["path"])).status == HTTPStatus.OK


def test_metrics_are_where_prometheus_asks(site: Site) -> None:
    """The PodMonitor's port has them, and the Gateway doesn't lead there."""
    where = site.app.metrics()
    assert listens(urlsplit(where).port or 0), f"nothing listens at {where}; the backend has another port"
    response = get(where)
    assert "http_request_duration_seconds_bucket" in response.body
    assert "http_request_duration_seconds" not in get(f"{site.origin}/metrics").body
    assert "http_request_duration_seconds" not in get(f"{site.origin}/api/metrics").body


@pytest.mark.parametrize("token", ["", "Bearer a.b.c", "Basic YTpi"])
def test_strangers_are_refused(site: Site, token: str) -> None:
    """Without a valid token the API says so, by a problem that names the request."""
    response = get(f"{site.origin}/api/notes", {"Authorization": token} if token else None)
    assert (response.status, response.type) == (HTTPStatus.UNAUTHORIZED, "application/problem+json")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert json.loads(response.body)["requestId"]


def test_the_gateway_sends_prefixes_by_segment(site: Site) -> None:
    """/api and below are the backend's, whatever else begins so is the frontend's."""
    assert get(f"{site.origin}/api").type == "application/problem+json"
    assert get(f"{site.origin}/api/nowhere").type == "application/problem+json"
    assert get(f"{site.origin}/apiary").type == "text/html"


def test_the_description_is_there_for_everybody(site: Site) -> None:
    """The OpenAPI document is served to whoever has no token yet."""
    document = json.loads(get(f"{site.origin}/api/openapi.json").body)
    assert {"/api/me", "/api/notes", "/api/notes/{id}"} <= set(document["paths"])


def test_it_stops_when_told(app: LocalApp, site: Site) -> None:
    """SIGTERM ends it in time and without an error, with all its connections closed."""
    container = site.containers["backend"]
    [spec] = app.backend.spec["containers"]
    assert container.peak() < int(spec["resources"]["limits"]["memory"].removesuffix("Mi"))
    pause = spec["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert container.stop(app.backend.spec["terminationGracePeriodSeconds"] - pause) == 0
    assert app.database.sql(CONNECTIONS) == []
