"""nodeapp render --observed: what exists counts as it would in a cluster."""

import pytest

from tests.console import DATABASE, NODEAPP, PLATFORM, XR, Console, by_key, conditions, spec
from tests.generate import ROOT

EXAMPLE = ROOT / "example"


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
