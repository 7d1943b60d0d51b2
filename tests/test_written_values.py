"""What is written wins over every default, also where it is 0, false or empty."""

from dataclasses import replace

import pytest

from function.api.names import TEAM
from function.api.platform import Platform
from tests.simulated.server_side_apply import Manifest
from tests.simulated.struct_codec import manifest as decoded
from tests.simulator import APP, STORED, World

DATABASE = APP["database"]
PROBES = {"startup": "startupProbe", "liveness": "livenessProbe", "readiness": "readinessProbe"}


def container(world: World, part: str) -> Manifest:
    """The container of a part as it is desired.

    The simulated API server merges variables of one name, where a real one refuses them.
    """
    deployment = decoded(world.rounds[-1].response.desired.resources[f"{part}-deployment"].resource)
    [one] = deployment["spec"]["template"]["spec"]["containers"]
    manifest: Manifest = one
    return manifest


def test_every_parameter_of_ours_gives_way_to_the_one_that_is_asked_for() -> None:
    """But for shared_buffers, which follows from the memory and can't be asked for."""
    world = World(APP, STORED)
    desired = world.reconcile().response.desired.resources["database-cluster"].resource
    ours = decoded(desired)["spec"]["postgresql"]["parameters"].keys() - {"shared_buffers"}
    assert ours
    asked = dict.fromkeys(sorted(ours), "7777")
    world.edit(database=DATABASE | {"parameters": asked}).settle()
    assert asked.items() <= world.object("database-cluster")["spec"]["postgresql"]["parameters"].items()


@pytest.mark.parametrize(
    ("profile", "changed", "of_database"),
    [
        ({"replicas": 0}, {"replicas": 0}, {}),
        ({"database": {"backup": {"enabled": False}}}, {}, {"backed_up": False}),
        ({"database": {"backup": {"enabled": True}}}, {}, {"backed_up": True}),
        ({"database": {"instances": 1}}, {}, {"instances": 1}),
        ({"database": {"storage": "1Gi"}}, {}, {"storage": "1Gi"}),
        ({"database": {"deletionPolicy": "Delete"}}, {}, {"deletion_policy": "Delete"}),
    ],
)
@pytest.mark.parametrize("name", ["dev", "prod", "qa"])
def test_every_value_of_a_profile_counts(
    name: str, profile: Manifest, changed: Manifest, of_database: Manifest
) -> None:
    """Also the smallest one; and what the profile doesn't say stays as it is built in."""
    base = Platform().defaults("prod" if name == "qa" else name)
    assert base
    expected = replace(base, **changed, database=replace(base.database, **of_database))
    assert Platform.model_validate({"profiles": {name: profile}}).defaults(name) == expected


def test_replicas_of_a_profile_that_stops_a_part() -> None:
    """A profile with 0 replicas runs none, and a part that names its own number runs that."""
    world = World(APP, {"profiles": {"prod": {"replicas": 0}}}).settle()
    assert world.object("backend-deployment")["spec"]["replicas"] == 0
    world.edit(backend=APP["backend"] | {"replicas": 3}).settle()
    assert world.object("backend-deployment")["spec"]["replicas"] == 3


@pytest.mark.parametrize("part", ["frontend", "backend"])
@pytest.mark.parametrize("probe", PROBES)
def test_empty_path_of_a_probe_only_opens_a_connection(part: str, probe: str) -> None:
    """No path of ours takes its place: an app without it would be restarted for ever."""
    world = World(APP | {part: APP[part] | {"probes": {probe: ""}}}).settle()
    action = container(world, part)[PROBES[probe]]
    assert "httpGet" not in action
    assert action["tcpSocket"] == {"port": "http"}


@pytest.mark.parametrize("part", ["frontend", "backend"])
@pytest.mark.parametrize("name", ["NODE_ENV", "BACKEND_URL", "OIDC_ISSUER"])
@pytest.mark.parametrize("how", ["env", "secretEnv"])
def test_a_variable_is_there_once(part: str, name: str, how: str) -> None:
    """The app's own takes the place of ours and of the platform's. The API server refuses a name twice."""
    own = {"env": {name: "x/y"}, "secretEnv": {name: "x/y"}}[how]
    world = World(APP | {part: APP[part] | {how: own}}, {"env": {"OIDC_ISSUER": "https://id"}}).settle()
    [variable] = [each for each in container(world, part)["env"] if each["name"] == name]
    assert ("valueFrom" in variable) == (how == "secretEnv")


def test_label_of_the_platform_replaces_none_of_ours() -> None:
    """Selectors, policies and Backstage find the app's objects by ours."""
    before = labels(World(APP, STORED))
    ours = {label for each in before.values() for label in each}
    assert TEAM in ours
    theirs = dict.fromkeys(sorted(ours), "theirs") | {"tier": "one"}
    after = labels(World(APP, STORED | {"labels": theirs}))
    for key, expected in before.items():
        assert expected.items() <= after[key].items(), key
        assert after[key]["tier"] == "one"


def labels(world: World) -> dict[str, Manifest]:
    """The labels of every desired object, by key."""
    desired = world.settle().rounds[-1].response.desired.resources
    return {key: decoded(each.resource)["metadata"]["labels"] for key, each in desired.items()}
