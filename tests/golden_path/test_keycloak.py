"""Sign-in with a real Keycloak, whose client is made exactly as docs/sign-in.md says."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.golden_path import keycloak, nginx_gateway
from tests.golden_path.browser_stories import Tell, teller
from tests.golden_path.fixtures import OVERLAY, local_app
from tests.golden_path.images import Image
from tests.golden_path.stack import Ports, Site
from tests.serving import free_port

pytest_plugins = "tests.golden_path.fixtures"


@pytest.fixture(scope="module")
def site(
    repos: Path, node: dict[str, str], images: dict[str, Image], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The app, with Keycloak as the issuer and what else the page asks for."""
    ports, folder = Ports(*(free_port() for _ in range(4))), tmp_path_factory.mktemp("keycloak")
    with ExitStack() as stack:
        issuer = stack.enter_context(keycloak.served(folder, ports.issuer, ports.origin))
        app = stack.enter_context(
            local_app(
                repos / OVERLAY, node, images, folder, ports, {"OIDC_ISSUER": issuer}, keycloak.settings()
            )
        )
        app.migrate()
        containers = {role: stack.enter_context(pod.running()) for role, pod in app.pods.items()}
        origin = stack.enter_context(nginx_gateway.served(app.objects, ports.gateway, folder))
        yield Site(app, origin, containers)


@pytest.fixture(scope="module")
def tell(site: Site, node: dict[str, str]) -> Tell:
    """Who tells stories of the app in a browser."""
    return teller(site, node)


def test_people_sign_in_by_the_client_of_the_page(tell: Tell) -> None:
    """Names and roles are Keycloak's, a session is renewed, and signing out ends it at Keycloak too."""
    assert [text for text, _author in tell("keycloak")] == ["Signed in by Keycloak"]


def test_a_client_without_the_audience_is_told_what_it_lacks(site: Site, tell: Tell) -> None:
    """Keycloak's default has no audience: the page and the log say so, and no circle begins."""
    tell("keycloak_without_audience")
    log = site.containers["backend"].log.read_text()
    assert re.search('"refusal":"the token is for (nobody|account), and this API is dashboard-api', log)
