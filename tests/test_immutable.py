"""No state without a way out: no edit changes a field that can't be changed, and each stands in one table.

The table is tests/simulated/immutable.py, which the simulator refuses changes by, so lives find more of them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from tests import golden
from tests.kinds import composed_kinds
from tests.schemas import CRDS, needs_crds
from tests.simulated.api_server import Ref
from tests.simulated.immutable import CEL, STAYS, VALIDATED
from tests.simulated.server_side_apply import Manifest
from tests.simulator import APP, STORED, World

WITHOUT = {
    "ClusterUsage", "ConfigMap", "CronJob", "ExternalSecret", "HorizontalPodAutoscaler", "HTTPRoute",
    "Ingress", "NetworkPolicy", "ObjectStore", "PodDisruptionBudget", "PodMonitor", "PrometheusRule",
    "ServiceAccount", "Usage",
}  # fmt: skip
"""Kinds that may be composed, all of whose fields may change."""
NEVER_STATED = {
    "Cluster": {"serviceAccountName", "postgresUID", "postgresGID", "walStorage", "tablespaces"},
    "Database": set(CEL["Database"]) - {"cluster", "name"},
    "Pooler": {"serviceAccountName"},
    "Service": {"clusterIP", "clusterIPs"},
}
"""Kind → immutable fields that no builder states, so server-side apply leaves them alone."""
OF_THE_CLUSTER = {"Database", "Pooler", "ScheduledBackup"}
"""Kinds whose immutable spec.cluster follows from the app's name alone."""


def immutable_fields(kind: str) -> set[str]:
    """The immutable fields of a kind."""
    return {field for table in (CEL, VALIDATED, STAYS) for field in table.get(kind, ())}


def rules(schema: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """The paths of all fields with a rule that compares them with their former value."""
    if any("oldSelf" in rule["rule"] for rule in schema.get("x-kubernetes-validations", [])):
        yield path
    for name, below in schema.get("properties", {}).items():
        yield from rules(below, f"{path}.{name}")
    if isinstance(schema.get("items"), dict):
        yield from rules(schema["items"], f"{path}[]")


def composed() -> list[Manifest]:
    """Every object of every golden."""
    return [
        manifest
        for path in sorted(golden.CASES.glob("*.yaml"))
        for manifest in golden.played(path)["objects"].values()
    ]


def test_every_kind_has_its_row() -> None:
    """Whoever composes another kind says which of its fields can't change."""
    known = CEL.keys() | VALIDATED.keys() | WITHOUT
    missing = {kind.kind for kind in composed_kinds()} - known
    assert not missing, f"add to tests/simulated/immutable.py, or to WITHOUT in this file: {missing}"


@needs_crds
def test_every_rule_of_a_crd_is_in_the_table() -> None:
    """A release of CloudNativePG with another immutable field is noticed."""
    kinds = {(kind.api_version.partition("/")[0], kind.kind) for kind in composed_kinds()}
    seen = set()
    for path in CRDS.values():
        crd = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)["spec"]
        kind = crd["names"]["kind"]
        if (crd["group"], kind) in kinds:
            [version] = [each for each in crd["versions"] if each.get("storage")]
            wanted = {f".spec.{field}" for field in CEL.get(kind, ())}
            assert set(rules(version["schema"]["openAPIV3Schema"])) == wanted, kind
            seen.add(kind)
    assert CEL.keys() <= seen


def test_immutable_fields_follow_from_the_name_or_are_never_stated() -> None:
    """In all goldens each immutable field has the value that the app's name gives it, or isn't there."""
    for manifest in composed():
        kind, spec = manifest["kind"], manifest.get("spec", {})
        for field in immutable_fields(kind) & spec.keys():
            assert field not in NEVER_STATED.get(kind, set()), f"{kind}: spec.{field} is stated"
            if kind == "Deployment":
                labels = {"app.kubernetes.io/instance": manifest["metadata"]["name"]}
                assert spec["selector"] == {"matchLabels": labels}
            elif kind in OF_THE_CLUSTER and field == "cluster":
                app = manifest["metadata"]["labels"]["app.kubernetes.io/part-of"]
                assert spec[field] == {"name": f"{app}-db"}
            else:
                assert (kind, field) == ("Database", "name"), f"{kind}: spec.{field} isn't in this test"


def test_another_team_changes_no_selector() -> None:
    """An edit of labels leaves the Deployments' selectors alone: all is admitted, and the app is Ready."""
    world = World().settle()
    world.edit(team="payments", environment="dev").settle()
    assert world.condition("Synced").status == "True"
    assert world.ready


LOST: list[Manifest] = [
    {"name": "second"},
    {"name": "second", "extensions": ["pg_trgm"]},
    {"name": "second", "era": 2},
]


@pytest.mark.parametrize("new", LOST, ids=str)
def test_extensions_follow_a_database_of_another_name(new: Manifest) -> None:
    """CloudNativePG's Database keeps its name, so a database that is made under another gets another one."""
    database = {"version": 17, "name": "first", "extensions": ["vector"], "deletionPolicy": "Delete"}
    world = World(APP | {"database": database}, STORED).settle()
    world.lose("database-cluster").edit(database=database | new).settle()
    assert world.object("database-cluster")["spec"]["bootstrap"]["initdb"]["database"] == "second"
    assert world.object("database-extensions")["spec"]["name"] == "second"
    assert world.condition("Synced").status == "True"
    assert world.ready


def test_extensions_of_a_database_that_is_renamed_in_vain_stay() -> None:
    """A database that exists keeps its name, and so does the object for its extensions."""
    world = World(APP | {"database": {"version": 17, "name": "first", "extensions": ["vector"]}}).settle()
    uid = world.object("database-extensions")["metadata"]["uid"]
    world.edit(database={"version": 17, "name": "second", "extensions": ["vector", "pg_trgm"]}).settle()
    assert world.object("database-extensions")["metadata"]["uid"] == uid
    assert world.ready


def test_restore_of_another_app_takes_its_name_with_extensions() -> None:
    """A lost database that is filled with another app's gets that one's name, and has its extensions."""
    database = {"version": 17, "extensions": ["vector"]}
    platform = {"database": STORED["database"] | {"restoreFrom": ["crm"]}}
    crm = World(
        APP | {"database": {"version": 17, "name": "crm"}}, STORED, name="web", namespace="crm"
    ).settle()
    world = World(APP | {"database": database}, platform).settle()
    world.cnpg.archives |= crm.cnpg.archives
    world.lose("database-cluster").settle()
    assert world.condition("DatabaseReady").reason == "Lost"
    source = {"app": "web", "namespace": "crm"}
    world.edit(database=database | {"name": "crm", "era": 2, "restore": source}).settle()
    assert world.cnpg.rows(Ref("Cluster", "shop", "dash-db"))
    assert world.object("database-extensions")["spec"]["name"] == "crm"
    assert world.ready
