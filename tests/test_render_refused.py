"""nodeapp render refuses what a cluster would refuse, and passes by what is nobody's."""

import pytest
import yaml

from tests.console import NODEAPP, PLATFORM, Console, head, spec


def test_other_kinds_pass_by(shell: Console) -> None:
    """With one note, however many they are."""
    app = shell.write(
        "all.yaml", f"{NODEAPP}---\nkind: Service\n---\nkind: Service\n---\n{PLATFORM}---\na: 1\n"
    )

    done = shell.run("render", app)

    assert done.exit_code == 0
    assert done.stderr == "Note: other kinds are ignored: 1 Platform, 2 Service, 1 object without a kind\n"


def test_an_app_that_is_there_twice_is_rendered_once(shell: Console) -> None:
    """In a cluster one of them would win. check and diff say the same of it."""
    one, again = shell.write("twice.yaml", f"{NODEAPP}---\n{NODEAPP}"), shell.write("again.yaml", NODEAPP)

    done = shell.run("render", "-o", "tree", one)

    assert done.exit_code == 1
    same = "is there twice: NodeApp shop/shop in twice.yaml:1 is the same"
    assert done.stderr == f"Error: twice.yaml:14:3: metadata.name: {same}\n"
    assert done.stdout.count("NodeApp shop/shop") == 1
    both = shell.run("render", "-o", "tree", again, shell.write("other.yaml", NODEAPP))
    assert (both.exit_code, both.stdout.count("NodeApp shop/shop")) == (0, 2), "of two clusters"


def test_nothing_to_render(shell: Console) -> None:
    """Printing nothing would look like success."""
    done = shell.run("render", shell.write("service.yaml", "kind: Service\n"))

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "Note: other kinds are ignored: 1 Service\nError: no NodeApp in service.yaml\n"


def test_nulls_are_dropped(shell: Console) -> None:
    """The API server drops them too."""
    xr, *_ = shell.objects(shell.write("app.yaml", spec("team: web\nfrontend:\n  image:\n  replicas: ~\n")))

    assert xr["status"]["accepted"] == {"team": "web", "frontend": {}}


def test_typos_are_warned_of(shell: Console) -> None:
    """The API server would refuse or drop them; here they are told with the nearest right name."""
    done = shell.run("render", shell.write("app.yaml", spec("team: web\nfrontend: {}\ndatabse: {}")))

    assert done.exit_code == 0
    assert done.stderr == "Warning: app.yaml:7:3: spec.databse: is unknown; did you mean database?\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            spec("frontend: {replicas: two}"),
            "app.yaml: NodeApp shop/shop: spec.team: is required: Team that owns the app; "
            "spec.frontend.replicas: must be a whole number, not 'two'",
            id="the schema",
        ),
        pytest.param(
            spec("team: web\nfrontend: {}\nenvironment: qa"),
            "app.yaml: NodeApp shop/shop: spec.environment: the platform has no profile 'qa'; "
            "known are dev, prod",
            id="policy",
        ),
        pytest.param(
            spec("team: web\nfrontend: {}", name="Shop"),
            "app.yaml: NodeApp shop/Shop: metadata.name: 'Shop' must be at most 40 lower case letters, "
            "digits and -, begin with a letter and not end with -; delete it and apply it under another name",
            id="the name",
        ),
        pytest.param(
            "apiVersion: platform.io/v1\nkind: XNodeApp\nmetadata: {name: a}\nspec: {team: a, frontend: {}}",
            "app.yaml: XNodeApp a: XNodeApp a has no namespace to compose into; create a NodeApp instead, "
            "or label it with crossplane.io/claim-namespace",
            id="an XR without a namespace",
        ),
        pytest.param(
            head(api_version="platform.io/v2"),
            "app.yaml:1:1: apiVersion: must be platform.io/v1, not 'platform.io/v2'",
            id="another version",
        ),
        pytest.param(
            "apiVersion: platform.io/v1\nkind: NodeApp\nmetadata: {name: a}\nspec: []",
            "app.yaml:4:1: spec: must be a map",
            id="a spec that is a list",
        ),
        pytest.param(
            "apiVersion: platform.io/v1\nkind: NodeApp\nmetadata: {name: a}\nspec: " + "{a: " * 40 + "}" * 40,
            "app.yaml:4:1: spec: is nested more than 25 levels deep",
            id="more levels than can be sent",
        ),
        pytest.param("kind: NodeApp\nkind: NodeApp", "", id="a key that is there twice"),
    ],
)
def test_a_refusal_is_one_line(shell: Console, text: str, message: str) -> None:
    """Which app, which field, what to write; nothing of it on standard output."""
    message = message or "app.yaml:2:1: kind: is there twice, first in line 1; keep one"

    done = shell.run("render", shell.write("app.yaml", text))

    assert (done.exit_code, done.stdout) == (1, "")
    assert [line for line in done.stderr.splitlines() if line.startswith("Error")] == [f"Error: {message}"]


def test_a_refusal_stops_no_other_app(shell: Console) -> None:
    """What can be rendered is, and the exit code still tells."""
    good, bad = shell.write("good.yaml", NODEAPP), shell.write("bad.yaml", spec("team: web"))

    done = shell.run("render", bad, good)

    assert done.exit_code == 1
    assert [o["kind"] for o in yaml.safe_load_all(done.stdout)][:2] == ["XNodeApp", "Deployment"]
    assert done.stderr == "Error: bad.yaml: NodeApp shop/shop: spec: must have a frontend or a backend\n"
