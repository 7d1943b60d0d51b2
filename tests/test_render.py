"""nodeapp render prints what a cluster would do."""

import json
import re

from function.cli.snapshot import KEY
from function.identity import identify
from tests.console import DATABASE, NODEAPP, PLATFORM, XR, Console, by_key, conditions, head, spec


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
        "message": "Unready resources: frontend-deployment, frontend-networkpolicy, frontend-pdb, and 2 more",
    }
    assert [each["metadata"]["annotations"][KEY] for each in composed] == [
        "frontend-deployment",
        "frontend-networkpolicy",
        "frontend-pdb",
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


def test_the_platform_governs(shell: Console) -> None:
    """Its domain gives the app a host."""
    arguments = ("--platform", shell.write("platform.yaml", PLATFORM), shell.write("app.yaml", NODEAPP))

    xr, *_ = objects = shell.objects(*arguments)

    assert xr["status"]["url"] == "http://shop.apps.example.com"
    assert xr["status"]["platform"] == {"name": "default"}
    assert "ingress" in by_key(objects)


def test_apps_of_one_name_do_not_mix(shell: Console) -> None:
    """An observed object belongs to the app of its namespace and labels."""
    one, two = shell.write("one.yaml", NODEAPP), NODEAPP.replace("namespace: shop", "namespace: other")
    seen = shell.write("seen.yaml", shell.run("render", one).stdout)

    xr, *_ = shell.objects("--observed", seen, shell.write("two.yaml", two))

    assert conditions(xr)["FrontendReady"]["message"] == "Deployment not created yet"


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
