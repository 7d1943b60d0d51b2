"""A message of GitHub makes Flux look at once, at the app of that repository and at no other.

These stories need notification-controller, which NODEAPP_PROGRAMS may have.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping

import httpx2
import pytest

from function.read import at
from tests.flux.app import App, registered
from tests.flux.fleet import APPS, SLOWLY, SOURCE, Fleet
from tests.plane.flux import NOTIFICATION, RECEIVERS_PORT
from tests.plane.kubectl import Json, wait
from tests.test_fleet_webhook import receivers

PROGRAMS = (NOTIFICATION,)
TOKEN = "of-github"  # noqa: S105  # Its only use is in this run.
SPEC: Json = {"team": "a", "environment": "dev", "frontend": {"image": "ghcr.io/acme/front:1.0.0"}}


@pytest.fixture(scope="module")
def address(fleet: Fleet) -> str:
    """Where the Receiver for apps listens."""
    fleet.cluster.kubectl(
        "create", "secret", "generic", "webhook", "-n", APPS, f"--from-literal=token={TOKEN}"
    )
    fleet.cluster.apply(receivers()["apps"])
    path = wait(
        lambda: at(fleet.see("receivers.notification.toolkit.fluxcd.io", "apps"), "status", "webhookPath"),
        bool,
        SLOWLY,
    )
    return f"http://{fleet.plane.addresses.host}:{RECEIVERS_PORT}{path}"


@pytest.fixture(scope="module")
def apps(fleet: Fleet) -> tuple[App, App]:
    """Two apps."""
    one, two = (registered(fleet, name, SPEC) for name in ("pushed", "quiet"))
    return one, two


def send(address: str, event: str, body: Mapping[str, object], token: str = TOKEN) -> int:
    """Send a message as GitHub does. Returns the HTTP status."""
    content = json.dumps(body).encode()
    signature = hmac.new(token.encode(), content, hashlib.sha256).hexdigest()
    headers = {"X-GitHub-Event": event, "X-Hub-Signature-256": f"sha256={signature}"}
    return httpx2.post(
        address, content=content, headers=headers | {"Content-Type": "application/json"}
    ).status_code


def asked(app: App) -> object:
    """When somebody last asked Flux to look at an app's repository."""
    return at(app.fleet.see(SOURCE, app.name), "metadata", "annotations", "reconcile.fluxcd.io/requestedAt")


def test_a_push_wakes_its_app_and_no_other(address: str, apps: tuple[App, App]) -> None:
    """The commit is green, though nobody made Flux look. The other app is left alone."""
    pushed, quiet = apps
    before = [asked(each) for each in apps]
    pushed.write(SPEC | {"frontend": {"image": "ghcr.io/acme/front:2.0.0"}})
    revision = pushed.repository.push("feat: next")
    assert send(address, "push", {"repository": {"html_url": pushed.repository.url}}) == 200
    assert (asked(pushed) != before[0], asked(quiet) == before[1]) == (True, True)
    pushed.green(revision)


def test_a_ping_is_answered(address: str, apps: tuple[App, App]) -> None:
    """It is GitHub's first message, and is about no repository."""
    before = [asked(each) for each in apps]
    assert send(address, "ping", {"zen": "Keep it logically awesome."}) == 200
    assert [asked(each) for each in apps] == before


def test_a_message_of_a_stranger_is_refused(address: str, apps: tuple[App, App]) -> None:
    """Without the token it can't be signed."""
    before = [asked(each) for each in apps]
    body = {"repository": {"html_url": apps[0].repository.url}}
    assert 400 <= send(address, "push", body, "another") < 500
    assert [asked(each) for each in apps] == before
