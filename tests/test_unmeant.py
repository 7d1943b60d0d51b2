"""What nobody can mean is never advised, and what nobody can know is never refused."""

import pytest

from tests.adopted_clusters import made
from tests.simulated.cnpg_instances import Instances
from tests.simulated.cnpg_phases import DISK_FULL
from tests.simulator import APP, World


@pytest.mark.parametrize("size", ["20Ti", "201Gi"])
def test_full_disk_is_never_grown_to_a_slip(size: str) -> None:
    """While a profile asks for too much, the message names a size that can be meant."""
    world = World(APP | {"database": {"version": 17}}).settle()
    world.play("database-cluster", Instances(DISK_FULL, down=9)).settle()
    world.govern({"profiles": {"prod": {"database": {"storage": size}}}}).settle()
    ready = world.condition("DatabaseReady")
    assert ready.reason == "DiskFull"
    assert size not in ready.message
    assert ready.message.endswith("then commit database.storage: 40Gi")


def test_extension_of_a_catalogs_image_is_accepted() -> None:
    """Nobody knows what its image has, also before the Cluster says which one it runs."""
    platform = {"database": {"allowedExtensions": ["postgis"]}}
    world = World(APP | {"database": {"extensions": ["postgis"]}}, platform)
    world.apply(made("a catalog"))
    world.settle()
    assert world.condition("Accepted").status == "True"
    assert world.ready
