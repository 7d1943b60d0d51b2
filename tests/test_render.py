"""nodeapp render prints what a cluster would do."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from function.cli.snapshot import KEY
from function.identity import identify
from tests.console import NODEAPP, PLATFORM, Console, head, spec
from tests.generate import ROOT

DATABASE = "team: web\nbackend: {image: 'ghcr.io/acme/shop-api:1.0'}\ndatabase: {}"

XR = """\
    apiVersion: platform.io/v1
    kind: XNodeApp
    metadata:
      name: shop-x7k2p
      uid: 11111111-2222-3333-4444-555555555555
      labels: {crossplane.io/claim-name: shop, crossplane.io/claim-namespace: shop}
    spec:
      team: web
      frontend: {image: "ghcr.io/acme/shop:1.0"}
    """

EXAMPLE = ROOT / "example"


@pytest.fixture(name="shell")
def shell_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    """A console in an empty directory."""
    monkeypatch.chdir(tmp_path)
    return Console()


def by_key(objects: list[Any]) -> dict[str, Any]:
    """Composed objects by key."""
    return {each["metadata"]["annotations"][KEY]: each for each in objects[1:]}


def conditions(xr: Any) -> dict[str, Any]:
    """An XR's conditions by type."""
    return {condition["type"]: condition for condition in xr["status"]["conditions"]}


def test_the_xr_comes_first(shell: Console) -> None:
    """As Crossplane makes it of a claim, with its status; the output is the same each time."""
    xr, *composed = shell.objects(shell.write("app.yaml", NODEAPP))

    assert list(xr) == ["apiVersion", "kind", "metadata", "status"]
    assert xr["kind"] == "XNodeApp"
    assert re.fullmatch(r"shop-[0-9a-f]{5}", xr["metadata"]["name"])
    assert xr["metadata"]["labels"] == {
        "crossplane.io/claim-name": "shop",
        "crossplane.io/claim-namespace": "shop",
    }
    assert xr["status"]["accepted"] == {"team": "web", "frontend": {"image": "ghcr.io/acme/shop:1.0"}}
    assert xr["status"]["conditions"][0] == {
        "type": "Ready",
        "status": "False",
        "reason": "Creating",
        "message": "Unready resources: frontend-deployment, frontend-service, frontend-serviceaccount",
    }
    assert [each["metadata"]["annotations"][KEY] for each in composed] == [
        "frontend-deployment",
        "frontend-service",
        "frontend-serviceaccount",
    ]
    assert [xr, *composed] == shell.objects("app.yaml")


def test_all_objects_have_what_kubectl_needs(shell: Console) -> None:
    """Even those whose names Crossplane makes up: a name, and a namespace where there is one."""
    objects = by_key(shell.objects(shell.write("app.yaml", spec(DATABASE))))

    assert all(o["apiVersion"] and o["kind"] and o["metadata"]["name"] for o in objects.values())
    assert objects["database-cluster"]["metadata"]["namespace"] == "shop"
    assert re.fullmatch(
        "shop-[0-9a-f]{5}-[0-9a-f]{12}", objects["deletion-protection-xr"]["metadata"]["name"]
    )


def test_a_claim_hands_on_its_labels_and_annotations(shell: Console) -> None:
    """But for those of Kubernetes' own tools."""
    app = shell.write(
        "app.yaml",
        head(
            metadata="metadata: {name: shop, labels: {cost: '1', app.kubernetes.io/x: z}, "
            "annotations: {kubectl.kubernetes.io/last-applied-configuration: x, acme.dev/note: z}}"
        ),
    )

    metadata = shell.objects(app)[0]["metadata"]

    assert metadata["labels"]["cost"] == "1"
    assert "app.kubernetes.io/x" not in metadata["labels"]
    assert metadata["annotations"] == {"acme.dev/note": "z"}


def test_an_xr_is_rendered_as_it_is(shell: Console) -> None:
    """Its name is its own, the app's is the claim's."""
    xr, deployment, *_ = shell.objects(shell.write("xr.yaml", XR))

    assert xr["metadata"]["name"] == "shop-x7k2p"
    assert (deployment["metadata"]["name"], deployment["metadata"]["namespace"]) == ("shop-frontend", "shop")


def test_a_modern_nodeapp_is_an_xr(shell: Console) -> None:
    """There is no claim, and nothing that is cluster-scoped."""
    xr, *composed = shell.objects("--modern", shell.write("app.yaml", spec(DATABASE)))

    assert (xr["kind"], xr["metadata"]) == ("NodeApp", {"name": "shop", "namespace": "shop"})
    assert {each["kind"] for each in composed}.isdisjoint({"ClusterUsage"})


def test_a_missing_namespace_is_default_as_for_kubectl(shell: Console) -> None:
    """It is said, unless one is named."""
    app = shell.write("app.yaml", head())

    done = shell.run("render", app)
    assert "namespace: default" in done.stdout
    assert done.stderr == (
        "Note: NodeApp shop names no namespace, so it is rendered in default; -n names another\n"
    )

    done = shell.run("render", "-n", "team-a", app)
    assert "namespace: team-a" in done.stdout
    assert done.stderr == ""


