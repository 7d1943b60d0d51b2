"""A deploy repository can deploy its one registered NodeApp. A commit with anything else is refused whole.

Each is tried as it is written, and with an overlay whose `namespace:` moves it into the app's own namespace.
"""

import pytest

from function.read import at
from tests.flux.app import OVERLAY, App, registered
from tests.flux.fleet import APPS, SLOWLY, Fleet
from tests.flux.repository import create
from tests.plane.kubectl import Json, wait

SPEC: Json = {"team": "a", "environment": "dev", "frontend": {"image": "ghcr.io/acme/front:1.0.0"}}
EDITED = SPEC | {"frontend": {"image": "ghcr.io/acme/front:2.0.0"}}
FORBIDDEN = 'cannot patch resource "{0}"'
POD = {"containers": [{"name": "main", "image": "ghcr.io/acme/other:1"}]}
LABELS = {"app": "other"}
TOLD = "kustomize.toolkit.fluxcd.io"


def made(api_version: str, kind: str, namespace: str | None, name: str = "other", **more: Json) -> Json:
    """An object that isn't the app's NodeApp."""
    metadata: Json = {"name": name} | ({"namespace": namespace} if namespace else {})
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, **more}


FOREIGN: dict[str, tuple[str, Json]] = {
    "a Deployment": (
        "deployments",
        made(
            *("apps/v1", "Deployment", "refused"),
            spec={
                "selector": {"matchLabels": LABELS},
                "template": {"metadata": {"labels": LABELS}, "spec": POD},
            },
        ),
    ),
    "a Secret": ("secrets", made("v1", "Secret", "refused")),
    "a Namespace": ("namespaces", made("v1", "Namespace", None)),
    "a second NodeApp": ("nodeapps", made("platform.io/v1", "NodeApp", "refused", spec=SPEC)),
    "a NodeApp of another namespace": (
        "nodeapps",
        made("platform.io/v1", "NodeApp", "kube-public", spec=SPEC),
    ),
    "a namesake in another namespace": (
        "nodeapps",
        made("platform.io/v1", "NodeApp", "kube-public", "refused", spec=SPEC),
    ),
    "a Kustomization": (
        "kustomizations",
        made(
            *("kustomize.toolkit.fluxcd.io/v1", "Kustomization", APPS),
            spec={
                "interval": "1m",
                "prune": True,
                "sourceRef": {"kind": "GitRepository", "name": "refused"},
                "serviceAccountName": "nodeapps",
            },
        ),
    ),
    "a RoleBinding": (
        "rolebindings",
        made(
            *("rbac.authorization.k8s.io/v1", "RoleBinding", "refused"),
            roleRef={"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "admin"},
        ),
    ),
}


@pytest.fixture(scope="module")
def app(fleet: Fleet) -> App:
    """An app that runs. Crossplane writes its own part of a new NodeApp's spec, and no more after that."""
    app = registered(fleet, "refused", SPEC)
    wait(app.nodeapp, lambda seen: at(seen, "status", "ready") is True, SLOWLY)
    return app


@pytest.mark.parametrize("moved", [False, True], ids=["as written", "moved by the overlay"])
@pytest.mark.parametrize("what", FOREIGN)
def test_what_is_not_the_app_is_refused(app: App, what: str, moved: bool) -> None:  # noqa: FBT001  # pytest's.
    """With the name of what can't be written, and the rest of the commit isn't applied either."""
    resource, foreign = FOREIGN[what]
    before = app.nodeapp()["metadata"]["generation"]
    name = (
        foreign["metadata"]["name"] if "namesake" in what else f"{resource}-{'moved' if moved else 'as-is'}"
    )
    words = [FORBIDDEN.format(resource), f'"{name}"']
    if moved and "namesake" in what:
        words = ["namespace transformation produces ID conflict"]
    elif moved and what == "a Namespace":
        words = [FORBIDDEN.format(resource), f'"{app.name}"']  # Kustomize renames it to the namespace.
    app.write(EDITED, foreign | {"metadata": foreign["metadata"] | {"name": name}}, namespace=moved)
    app.says(app.push(f"feat: {what}"), *words)
    assert app.nodeapp()["metadata"]["generation"] == before
    assert app.nodeapp()["spec"]["frontend"] == SPEC["frontend"]


def test_a_remote_base_is_refused(app: App) -> None:
    """Of another repository, although Flux could fetch it. It may even contain the registered NodeApp."""
    elsewhere = create(app.fleet.plane, "elsewhere")
    app.write(EDITED)
    elsewhere.write("base/objects.yaml", (app.repository.clone / OVERLAY / "objects.yaml").read_text())
    elsewhere.write("base/kustomization.yaml", "resources: [objects.yaml]\n")
    elsewhere.push("feat: begin")
    app.overlay([f"{elsewhere.url}//base?ref=main"])
    app.says(app.push("feat: a remote base"), "URL is a git repository")
    assert app.nodeapp()["spec"]["frontend"] == SPEC["frontend"]


def test_a_nodeapp_without_a_namespace_is_refused(app: App) -> None:
    """Flux doesn't guess where it belongs: without a namespace it is tried as a cluster-scoped object."""
    app.write(EDITED)
    app.overlay(["objects.yaml"], namespace=False)
    app.says(app.push("feat: no namespace"), "at the cluster scope")
    assert app.nodeapp()["spec"]["frontend"] == SPEC["frontend"]


@pytest.mark.parametrize("part", ["annotations", "labels"])
def test_force_deletes_nothing(app: App, part: str) -> None:
    """By this word, Flux deletes what is refused, to make it anew. The NodeApp stays, and is red."""
    uid = app.nodeapp()["metadata"]["uid"]
    app.write(SPEC | {"frontend": {"image": "ghcr.io/acme/front:latest"}})
    app.overlay(["objects.yaml"], common={part: {f"{TOLD}/force": "enabled"}})
    app.says(app.push(f"feat: force, in {part}"), "must not be latest")
    assert app.nodeapp()["metadata"]["uid"] == uid


@pytest.mark.parametrize("word", ["ssa: Ignore", "ssa: IfNotPresent", "reconcile: disabled"])
def test_a_commit_that_tells_flux_to_skip_it_is_applied(app: App, word: str) -> None:
    """Otherwise it would be green while the spec before runs."""
    key, _, value = word.partition(": ")
    image = f"ghcr.io/acme/front:{value.lower()}"
    app.write(SPEC | {"frontend": {"image": image}})
    app.overlay(["objects.yaml"], common={"annotations": {f"{TOLD}/{key}": value}})
    app.green(app.push(f"feat: {word}"))
    assert app.nodeapp()["spec"]["frontend"]["image"] == image


def test_the_app_goes_on_from_there(app: App) -> None:
    """Once the repository has the app alone, it is deployed again."""
    app.write(EDITED)
    app.green(app.push("fix: the app alone"))
    assert app.nodeapp()["spec"]["frontend"] == EDITED["frontend"]
