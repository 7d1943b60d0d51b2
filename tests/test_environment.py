"""Environment variables: what refers to another one gets its value, and each name is set once."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.simulator import APP, World

BACKEND = APP["backend"]
WITHOUT_DATABASE = {"team": "web", "backend": BACKEND}
REMEDY = "take one of the references out, or write"


def expanded(container: dict[str, Any]) -> dict[str, str]:
    """The variables as a process sees them. Kubernetes replaces what stands before, and $$ by $.

    What comes from a Secret is shown as <secret/key>.
    """
    seen: dict[str, str] = {}
    for variable in container["env"]:
        value, result = variable.get("value"), ""
        if value is None:
            reference = variable["valueFrom"]["secretKeyRef"]
            value, result = "", f"<{reference['name']}/{reference['key']}>"
        while value:
            name, closed, rest = value[2:].partition(")") if value.startswith("$(") else ("", "", "")
            if closed:
                result, value = result + seen.get(name, f"$({name})"), rest
            else:
                result, value = result + value[0], value[2 if value.startswith("$$") else 1 :]
        assert variable["name"] not in seen, f"{variable['name']} is there twice"
        seen[variable["name"]] = result
    return seen


def process(world: World, key: str = "backend-deployment", role: str = "containers") -> dict[str, str]:
    """The variables that a process of a Deployment sees."""
    [container] = world.object(key)["spec"]["template"]["spec"][role]
    return expanded(container)


def test_a_variable_gets_the_value_of_one_that_comes_later() -> None:
    """Kubernetes would leave $(NAME) as it is, if NAME came later in the list."""
    env = {"API_URL": "https://$(HOST)/v1", "A": "$(API_URL)/a", "HOST": "$(SUB).acme.dev", "SUB": "api"}
    world = World(APP | {"backend": BACKEND | {"env": env}}).settle()
    assert process(world)["A"] == "https://api.acme.dev/v1/a"


def test_a_variable_gets_the_value_of_a_secret() -> None:
    """Also one that the platform made, and in a migration."""
    backend = BACKEND | {
        "env": {"AUTH": "Bearer $(TOKEN)", "PG_DATABASE_URL": "$(DATABASE_URL)?schema=shop"},
        "secretEnv": {"TOKEN": "crm/token"},
        "migrate": ["migrate"],
    }
    world = World(APP | {"backend": backend}).settle()
    for role in ("containers", "initContainers"):
        seen = process(world, role=role)
        assert seen["AUTH"] == "Bearer <crm/token>"
        assert seen["PG_DATABASE_URL"] == "<dash-db-app/uri>?schema=shop"


def test_a_variable_of_the_platform_may_refer_to_one_of_the_app() -> None:
    """So a Platform can say how names are made, and an app says the name."""
    world = World(APP | {"backend": BACKEND | {"env": {"REALM": "shop"}}}, {"env": {"AUTH": "id/$(REALM)"}})
    assert process(world.settle())["AUTH"] == "id/shop"


def test_a_frontend_may_refer_to_its_backend() -> None:
    """By the variable that the platform sets."""
    frontend = APP["frontend"] | {"env": {"API": "$(BACKEND_URL)/api"}}
    world = World(APP | {"frontend": frontend}).settle()
    assert process(world, "frontend-deployment")["API"] == "http://dash-backend/api"


def test_what_only_looks_like_a_reference_stays() -> None:
    """$$ stands for one $, and an unknown name may be a key of a Secret in `secrets`."""
    env = {"A": "$$(Z)", "B": "$(UNKNOWN)", "C": "$(Z", "Z": "$$(A)"}
    seen = process(World(APP | {"backend": BACKEND | {"env": env}}).settle())
    assert [seen[name] for name in "ABCZ"] == ["$(Z)", "$(UNKNOWN)", "$(Z", "$(A)"]


@pytest.mark.parametrize(
    ("part", "env", "platform", "says"),
    [
        ("backend", {"A": "$(A)"}, {}, f"A: must not refer to itself, as in A → A; {REMEDY} $$(A)"),
        ("frontend", {"A": "$(A)"}, {}, f"A: must not refer to itself, as in A → A; {REMEDY} $$(A)"),
        (
            "backend",
            {"A": "$(B)", "B": "x$(C)", "C": "$(X)$(A)"},
            {},
            f"A: must not refer to itself, as in A → B → C → A; {REMEDY} $$(B)",
        ),
        ("backend", {"A": "$(P)"}, {"P": "$(A)"}, f"A: must not refer to itself, as in A → P → A; {REMEDY}"),
        ("frontend", {"A": "$(P)"}, {"P": "$(A)"}, f"A: must not refer to itself, as in A → P → A; {REMEDY}"),
    ],
)
def test_a_circle_is_refused(part: str, env: dict[str, str], platform: dict[str, str], says: str) -> None:
    """Kubernetes can't give all of them a value. The sentence names the circle."""
    world = World(APP, {"env": platform}).settle()
    before = world.state
    world.edit(**{part: APP[part] | {"env": env}}).settle()
    accepted = world.condition("Accepted")
    assert accepted.status == "False"
    assert accepted.message.startswith(f"spec.{part}.env.{says}")
    assert world.state == before


