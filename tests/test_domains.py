"""Where the Platform names domains, every host of an app lies under one of them."""

import pytest

from tests.console import Console, platform, spec
from tests.simulator import World

FRONTEND = {"team": "web", "frontend": {"image": "ghcr.io/acme/front:1.0.0"}}
DOMAINS = {"domain": "apps.acme.dev", "domains": ["acme.dev", "example.org"]}
OUTSIDE = "must be or lie under one of the Platform's domains: acme.dev, example.org"


@pytest.mark.parametrize("host", ["acme.dev", "a.b.acme.dev", "shop.example.org"])
def test_host_under_a_domain_is_accepted(host: str) -> None:
    """The domain itself is one, and so is any name below it."""
    assert World(FRONTEND | {"ingress": {"host": host}}, DOMAINS).settle().status["url"] == f"http://{host}"


@pytest.mark.parametrize("host", ["bank.example.com", "notacme.dev", "acme.dev.evil.com", "dev"])
def test_host_outside_all_domains_is_refused(host: str) -> None:
    """The sentence names the platform's domains."""
    world = World(FRONTEND | {"ingress": {"host": host}}, DOMAINS).settle()
    assert world.condition("Accepted").message == f"spec.ingress.host: {host} {OUTSIDE}"
    assert not world.keys


def test_host_that_runs_stays_when_the_domains_tighten() -> None:
    """No change of the Platform takes a running app off the air: PolicyCompliant says what to change."""
    world = World(FRONTEND | {"ingress": {"hosts": ["a.acme.dev", "a.dev"]}}).settle()
    world.govern(DOMAINS).settle()
    assert world.condition("PolicyCompliant").message == (
        f"would be refused today: spec.ingress.hosts.1: a.dev {OUTSIDE}"
    )
    assert world.ready


def test_check_names_the_line_of_a_host_outside(shell: Console) -> None:
    """In the list the entry itself."""
    settings = shell.write("platform.yaml", platform("{domains: [acme.dev, example.org]}"))
    app = spec("team: web\nfrontend: {}\ningress:\n  hosts:\n    - a.acme.dev\n    - a.dev")
    done = shell.run("check", "--platform", settings, "-", stdin=app)
    assert done.stdout.splitlines()[0].endswith(f": spec.ingress.hosts.1: a.dev {OUTSIDE}")
