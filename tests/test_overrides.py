"""Overrides: merge patches of composed objects where the Platform allows that, never of what is protected."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from function.api.platform import Platform
from function.cli.validate import policy
from function.overridable import FIELDS, fields
from function.overrides import applied, faults
from function.patch import merge
from function.place import Manifest
from function.shapes import SHAPES
from tests.console import Console, spec
from tests.kinds import composed_kinds
from tests.simulator import APP, StatusCondition, World
from tests.test_goldens import responses

Spec = dict[str, Any]
ALL = {"overrides": ["*"]}
ASK = "; take it out, or ask the platform team to allow it"
STAYS = "; the spec accepted before stays in force"
IN_POD = {"hostAliases": [{"ip": "10.0.0.1", "hostnames": ["legacy"]}], "terminationGracePeriodSeconds": None}
POD: Spec = {"spec": {"template": {"spec": IN_POD}}}


def overriding(**patches: Any) -> Spec:
    """An app with these overrides, spelt with _ for -."""
    return APP | {"overrides": {key.replace("_", "-"): patch for key, patch in patches.items()}}


def refusal(spec_: Spec, platform: Spec = ALL) -> str:
    """Why a first spec is refused; empty if it is accepted."""
    problems = policy("dash", "shop", Platform.model_validate(platform), spec_)
    return "; ".join(f"{'.'.join(map(str, where))}: {message}" for where, message in problems)


def test_an_override_is_applied_last() -> None:
    """A patch sets and removes what no field is for, in the object that it names and in no other."""
    plain, world = World(APP, ALL).settle(), World(overriding(backend_deployment=POD), ALL).settle()
    assert world.ready
    old, new = plain.object("backend-deployment"), world.object("backend-deployment")
    assert new["spec"] == merge(old["spec"], POD["spec"])
    assert old["metadata"]["annotations"] != new["metadata"]["annotations"], "the hash tells the two apart"
    others = world.keys - {"backend-deployment"}
    assert {key: world.object(key)["spec"] for key in others if "spec" in world.object(key)} == {
        key: plain.object(key)["spec"] for key in others if "spec" in plain.object(key)
    }
    assert world.status["accepted"] == world.spec, "nulls included"


def test_an_override_that_is_taken_out_leaves_nothing() -> None:
    """Without its override an object is as it was before."""
    world = World(APP, ALL).settle()
    before = world.state
    world.edit(
        overrides={"backend-deployment": POD, "backend-service": {"spec": {"type": "NodePort"}}}
    ).settle()
    assert world.object("backend-service")["spec"]["type"] == "NodePort"
    world.edit(overrides=None).settle()
    assert world.object("backend-service")["spec"] == before["backend-service"]["spec"]
    assert world.object("backend-deployment")["spec"] == before["backend-deployment"]["spec"]


@pytest.mark.parametrize(
    ("allowed", "known"),
    [([], "none"), (["frontend-deployment", "*-hpa"], "frontend-deployment, *-hpa")],
)
def test_only_what_the_platform_allows_is_overridden(allowed: list[str], known: str) -> None:
    """A key that the Platform doesn't list is refused, with those that it lists."""
    says = (
        f"spec.overrides.backend-deployment: isn't among the Platform's overrides, which allow {known}{ASK}"
    )
    assert refusal(overriding(backend_deployment=POD), {"overrides": allowed}) == says
    assert refusal(overriding(backend_deployment=POD), {"overrides": ["backend-*"]}) == ""
    worker = overriding(worker_mail_deployment=POD) | {"workers": {"mail": {"command": ["node", "mail.js"]}}}
    assert refusal(worker, {"overrides": ["worker-*-deployment"]}) == ""


def test_an_object_that_is_not_there_is_refused() -> None:
    """A key that the app doesn't have is refused, with those that it has and the nearest of them."""
    spec_ = {"team": "t", "frontend": {"image": "a:1"}, "environment": "dev"}
    says = "spec.overrides.frontend-deploymnt: this app has no such object, but frontend-deployment, "
    said = refusal(spec_ | {"overrides": {"frontend-deploymnt": {}}})
    assert said.startswith(says)
    assert said.endswith("frontend-serviceaccount; did you mean frontend-deployment?")
    assert "backend-service: this app has no such" in refusal(spec_ | {"overrides": {"backend-service": {}}})


def test_an_object_that_is_still_to_come_is_there() -> None:
    """Neither a part that waits for its image nor a database that is looked up makes an override wrong."""
    asked = APP | {
        "backend": {},
        "overrides": {"backend-deployment": POD, "database-cluster": {}, "ingress": {}},
    }
    world = World(asked, ALL)
    assert world.reconcile().response.conditions[0].reason == "Accepted"
    assert world.settle().condition("Accepted").status == "True"
    assert "backend-deployment" not in world.keys
    world.edit(backend={"image": "ghcr.io/acme/back:1.0.0"}).settle()
    pod = world.object("backend-deployment")["spec"]["template"]["spec"]
    assert pod["hostAliases"] == IN_POD["hostAliases"]


