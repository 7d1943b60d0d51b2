"""What is wrong with several fields is said once, with all of them, and no message is as long as a spec."""

from function.carried import CHARACTERS, FIELDS, PROBLEMS, listed
from tests.simulator import APP, StatusCondition, World

REGISTRIES = "must be in one of the Platform's registries: docker.io/acme"


def test_a_rule_that_several_parts_break_is_said_once() -> None:
    """With each part, and what to do in each."""
    world = World(APP | {"monitoring": False}).settle().govern({"registries": ["docker.io/acme"]}).settle()
    push = "is in none, so push it there, such as docker.io/acme"
    message = (
        f"would be refused today: spec.backend.image, spec.frontend.image: {REGISTRIES}; "
        f"ghcr.io/acme/back {push}/back:1.0.0; ghcr.io/acme/front {push}/front:1.0.0"
    )
    assert world.condition("PolicyCompliant") == StatusCondition("False", "Breach", message)


def test_the_same_sentence_names_all_its_fields() -> None:
    """In the order in which they were found. Another sentence stays apart."""
    same = [f"spec.{part}.replicas: must be at most 2, not 3" for part in ("backend", "workers.a")]
    other = "spec.frontend.replicas: must be at most 2, not 4"
    assert (
        listed([same[0], other, same[1]])
        == f"spec.backend.replicas, spec.workers.a.replicas{same[0][21:]}; {other}"
    )


def test_many_fields_are_counted() -> None:
    """The first of them are named."""
    said = listed(
        [f"spec.workers.w{number}.replicas: must be at most 2, not 3" for number in range(FIELDS + 3)]
    )
    assert said.startswith("spec.workers.w0.replicas, spec.workers.w1.replicas, ")
    assert said.endswith(f"spec.workers.w{FIELDS - 1}.replicas, 3 more: must be at most 2, not 3")


def test_no_message_is_as_long_as_a_spec() -> None:
    """A status holds it twice, beside two specs, and etcd takes no larger object."""
    names = [f"V{'x' * 4000}{number}" for number in range(30)]
    env = {name: f"$({other})" for name, other in zip(names, [*names[1:], names[0]], strict=True)}
    world = World(APP | {"backend": APP["backend"] | {"env": env}}).settle()
    assert world.condition("Accepted").reason == "Refused"
    assert len(world.condition("Accepted").message) < CHARACTERS + 100
    assert len(listed([f"spec.{name}: {name}" for name in names])) < PROBLEMS * (CHARACTERS + 10)
