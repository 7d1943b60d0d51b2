"""A control plane of our own, which follows a fleet repository."""

from collections.abc import Iterator

import pytest

from tests.fleet import FLEET, built, one
from tests.flux import begin
from tests.flux.fleet import Fleet
from tests.plane import gateways, up
from tests.plane.flux import MULTITENANT, start_flux, start_flux_operator
from tests.plane.modules import MissingError
from tests.plane.product import function
from tests.plane.shared import needs_programs


@pytest.fixture(scope="package")
def fleet(pytestconfig: pytest.Config) -> Iterator[Fleet]:
    """The fleet in the cluster dev, with the function. No app is registered yet."""
    needs_programs(pytestconfig)
    with up.plane() as own:
        crossplane = one(built(FLEET / "controllers"), "HelmRelease", "crossplane")
        up.start(own, *crossplane["spec"]["values"]["args"])
        try:
            start_flux(own, *MULTITENANT)
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
