"""The frontend's image, run as the function says: nginx with its own configuration and entrypoint."""

import json
import re
from http import HTTPStatus

import pytest

from tests.golden_path.form import VALUES
from tests.golden_path.http_client import HttpResponse, get
from tests.golden_path.stack import Site

pytest_plugins = "tests.golden_path.fixtures"

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def index(site: Site) -> HttpResponse:
    """The page that all begins with."""
    return get(site.app.url("frontend", "/"))


def test_configuration_comes_from_the_nodeapp(site: Site) -> None:
    """Each PUBLIC_* variable of `frontend.env` is in /config.json, and the Platform's issuer."""
    response = get(site.app.url("frontend", "/config.json"))
    asked = site.app.claim["spec"]["frontend"]["env"]
    public = {name.removeprefix("PUBLIC_") for name in asked if name.startswith("PUBLIC_")}
    config = json.loads(response.body)
    assert set(config) == public | {"OIDC_ISSUER"}, "the Platform names the issuer"
    assert config["OIDC_ISSUER"] == site.app.ports.oidc
    assert config["TITLE"] == asked["PUBLIC_TITLE"]
    assert config["DESCRIPTION"] == VALUES["description"]
    assert (response.type, response.headers["Cache-Control"]) == ("application/json", "no-store")


@pytest.mark.parametrize("path", ["/", "/notes", "/profile?a=b", "/no/such/page", "/index.html"])
def test_addresses_of_pages_get_the_app(site: Site, index: HttpResponse, path: str) -> None:
    """The browser knows the routes, so each address that isn't a file's is answered with the app."""
    response = get(site.app.url("frontend", path))
    assert (response.status, response.type, response.body) == (HTTPStatus.OK, "text/html", index.body)
    assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/assets/gone-1234.js", "/assets/", "/api", "/api/notes"])
def test_what_is_missing_is_no_page(site: Site, path: str) -> None:
    """Neither a file that went with its version nor a call that went astray gets the app for an answer."""
    response = get(site.app.url("frontend", path))
    assert response.status in {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}
    assert "immutable" not in response.headers["Cache-Control"]


def test_assets_are_kept_for_ever_and_sent_small(site: Site, index: HttpResponse) -> None:
    """Their names have a hash of the content: nobody need ask for one again."""
    names = re.findall(r'(?:src|href)="(/assets/[^"]+)"', index.body)
    assert {name.rpartition(".")[2] for name in names} == {"css", "js"}
    for name in filter(re.compile("/index-").search, names):
        response = get(site.app.url("frontend", name), {"Accept-Encoding": "gzip"})
        assert response.status == HTTPStatus.OK
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response.headers["Content-Encoding"] == "gzip"
        assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/", "/config.json", "/healthz", "/assets/gone.js", "/api/notes"])
def test_every_answer_is_guarded(site: Site, path: str) -> None:
    """Browsers are told what pages may do, with answers of every kind."""
    headers = get(site.app.url("frontend", path)).headers
    policy = dict(rule.strip().split(" ", 1) for rule in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["connect-src"] == f"'self' {site.app.ports.oidc}"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Server"] == "nginx", "nobody need know the version"


def test_kubernetes_is_answered(site: Site) -> None:
    """The probes of the Deployment pass, and /healthz is there for whoever wants a cheaper one."""
    [container] = site.app.pods["frontend"].spec["containers"]
    path = container["readinessProbe"]["httpGet"]["path"]
    assert get(site.app.url("frontend", path)).status == HTTPStatus.OK
    assert get(site.app.url("frontend", "/healthz")).body == "ok\n"


def test_logs_are_json_without_secrets(site: Site) -> None:
    """One line a request, without the query: that holds the code of a sign-in."""
    get(site.app.url("frontend", "/signin/callback?code=s3cret"), {"X-Request-ID": "seen"})
    lines = [line for line in site.containers["frontend"].log.read_text().splitlines() if "seen" in line]
    [line] = map(json.loads, lines)
    assert line["path"] == "/signin/callback"
    assert line["status"] == HTTPStatus.OK
    assert "s3cret" not in site.containers["frontend"].log.read_text()


def test_it_fits_into_its_memory(site: Site) -> None:
    """It is far from the limit that the function sets."""
    [container] = site.app.pods["frontend"].spec["containers"]
    limit = container["resources"]["limits"]["memory"]
    assert site.containers["frontend"].peak() < int(limit.removesuffix("Mi")) / 2