def test_a_database_that_stays_can_be_overridden() -> None:
    """What is kept after its removal from the spec is there."""
    world = World(APP, ALL).settle()
    patch = {"database-cluster": {"spec": {"logLevel": "debug"}}}
    world.edit(database=None, overrides=patch).settle()
    assert world.condition("Accepted").status == "True"
    assert world.object("database-cluster")["spec"]["logLevel"] == "debug"


def test_an_override_that_is_allowed_no_more_stays_and_is_told() -> None:
    """A Platform that allows less changes nothing that runs. The next edit must do without the override."""
    world = World(overriding(backend_deployment=POD), ALL).settle()
    before = world.state
    world.govern({"overrides": []}).settle()
    assert world.state == before
    assert world.ready
    says = f"spec.overrides.backend-deployment: isn't among the Platform's overrides, which allow none{ASK}"
    told = StatusCondition("False", "Breach", f"would be refused today: {says}")
    assert world.condition("PolicyCompliant") == told
    world.edit(team="other").settle()
    assert world.condition("Accepted").message == f"{says}{STAYS}"
    assert world.edit(overrides=None).settle().ready


HOSTILE: list[tuple[str, str, Spec]] = [
    (key, where, patch)
    for key, rows in yaml.safe_load(Path(__file__).with_name("hostile_overrides.yaml").read_text()).items()
    for where, patch in rows
]
"""Key, where the fault is, and the patch."""


@pytest.fixture(scope="module")
def composed() -> dict[str, Manifest]:
    """What an ordinary app composes, behind an Ingress or a Gateway."""
    asked = APP | {
        "workers": {"mail": {"command": ["node", "mail.js"]}},
        "jobs": {"report": {"schedule": "0 2 * * *", "command": ["node", "report.js"]}},
    }
    platforms: list[Spec] = [{}, {"gateway": {"name": "public", "namespace": "infra"}}]
    worlds = [World(asked, platform).settle() for platform in platforms]
    return {key: world.object(key) for world in worlds for key in world.keys}


@pytest.mark.parametrize(("key", "where", "patch"), HOSTILE)
def test_what_is_protected_is_not_overridden(
    composed: dict[str, Manifest], key: str, where: str, patch: Spec
) -> None:
    """Names, selectors, labels that are selected by, containers, security and data: each is refused by its
    path, and isn't applied even if somebody else accepted it."""
    [fault] = faults(composed[key], patch)
    assert fault.startswith(f".{where}: ")
    assert applied(composed[key], patch) == composed[key]


def test_a_refusal_says_what_may_be_changed() -> None:
    """The sentence names the field, and what may be overridden beside it."""
    patch = {"spec": {"selector": None, "template": {"spec": {"hostNetwork": True}}}}
    said = refusal(overriding(backend_deployment=patch))
    of_spec = "minReadySeconds, progressDeadlineSeconds, revisionHistoryLimit, strategy, template"
    only = "can't be overridden; an override of kind Deployment may change"
    where = "spec.overrides.backend-deployment.spec"
    assert said.startswith(
        f"{where}.selector: {only} of spec only {of_spec}; "
        f"{where}.template.spec.hostNetwork: {only} of spec.template.spec only affinity, dnsConfig, "
    )


def test_a_field_that_kubernetes_does_not_know_is_refused() -> None:
    """Crossplane couldn't go on with the app at an object that has one. The sentence has the nearest."""
    tolerations = [{"key": "gpu", "efect": "NoSchedule"}]
    patch = {"spec": {"template": {"spec": {"tolerations": tolerations, "dnsConfig": {"searches": "a.dev"}}}}}
    where = "spec.overrides.backend-deployment.spec.template.spec"
    assert refusal(overriding(backend_deployment=patch)) == (
        f"{where}.tolerations.0.efect: is unknown; did you mean effect?; "
        f"{where}.dnsConfig.searches: must be a list"
    )


def test_every_field_has_a_shape() -> None:
    """Of Kubernetes' own kinds the shape of each field is known, but for labels and annotations."""
    for kind, shapes in SHAPES.items():
        assert set(shapes) == {
            field for field in FIELDS[kind] if not field.endswith((".labels", ".annotations"))
        }
    assert set(FIELDS) - set(SHAPES) == {"HTTPRoute", "PodMonitor", "Cluster", "ObjectStore", "Pooler"}


def test_a_refused_override_costs_nothing() -> None:
    """A hostile edit of a running app with a database changes nothing at all."""
    world = World(APP, ALL).settle()
    before = world.state
    for key, _, patch in HOSTILE[-24::4]:
        world.edit(overrides={key: patch}).reconcile()
        assert world.condition("Accepted").reason == "Refused", (key, patch)
    assert world.settle().state == before
    assert world.edit(overrides=None).settle().ready