def test_a_value_from_a_whole_secret_may_be_extended() -> None:
    """Kubernetes knows the keys of `secrets` and `configMaps` before any other variable."""
    backend = BACKEND | {"env": {"NODE_OPTIONS": "$(NODE_OPTIONS) --trace"}, "configMaps": ["flags"]}
    world = World(APP | {"backend": backend}).settle()
    assert world.condition("Accepted").status == "True"


def test_a_secret_ends_a_circle() -> None:
    """A variable of the Platform that the app takes from a Secret refers to nothing."""
    backend = BACKEND | {"env": {"A": "$(P)"}, "secretEnv": {"P": "crm/token"}}
    world = World(APP | {"backend": backend}, {"env": {"P": "$(A)"}}).settle()
    assert process(world)["A"] == "<crm/token>"


def test_an_app_without_a_database_has_its_own_connection() -> None:
    """Its data is elsewhere, and the names are free."""
    own = {"secretEnv": {"DATABASE_URL": "rds/uri"}, "env": {"NODE_EXTRA_CA_CERTS": "/etc/ca.crt"}}
    world = World(WITHOUT_DATABASE | {"backend": BACKEND | own}).settle()
    assert world.ready
    seen = process(world)
    assert (seen["DATABASE_URL"], seen["NODE_EXTRA_CA_CERTS"]) == ("<rds/uri>", "/etc/ca.crt")


def test_an_app_that_leaves_its_database_sets_its_own_connection() -> None:
    """The database stays under Retain, and each variable is still set once: the app's own counts."""
    world = World().settle()
    world.edit(database=None, backend=BACKEND | {"secretEnv": {"DATABASE_URL": "rds/uri"}}).settle()
    assert "database-cluster" in world.keys
    assert process(world)["DATABASE_URL"] == "<rds/uri>"


NAMES = st.sampled_from("ABCDE")
VALUES = st.lists(st.sampled_from([*"ABCDE"]), max_size=2)


@settings(max_examples=25)
@given(st.dictionaries(NAMES, VALUES))
def test_every_reference_is_replaced_or_refused(refers: dict[str, list[str]]) -> None:
    """Whatever refers to what: the spec is refused, or no process sees a reference to one of its names."""
    env = {
        name: "".join(f"$({other})" for other in others) or name.lower() for name, others in refers.items()
    }
    world = World(WITHOUT_DATABASE | {"backend": BACKEND | {"env": env}})
    world.reconcile()
    if world.condition("Accepted").status == "True":
        seen = process(world)
        assert not [value for value in seen.values() for name in env if f"$({name})" in value]
    else:
        assert "must not refer to itself" in world.condition("Accepted").message
