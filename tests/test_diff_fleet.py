"""nodeapp diff of a fleet: what another Platform or another release of the function does to many apps."""

import json
import zipfile

import pytest
import yaml

from function.cli.fleet import servers
from tests.console import PLATFORM, Console, spec

MOVED = PLATFORM.replace("apps.example.com", "acme.dev")
FULL = """\
team: web
frontend: {image: "ghcr.io/acme/shop:1.0"}
backend: {image: "ghcr.io/acme/shop-api:1.0", replicas: 3}
"""


def fleet(shell: Console, *names: str) -> str:
    """A folder of apps with a frontend and a backend."""
    for name in names:
        shell.write(
            f"apps/{name}/nodeapp.yaml", spec(FULL, name).replace("namespace: shop", f"namespace: {name}")
        )
    return "apps"


def platforms(shell: Console, old: str = PLATFORM, new: str = MOVED) -> tuple[str, str]:
    """Two Platforms."""
    return shell.write("old.yaml", old), shell.write("new.yaml", new)


def test_another_domain_moves_hosts(shell: Console) -> None:
    """The sums come first, then the apps to which the same happens, once."""
    done = shell.run("diff", "--platform", *platforms(shell), fleet(shell, "shop", "cafe", "zoo"))

    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "3 apps, of which 3 change: moves 3 hosts, changes 6 objects",
        "",
        "Changed:",
        "  3 apps: Ingress <app>",
        "    cafe/cafe, shop/shop, zoo/zoo",
        "  3 apps: the app moves from http://<app>.apps.example.com to http://<app>.acme.dev",
        "    cafe/cafe, shop/shop, zoo/zoo",
    ]


def test_another_variable_rolls_pods(shell: Console) -> None:
    """Pods are counted as they are asked for, in each workload that changes."""
    new = f"{PLATFORM}  env: {{OIDC_ISSUER: 'https://id.acme.dev'}}\n"
    done = shell.run("diff", "--platform", *platforms(shell, new=new), fleet(shell, "shop", "cafe"))

    assert done.stdout.splitlines()[0] == "2 apps, of which 2 change: rolls 10 pods"
    assert "  2 apps: Deployment <app>-backend: variables OIDC_ISSUER\n" in done.stdout


def test_a_new_rule_is_told(shell: Console) -> None:
    """What runs and breaks it runs on, and a workflow can gate on it. What broke it before isn't told."""
    sides = platforms(shell, new=f"{PLATFORM}  registries: [quay.io/]\n")
    apps = fleet(shell, "cafe", "zoo")
    done = shell.run("diff", "--platform", *sides, apps)

    assert done.exit_code == 0
    first, _, title, group, names, *_ = done.stdout.splitlines()
    assert (first, title) == (
        "2 apps, of which 2 change: would refuse 2 apps today",
        "Runs on, and breaks a rule:",
    )
    assert group.startswith("  2 apps: would be refused today: spec.")
    assert names == "    cafe/cafe, zoo/zoo"
    assert shell.run("diff", "--platform", *sides, apps, "--fail-on", "breach").exit_code == 1
    same = shell.run("diff", "--platform", "new.yaml", "new.yaml", apps, "--fail-on", "breach")
    assert (same.exit_code, same.stdout) == (0, "2 apps: nothing changes\n")


def test_what_is_refused_ends_with_an_error(shell: Console) -> None:
    """Whose profile is taken away can't be reconciled any more."""
    sides = platforms(shell, new=PLATFORM.replace("staging", "testing"))
    shell.write("apps/shop.yaml", spec(f"{FULL}environment: staging\n"))
    done = shell.run("diff", "--platform", *sides, "apps")

    assert done.exit_code == 1
    assert done.stdout.startswith(
        "1 app, of which 1 changes: refuses 1 app\n\nRefused:\n  1 app: spec.environment"
    )