def test_other_kinds_pass_by(shell: Console) -> None:
    """With one note, however many they are."""
    app = shell.write(
        "all.yaml", f"{NODEAPP}---\nkind: Service\n---\nkind: Service\n---\n{PLATFORM}---\na: 1\n"
    )

    done = shell.run("render", app)

    assert done.exit_code == 0
    assert done.stderr == "Note: other kinds are ignored: 1 Platform, 2 Service, 1 object without a kind\n"


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
            "app.yaml:1:1: is nested more than 25 levels deep",
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


def test_the_platform_governs(shell: Console) -> None:
    """Its domain gives the app a host."""
    arguments = ("--platform", shell.write("platform.yaml", PLATFORM), shell.write("app.yaml", NODEAPP))

    xr, *_ = objects = shell.objects(*arguments)

    assert xr["status"]["url"] == "http://shop.apps.example.com"
    assert xr["status"]["platform"] == {"name": "default"}
    assert "ingress" in by_key(objects)


def test_a_platform_that_is_gone_is_asked_for(shell: Console) -> None:
    """An app that was composed with one is not rendered without it."""
    platform, app = shell.write("platform.yaml", PLATFORM), shell.write("app.yaml", NODEAPP)
    shell.write("seen.yaml", shell.run("render", "--platform", platform, app).stdout)

    done = shell.run("render", "--observed", "seen.yaml", app)

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "Error: app.yaml: NodeApp shop/shop: the Platform default that this app was composed with is gone; "
        "nothing is changed until it is applied again (to do without its settings, apply one with spec: {}); "
        "name its file with --platform\n"
    )


def test_output_is_input(shell: Console) -> None:
    """What render prints is what --observed reads: then everything exists, and nothing changes."""
    app = shell.write("app.yaml", spec(DATABASE))
    before = shell.objects(app)
    shell.write("seen/all.yaml", shell.run("render", app).stdout)

    after = shell.objects(app, "--observed", "seen")

    assert before[1:] == after[1:]
    assert conditions(before[0])["BackendReady"]["message"] == "Deployment not created yet"
    assert conditions(after[0])["BackendReady"]["message"] == "waiting for the database"
    assert conditions(after[0])["Ready"]["message"] == (
        "Unready resources: backend-deployment, database-cluster"
    )


def test_the_observed_xr_goes_on(shell: Console) -> None:
    """Its name, its uid and the spec it accepted; an app refused is said to stay as it was."""
    accepted = "\n    status: {accepted: {team: web, frontend: {}}}\n"
    seen = shell.write("seen.yaml", XR.rstrip() + accepted)

    xr, *_ = shell.objects("--observed", seen, shell.write("app.yaml", NODEAPP))
    assert xr["metadata"]["name"] == "shop-x7k2p"

    done = shell.run("render", "--observed", seen, shell.write("bad.yaml", spec("team: web")))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "Error: bad.yaml: NodeApp shop/shop: spec: must have a frontend or a backend; "
        "the spec accepted before stays in force\n"
    )


def test_the_observed_claim_knows_its_xr(shell: Console) -> None:
    """Where only the claim is at hand, it names the XR and carries its status."""
    status = "  resourceRef: {name: shop-x7k2p}\nstatus: {accepted: {team: web, frontend: {}}}\n"
    seen = shell.write("seen.yaml", NODEAPP + status)

    xr, *_ = shell.objects("--observed", seen, shell.write("app.yaml", NODEAPP))

    assert xr["metadata"]["name"] == "shop-x7k2p"


def test_lookups_find_what_is_not_composed(shell: Console) -> None:
    """A database made by hand is adopted as it is; without one, lookups found nothing."""
    app = shell.write("app.yaml", spec(DATABASE))
    cluster = shell.write(
        "cluster.yaml",
        """\
        apiVersion: postgresql.cnpg.io/v1
        kind: Cluster
        metadata: {name: shop-db, namespace: shop, uid: abc}
        spec:
          imageName: ghcr.io/cloudnative-pg/postgresql:16.2
          bootstrap: {initdb: {database: legacy, owner: legacy}}
          instances: 1
          storage: {size: 80Gi}
        """,
    )

    assert by_key(shell.objects(app))["database-cluster"]["spec"]["storage"]["size"] == "20Gi"
    adopted = by_key(shell.objects("--observed", cluster, app))["database-cluster"]["spec"]
    assert (adopted["storage"]["size"], adopted["imageName"][-4:]) == ("80Gi", "16.2")
    tree = shell.run("render", "-o", "tree", "--observed", cluster, app).stdout
    assert "adopted the existing Cluster shop-db as it is: database legacy, PostgreSQL 16, 80Gi" in tree


