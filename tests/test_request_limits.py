"""How long a request may take and how large it may be: controllers are told, or SpecHonored says no."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.console import Console, platform, spec
from tests.simulator import StatusCondition, World

ASKED = {
    "team": "web",
    "frontend": {"image": "ghcr.io/acme/front:1.0.0"},
    "ingress": {"host": "shop.acme.dev", "timeout": "5m", "maxBodySize": "50Mi"},
}
NGINX = {
    "nginx.ingress.kubernetes.io/proxy-read-timeout": "300",
    "nginx.ingress.kubernetes.io/proxy-send-timeout": "300",
    "nginx.org/proxy-read-timeout": "300s",
    "nginx.org/proxy-send-timeout": "300s",
    "nginx.ingress.kubernetes.io/proxy-body-size": "50m",
    "nginx.org/client-max-body-size": "50m",
}
HAPROXY = {"haproxy.org/timeout-server": "300s", "haproxy-ingress.github.io/timeout-server": "300s"}
CONTOUR = {"projectcontour.io/response-timeout": "300s"}


def annotations(world: World) -> Mapping[str, str]:
    """The annotations of the Ingress that controllers read."""
    ours = ("platform.io/", "crossplane.io/", "cert-manager.io/")
    given = world.object("ingress")["metadata"]["annotations"]
    return {key: value for key, value in given.items() if not key.startswith(ours)}


def held(world: World) -> list[str]:
    """The fields that aren't applied."""
    condition = world.condition("SpecHonored")
    sentences = condition.message.split("; ingress.") if condition.status == "False" else []
    return [each.removeprefix("ingress.").partition(":")[0] for each in sentences]


@pytest.mark.parametrize(
    ("ingress", "told", "unapplied"),
    [
        ({"className": "nginx"}, NGINX, []),
        ({"className": "public", "controller": "nginx"}, NGINX, []),
        ({"className": "haproxy"}, HAPROXY, ["maxBodySize"]),
        ({"className": "nginx", "controller": "contour"}, CONTOUR, ["maxBodySize"]),
        ({"className": "traefik"}, {}, ["timeout", "maxBodySize"]),
        ({}, {}, ["timeout", "maxBodySize"]),
    ],
    ids=str,
)
def test_controller_is_told_or_it_is_said(
    ingress: dict[str, Any], told: Mapping[str, str], unapplied: list[str]
) -> None:
    """Nothing that is asked for is left out without a sentence, and the app is Ready all the same."""
    world = World(ASKED, {"ingress": ingress}).settle()
    assert annotations(world) == told
    assert held(world) == unapplied
    assert world.ready


def test_sentence_names_the_controller_and_who_can_help() -> None:
    """No commit of the developer would help."""
    asked = ASKED | {"ingress": {"host": "shop.acme.dev", "timeout": "5m"}}
    message = (
        "ingress.timeout: not applied: the function knows no annotation for it of the controller traefik, "
        "but of nginx, haproxy, contour; the platform team can set it in the controller"
    )
    world = World(asked, {"ingress": {"className": "traefik"}}).settle()
    assert world.condition("SpecHonored") == StatusCondition("False", "Held", message)
    unnamed = World(asked).settle().condition("SpecHonored").message
    assert "of a controller that the Platform doesn't name, but of nginx" in unnamed


def test_apps_own_limit_wins_over_the_platforms_annotation() -> None:
    """The platform's is a default for all apps."""
    key = "nginx.ingress.kubernetes.io/proxy-body-size"
    settings = {"ingress": {"className": "nginx", "annotations": {key: "1m"}}}
    assert annotations(World(ASKED, settings).settle())[key] == "50m"
    plain = ASKED | {"ingress": {"host": "shop.acme.dev"}}
    assert annotations(World(plain, settings).settle()) == {key: "1m"}


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (
            "ingress: {className: traefik}",
            "the function knows no annotation for it of the controller traefik",
        ),
        ("gateway: {name: public, namespace: infra}", "an HTTPRoute can't say it"),
    ],
)
def test_check_notes_what_the_platform_cannot_apply(shell: Console, settings: str, why: str) -> None:
    """Before the commit, with the line. It is no mistake: the same NodeApp may run on another cluster."""
    file = shell.write("platform.yaml", platform(f"{{{settings}}}"))
    app = spec("team: web\nfrontend: {}\ningress:\n  host: a.b\n  maxBodySize: 50Mi")
    done = shell.run("check", "--platform", file, "-", stdin=app)
    assert done.exit_code == 0
    note = "<stdin>:9:5: spec.ingress.maxBodySize: note: not applied: "
    assert [line for line in done.output.splitlines() if line.startswith(note + why)], done.output
