"""A control plane of our own, which follows a fleet repository."""

from collections.abc import Iterator

import pytest

from tests.fleet import FLEET, built, one
from tests.flux import begin
from tests.flux.fleet import Fleet
from tests.flux.services import Services
from tests.flux.services import services as running
from tests.plane import gateways, up
from tests.plane.flux import (
    NOTIFICATION,
    has,
    of_the_fleet,
    start_flux,
    start_flux_operator,
    start_notification_controller,
)
from tests.plane.modules import MissingError
from tests.plane.product import function
from tests.plane.programs import find
from tests.plane.shared import needs_programs


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Function) -> None:
    """Skip a story by its name where a program of its module isn't there, before anything is begun for it."""
    try:
        for name in getattr(item.module, "PROGRAMS", ()):
            find(name)
    except MissingError as error:
        pytest.skip(f"{item.name}: {error}")


@pytest.fixture(scope="package")
def fleet(pytestconfig: pytest.Config) -> Iterator[Fleet]:
    """The fleet in the cluster dev, with the function. No app is registered yet."""
    needs_programs(pytestconfig)
    with up.plane() as own:
        crossplane = one(built(FLEET / "controllers"), "HelmRelease", "crossplane")
        up.start(own, *crossplane["spec"]["values"]["args"], breaker=())
        try:
            if has(NOTIFICATION):  # Before the others: they try each event several times.
                start_notification_controller(own)
            start_flux(own, *of_the_fleet(own))
            start_flux_operator(own)
        except MissingError as error:
            pytest.skip(str(error))
        fleet = Fleet(own, begin.push_fleet(own))
        begin.push_release(own)
        begin.push_gateway_api(own)
        begin.follow(fleet)
        begin.play_charts(fleet)
        begin.play_packages(fleet)
        begin.bring_api(fleet)
        with function(own), gateways.controller(own.cluster):
            begin.platform_is_green(fleet)
            yield fleet


@pytest.fixture(scope="package")
def services(fleet: Fleet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The fleet with its services, and a played GitHub."""
    with running(fleet, tmp_path_factory.mktemp("services")) as all_of_them:
        yield all_of_them
