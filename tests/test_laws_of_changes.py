"""What is true of every app from one answer to the next, whatever changes."""

from dataclasses import asdict
from typing import Any

from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from hypothesis import given, settings
from hypothesis import strategies as st

from function import accept, compose
from function.api.backend import Backend
from function.api.backup import Backup
from function.api.database import Database
from function.api.frontend import Frontend
from function.api.ingress import Ingress
from function.api.nodeapp import KEYS, Spec
from function.api.platform import Platform
from function.api.workload import Workload
from function.app import Observed
from function.edge.fn import FunctionRunner
from function.effective import EffectiveSpec, EffectiveWorkload
from function.identity import Identity
from function.place import Composite
from tests.damage import broken_specs
from tests.machine.convergence import begun, without_records
from tests.platform_strategies import accepted_specs, platforms
from tests.request_strategies import Case, broken_requests, requests
from tests.simulated.composition_pipeline import call
from tests.simulated.conditions import get_condition
from tests.simulated.server_side_apply import Manifest
from tests.simulated.struct_codec import manifest as decoded
from tests.simulator import APP, World
from tests.spec_strategies import specs

FEW = settings(max_examples=max(1, settings().max_examples // 2))


def data(message: fnv1.RunFunctionResponse) -> bytes:
    """A response as bytes that are equal where it is equal."""
    return message.SerializeToString(deterministic=True)


def untagged(message: fnv1.RunFunctionResponse) -> bytes:
    """A response as bytes, but for the tag by which Crossplane knows its request again."""
    copy = fnv1.RunFunctionResponse()
    copy.CopyFrom(message)
    copy.meta.ClearField("tag")
    return data(copy)


def manifests(response: fnv1.RunFunctionResponse) -> dict[str, Manifest]:
    """The desired objects."""
    return {key: decoded(r.resource) for key, r in response.desired.resources.items()}


@given(st.lists(broken_requests() | requests(), min_size=2, max_size=4))
def test_what_is_done_to_an_answer_changes_no_other(several: list[Case]) -> None:
    """A remembered plan is the same whoever used it meanwhile."""
    runner = FunctionRunner()
    first = [data(call(runner, case.build())) for case in several]
    for case in several:
        spoilt = call(runner, case.build())
        for r in spoilt.desired.resources.values():
            r.resource.Clear()
        spoilt.Clear()
    assert [data(call(runner, case.build())) for case in several] == first


@given(accepted_specs())
def test_desired_objects_observed_change_nothing(accepted: tuple[Any, Any]) -> None:
    """What is desired, once it is observed, is desired again, but for a job that waited for a migration.
    Only records are added then."""
    world = World(*accepted)
    first = manifests(world.reconcile().response)
    last = manifests(world.settle().rounds[-1].response)
    assert last.keys() == first.keys()
    for key in first:
        before, after = begun(first[key]), begun(last[key])
        assert without_records(after) == without_records(before), key
        assert after.get("spec") == before.get("spec"), key


@given(specs(), broken_specs(), platforms())
def test_refused_spec_changes_nothing(spec: Any, broken: Any, platform: Any) -> None:
    """While a spec is refused the accepted one is composed; its fix leaves no trace of the refusal."""
    world = World(spec, platform).settle()
    before = world.rounds[-1].response
    refusal = world.ask(broken).reconcile().response
    assert refusal.desired.resources == before.desired.resources
    assert refusal.desired.composite.ready == fnv1.READY_FALSE
    assert world.status["accepted"] == spec
    assert world.status["refused"] == {key: broken[key] for key in KEYS if key in broken}
    world.settle().ask(spec).settle()
    assert untagged(world.rounds[-1].response) == untagged(before)


def identity() -> Identity:
    """Who asks in `World`."""
    return Identity(
        "dash", "shop", Composite("platform.io/v1", "XNodeApp", "dash-x0000", claimed=True, namespaced=False)
    )


def written(asked: Spec, effective: EffectiveSpec) -> Spec:
    """A spec that asks for what is in force."""
    update: dict[str, Any] = {"monitoring": effective.monitoring}
    if frontend := effective.frontend:
        update["frontend"] = workload(asked.frontend or Frontend(), frontend)
    if backend := effective.backend:
        update["backend"] = workload(asked.backend or Backend(), backend.workload)
    if database := effective.database:
        # A database that was removed and is kept isn't among what is asked.
        fields = {name: getattr(database, name) for name in Database.model_fields}
        backup = asdict(database.backup)
        update["database"] = Database.model_construct(**fields | {"backup": Backup.model_construct(**backup)})
    if (ingress := effective.ingress) and ingress.hosts:
        named = [host for host in ingress.hosts[:1] if not host.startswith("*")]
        update["ingress"] = Ingress(
            host=next(iter(named), None),
            hosts=list(ingress.hosts[len(named) :]),
            tls=ingress.tls,
            timeout=ingress.timeout,
            max_body_size=ingress.max_body_size,
            annotations=dict(ingress.annotations),
        )
    return asked.model_copy(update=update)


def workload(asked: Workload, effective: EffectiveWorkload) -> Workload:
    """A workload that asks for what is in force."""
    return asked.model_copy(update={"image": effective.image, "replicas": effective.replicas})


def readable(platform: Any, spec: Any) -> accept.Readable:
    """A spec that can be read, at its place."""
    parsed = accept.parse(identity(), Platform.model_validate(platform), spec)
    assert isinstance(parsed, accept.Readable)
    return parsed


@FEW
@given(specs(), specs(), platforms())
def test_resolving_is_idempotent(spec: Any, other: Any, platform: Any) -> None:
    """The spec in force, asked for, is the spec in force: holds and profile leave nothing to fill in."""
    composed = manifests(World(spec, platform).settle().rounds[-1].response)
    facts = compose.read(Observed({}, composed, {}))
    asked = readable(platform, other)
    once, _ = compose.resolve(asked.place, asked.spec, facts)
    twice, _ = compose.resolve(asked.place, written(asked.spec, once), facts)
    assert twice == once


@FEW
@given(accepted_specs())
def test_what_is_built_reads_as_what_was_held(accepted: tuple[Any, Any]) -> None:
    """Holding what was just built holds nothing else."""
    spec, platform = accepted
    built = manifests(World(spec, platform).settle().rounds[-1].response)
    facts = compose.read(Observed({}, built, {}))
    asked = readable(platform or {}, spec)
    effective, held = compose.resolve(asked.place, asked.spec, facts)
    assert not [sentence for sentence in held if not sentence.startswith("ingress.")], "a route has no holds"
    if database := effective.database:
        assert (facts.database.name, facts.database.version) == (database.name, database.version)
        assert (facts.database.storage, facts.database.storage_class) == (
            database.storage,
            database.storage_class,
        )
        assert facts.database.policy == database.deletion_policy


@FEW
@given(specs(), st.sampled_from(["classic", "modern"]))
def test_both_styles_run_the_same(spec: Any, style: Any) -> None:
    """Claim or namespaced XR: the same NodeApp runs the same objects."""
    one, two = World(APP | spec).settle(), World(APP | spec, style=style).settle()
    for key in one.keys & two.keys:
        ours, theirs = one.state[key], two.state[key]
        assert {k: v for k, v in ours.items() if k != "metadata"} == {
            k: v for k, v in theirs.items() if k != "metadata"
        }
    assert one.keys - two.keys <= {"deletion-protection-xr", "deletion-protection-namespace"}
    assert get_condition(two.claim, "Ready") is not None