def test_an_accepted_override_is_judged_again() -> None:
    """Who may write a status can't get an override accepted that is never allowed."""
    world = World(APP, ALL).settle()
    before = world.state
    patch = {"database-cluster": {"spec": {"storage": {"size": "1Gi"}}, "metadata": {"labels": {"a": "b"}}}}
    bad = APP | {"overrides": patch}
    for ref in (world.bind(), world.ref):
        world.server.update(ref, "kubectl", lambda old: merge(old, {"status": {"accepted": bad}}), "status")
    world.ask(bad).settle()
    assert world.condition("Accepted").status == "True"
    assert world.condition("PolicyCompliant").reason == "Breach"
    assert world.state == before


JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, {}, [], "x", 0, True, {"a": None}, [{}], {"matchLabels": None}]
)
OBJECTS = st.sampled_from(
    [(name, key) for name in ("full", "smallest", "scaled") for key in responses()[name]["objects"]]
)


@st.composite
def hostile_patches(draw: st.DrawFn) -> tuple[Manifest, Any]:
    """An object, and a patch of something that it has, or might have, at any depth."""
    name, key = draw(OBJECTS)
    shown = responses()[name]["objects"][key]
    manifest = {word: value for word, value in shown.items() if word != "ready"}
    path: list[str] = []
    at: Any = manifest
    while isinstance(at, dict) and at and draw(st.integers(0, 5)):
        step = draw(st.sampled_from(sorted(at)))
        path.append(step)
        at = at[step]
    patch = draw(JUNK)
    for step in reversed(path or [draw(st.sampled_from(["spec", "metadata", "data"]))]):
        patch = {step: patch}
    return manifest, patch


@given(hostile_patches())
def test_no_patch_changes_more_than_may_be_overridden(drawn: tuple[Manifest, Any]) -> None:
    """Whatever the patch: without the fields that may be overridden, the object is what it was."""
    manifest, patch = drawn
    changed = applied(manifest, patch)
    assert rest(changed) == rest(manifest)
    assert isinstance(changed["metadata"]["labels"], dict)
    assert all(isinstance(value, str) for value in changed["metadata"]["annotations"].values())


def rest(manifest: Manifest) -> Manifest:
    """An object without what an override of its kind may change. Of labels and annotations ours stay."""
    for field in fields(manifest["kind"]):
        here: Any = None
        if field[-1] in ("labels", "annotations"):
            here = {name: None for name in at(manifest, field) if ".io/" not in name}
        for step in reversed(field):
            here = {step: here}
        manifest = merge(manifest, here)
    return manifest


def at(manifest: Manifest, path: tuple[str, ...]) -> Manifest:
    """The map at a path; empty where there is none."""
    for step in path:
        manifest = manifest.get(step) or {}
    return manifest


def test_check_says_the_same_with_the_line(shell: Console) -> None:
    """At the desk each override that is refused has its line. A null that removes a field is no problem."""
    platform = shell.write(
        "platform.yaml",
        "apiVersion: nodeapp.platform.io/v1beta1\nkind: Platform\nmetadata: {name: default}\n"
        "spec: {overrides: [backend-deployment]}\n",
    )
    app = shell.write(
        "app.yaml",
        spec(
            """\
            team: web
            backend: {}
            overrides:
              backend-deployment:
                spec:
                  minReadySeconds: null
                  selector: null
              backend-service: {}
            """
        ),
    )

    done = shell.run("check", "--platform", platform, app)

    allowed = "an override of kind Deployment may change of spec only minReadySeconds"
    selector, service, count = done.stdout.splitlines()
    at_selector = "app.yaml:11:9: spec.overrides.backend-deployment.spec.selector: can't be overridden; "
    assert selector.startswith(at_selector + allowed)
    says = f"isn't among the Platform's overrides, which allow backend-deployment{ASK}"
    assert service == f"app.yaml:12:5: spec.overrides.backend-service: {says}"
    assert count == "2 problems"


def test_no_message_repeats_a_long_key() -> None:
    """A key may be as long as a spec. A message has the beginning of it."""
    long = "x" * 10_000
    unknown: list[Spec] = [{long: {}}, {"backend-deployment": {"spec": {long: 1}}}]
    for patches in unknown:
        assert len(refusal(APP | {"overrides": patches}, ALL)) < 1000


def test_every_listed_kind_is_composed() -> None:
    """No row of the list is for a kind that the function doesn't compose, or spells another way."""
    assert FIELDS.keys() <= {each.kind for each in composed_kinds()}


def test_every_kind_that_holds_data_is_closed() -> None:
    """Of a kind that no list names, an override changes labels and annotations alone."""
    for kind in ("Usage", "ClusterUsage", "Database", "ScheduledBackup", "PersistentVolumeClaim"):
        assert fields(kind) == (("metadata", "annotations"), ("metadata", "labels"))