def test_programs_read_every_app(shell: Console) -> None:
    """JSON has the sums, and each app with its objects."""
    done = shell.run("diff", "--platform", *platforms(shell), fleet(shell, "shop"), "--format", "json")
    whole = json.loads(done.stdout)

    assert (whole["apps"], whole["hosts"], whole["pods"]) == (1, 1, 0)
    [app] = whole["changed"]
    assert app["app"] == {"place": "", "namespace": "shop", "name": "shop"}
    assert "+  - host: shop.acme.dev" in app["objects"]


def test_a_comment_is_folded(shell: Console) -> None:
    """A comment of a pull request has the sums, and the apps folded away."""
    done = shell.run(
        "diff", "--platform", *platforms(shell), fleet(shell, "shop", "zoo"), "--format", "markdown"
    )

    lines = done.stdout.splitlines()
    assert lines[:2] == [
        "<!-- nodeapp diff -->",
        "**2 apps, of which 2 change: moves 2 hosts, changes 4 objects**",
    ]
    assert "<details><summary>2 apps: Ingress &lt;app&gt;</summary>" in lines


def test_apps_as_a_cluster_prints_them(shell: Console) -> None:
    """`kubectl get nodeapps -A -o yaml` is a fleet: what the status says of its databases isn't missed."""
    app = yaml.safe_load(spec(FULL + "database: {}\n"))
    app["status"] = {"database": {"uid": "1-2-3"}, "functionLevel": 1, "accepted": {"team": "web"}}
    stream = yaml.safe_dump({"apiVersion": "v1", "kind": "List", "items": [app]})
    done = shell.run("diff", "--platform", *platforms(shell), "-", stdin=stream)

    assert done.stdout.splitlines()[0] == "1 app, of which 1 changes: moves 1 host, changes 2 objects"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["--platform", "old.yaml", "new.yaml"],
            "Name the apps too: files or directories, or - for standard input.",
        ),
        (["--platform", "old.yaml", "new.yaml", "nope"], "nope: no such file or directory"),
        (["--platform", "old.yaml", "nope.yaml", "apps", "apps"], "nope.yaml: isn't there, and"),
        (["--platform", "old.yaml", "new.yaml", "old.yaml"], "old.yaml: has no NodeApp in it"),
        (
            ["--function", "v9.9.9", ".", "apps"],
            "v9.9.9: isn't there, and is no revision of a Git repository here",
        ),
        (["--function", "localhost:1", ".", "apps"], "localhost:1: no function answers there"),
        (["--function", "apps", ".", "apps"], "apps: has no function-nodeapp in it: name a revision"),
        (["--function", "empty.whl", ".", "apps"], "empty.whl: isn't a wheel"),
        (["--function", "other.whl", ".", "apps"], "other.whl: is no wheel of function-nodeapp"),
        (["--platform", "old.yaml", "new.yaml", "broken"], "broken/kustomization.yaml"),
    ],
)
def test_bad_input_is_one_sentence(shell: Console, arguments: list[str], sentence: str) -> None:
    """What isn't there, or can't be built, ends with exit code 2 and says so."""
    platforms(shell)
    fleet(shell, "shop")
    shell.write("empty.whl", "")
    shell.write("broken/kustomization.yaml", "resources: [nowhere.yaml]\n")
    with zipfile.ZipFile("other.whl", "w") as wheel:
        wheel.writestr("other/main.py", "")
    done = shell.run("diff", *arguments)

    assert (done.exit_code, done.stdout) == (2, ""), done.output
    assert sentence in done.stderr or (
        sentence.startswith("broken") and done.stderr.startswith("Error: broken: ")
    )


def test_a_function_that_goes_away(shell: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence and exit code 2: what it did so far isn't shown as the whole."""
    monkeypatch.setattr(servers, "listens", lambda *_: True)
    done = shell.run("diff", "--function", "localhost:1", "localhost:1", fleet(shell, "shop"))

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: localhost:1: doesn't answer: ")
    assert len(done.stderr.splitlines()) == 1