def test_a_platform_among_the_observed_governs(shell: Console) -> None:
    """A dump of a cluster holds it; --platform goes before it."""
    app, seen = shell.write("app.yaml", NODEAPP), shell.write("seen.yaml", PLATFORM)
    other = shell.write("other.yaml", PLATFORM.replace("apps.example.com", "other.example.com"))

    assert shell.objects("--observed", seen, app)[0]["status"]["url"] == "http://shop.apps.example.com"
    assert (
        shell.objects("--observed", seen, "--platform", other, app)[0]["status"]["url"]
        == "http://shop.other.example.com"
    )


def test_apps_of_one_name_do_not_mix(shell: Console) -> None:
    """An observed object belongs to the app of its namespace and labels."""
    one, two = shell.write("one.yaml", NODEAPP), NODEAPP.replace("namespace: shop", "namespace: other")
    seen = shell.write("seen.yaml", shell.run("render", one).stdout)

    xr, *_ = shell.objects("--observed", seen, shell.write("two.yaml", two))

    assert conditions(xr)["FrontendReady"]["message"] == "Deployment not created yet"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("- a", "1:1: must be an object with apiVersion, kind and metadata", id="a list"),
        pytest.param(
            "kind: Service\nmetadata: {}",
            "1:1: apiVersion: is required of an observed object",
            id="no apiVersion",
        ),
        pytest.param(
            "apiVersion: v1\nkind: [a]\nmetadata: {}", "2:1: kind: must be text", id="a strange kind"
        ),
        pytest.param(
            "apiVersion: v1\nkind: A\nmetadata: x", "3:1: metadata: must be a map", id="no metadata"
        ),
        pytest.param(
            "a: {",
            "2:1: isn't YAML: did not find expected node content while parsing a flow node",
            id="no YAML",
        ),
    ],
)
def test_junk_is_not_observed(shell: Console, text: str, message: str) -> None:
    """Nothing is rendered against a cluster that can't be."""
    done = shell.run("render", "--observed", shell.write("x.yaml", text), shell.write("app.yaml", NODEAPP))

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"Error: x.yaml:{message}\n"


def test_json_is_a_list(shell: Console) -> None:
    """The same objects, as kubectl prints several."""
    app = shell.write("app.yaml", NODEAPP)

    listed = json.loads(shell.run("render", "-o", "json", app).stdout)

    assert (listed["apiVersion"], listed["kind"]) == ("v1", "List")
    assert listed["items"] == shell.objects(app)


def test_a_tree_tells_why(shell: Console) -> None:
    """The app, its conditions, its objects and what each of them waits for."""
    app = shell.write("app.yaml", spec(DATABASE))
    seen = shell.write("seen.yaml", shell.run("render", app).stdout)

    lines = shell.run("render", "-o", "tree", "--observed", seen, app).stdout.splitlines()

    shown = {" ".join(re.sub("[├└│─]", "", line).split()) for line in lines}
    assert lines[0] == "NodeApp shop/shop  not ready  database: CloudNativePG hasn't taken it up yet"
    assert shown >= {
        "conditions",
        "Accepted True Accepted",
        "BackendReady False WaitingForDatabase waiting for the database",
        "objects",
        "backend-service Service/shop-backend ready",
        "backend-deployment Deployment/shop-backend not ready 0 of 2 replicas available",
        "database-cluster Cluster/shop-db not ready CloudNativePG hasn't taken it up yet",
    }


def test_who_an_app_is_the_function_says_too(shell: Console) -> None:
    """Names and namespaces are read here without protobuf, and must agree."""
    for text in (NODEAPP, XR):
        path = shell.write("app.yaml", text)
        objects = shell.objects(path)
        labels = {label.partition("/")[2]: v for label, v in objects[0]["metadata"]["labels"].items()}

        who = identify(objects[0] | {"spec": {}})

        assert (
            (who.name, who.namespace) == (labels["claim-name"], labels["claim-namespace"]) == ("shop", "shop")
        )


def test_a_cluster_with_a_strange_bootstrap_is_read(shell: Console) -> None:
    """What isn't text or a boolean there says nothing; it isn't an error of the function."""
    app = shell.write("app.yaml", spec(DATABASE))
    seen = shell.run("render", app).stdout.replace("dataChecksums: true", "dataChecksums: []")

    cluster = by_key(shell.objects(app, "--observed", shell.write("seen.yaml", seen)))["database-cluster"]

    assert cluster["spec"]["bootstrap"]["initdb"] == {"database": "shop", "encoding": "UTF8", "owner": "shop"}


def test_observed_objects_tell_their_owner(shell: Console) -> None:
    """Composed objects as a cluster has them name their XR, so what is named after that is the same."""
    tree = shell.run("render", str(EXAMPLE / "nodeapp.yaml"), "-o", "tree")
    seen = shell.run(
        "render",
        str(EXAMPLE / "nodeapp.yaml"),
        "--platform",
        str(EXAMPLE / "platform.yaml"),
        "--observed",
        str(EXAMPLE / "render" / "observed.yaml"),
        "-o",
        "tree",
    )

    assert "not ready" in tree.stdout
    assert seen.stdout.startswith("NodeApp dashboard/dashboard  ready  https://dashboard.acme.dev\n")
    assert "not ready" not in seen.stdout
