"""What a platform engineer does on the first day, and what has to be played here.

On loopback there is no GitHub and no registry. So addresses are others, and nothing is fetched with a key.
Charts and packages aren't pulled: their status is played. All else is example/flux as it stands.
"""

import shutil
from pathlib import Path

import yaml

from package.registry import published
from tests.fleet import FLEET, built, one
from tests.flux.fleet import KUSTOMIZATION, SLOWLY, Fleet
from tests.flux.repository import Repository, create
from tests.live.judging import operator
from tests.plane import crds, gateways
from tests.plane.flux import NAMESPACE, git_url
from tests.plane.kubectl import Json, wait
from tests.plane.plane import Plane
from tests.plane.product import PACKAGE

STYLE = "modern"
"""What the fleet installs."""
GITHUB_PORT = 8091
"""Where a played GitHub listens, for those tests that have one."""
KEY = "        provider: github\n        secretRef: { name: github-app }\n"
ACCOUNT = "kustomize-controller"
INTERVAL = "30s"
"""How often a FluxInstance of the fleet looks at the fleet: tests/test_fleet.py holds it to that."""
PACKAGES = ("functions.pkg.crossplane.io", "configurations.pkg.crossplane.io")


def push_fleet(plane: Plane) -> Repository:
    """The fleet repository, for a cluster without GitHub. No app is registered."""
    fleet = create(plane, "fleet", FLEET)
    (fleet.clone / "registry" / "dashboard.yaml").unlink()
    release = f"{git_url(plane)}/function-nodeapp.git"
    crds = f"{git_url(plane)}/gateway-api.git"
    github = f"http://{plane.addresses.host}:{GITHUB_PORT}/acme"
    for file, old, new in (
        ("clusters/base/controllers.yaml", "https://github.com/kubernetes-sigs/gateway-api", crds),
        ("clusters/dev/kustomization.yaml", "  - flux.yaml\n", ""),
        ("clusters/base/nodeapp.yaml", "https://github.com/acme/function-nodeapp", release),
        # Of an OCI registry nothing is fetched before a chart is wanted.
        ("controllers/crossplane.yaml", "url: https://charts", "type: oci\n  url: oci://charts"),
        ("apps/nodeapps.yaml", KEY, ""),
        (
            "apps/nodeapps.yaml",
            "address: << inputs.repository >>",
            f"address: {github}/<< inputs.namespace >>-deploy",
        ),
        ("clusters/base/status.yaml", "https://github.com/acme", github),
        ("apps/registry-policy.yaml", "'^https://", "'^http://"),
    ):
        edit(fleet.clone / file, old, new)
    fleet.push("feat: begin")
    return fleet


def edit(file: Path, old: str, new: str) -> None:
    """Change a place of a file. Fails where it isn't there."""
    text = file.read_text()
    assert old in text, f"{file} has no {old!r}"
    file.write_text(text.replace(old, new))


def push_release(plane: Plane) -> None:
    """A release of this product: what the tag has."""
    release, tag = create(plane, "function-nodeapp"), f"v{published().version}"
    shutil.copytree(PACKAGE, release.clone / "package", ignore=shutil.ignore_patterns("__pycache__"))
    release.push("feat: release")
    release.git("tag", tag)
    release.git("push", "--quiet", "origin", tag)


def push_gateway_api(plane: Plane) -> None:
    """A release of Gateway API: the kinds that are used here."""
    fleet = built(FLEET / "clusters" / "dev")
    release = create(plane, "gateway-api")
    folder = release.clone / "config" / "crd"
    folder.mkdir(parents=True)
    files = [crds.known()[kind] for kind in (gateways.GATEWAYS, gateways.ROUTES)]
    for file in files:
        shutil.copy(file, folder)
    kustomization = {"resources": [file.name for file in files]}
    (folder / "kustomization.yaml").write_text(yaml.safe_dump(kustomization))
    release.push("feat: release")
    release.git("tag", one(fleet, "GitRepository", "gateway-api")["spec"]["ref"]["tag"])
    release.git("push", "--quiet", "origin", "--tags")


def follow(fleet: Fleet) -> None:
    """What a FluxInstance makes: an account for the platform's own Kustomizations, and the first of them."""
    group = "rbac.authorization.k8s.io"
    account = {"kind": "ServiceAccount", "name": ACCOUNT, "namespace": NAMESPACE}
    reconciler = {
        "apiVersion": f"{group}/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": "cluster-reconciler-flux-system"},
        "roleRef": {"apiGroup": group, "kind": "ClusterRole", "name": "cluster-admin"},
        "subjects": [account],
    }
    metadata = {"name": "flux-system", "namespace": NAMESPACE}
    source = {"url": fleet.repository.url, "ref": {"branch": "main"}, "interval": INTERVAL}
    first = {
        "serviceAccountName": ACCOUNT,
        "interval": "10m",
        "path": "clusters/dev",
        "prune": True,
        "sourceRef": {"kind": "GitRepository", "name": "flux-system"},
    }
    fleet.cluster.kubectl("create", "serviceaccount", ACCOUNT, "-n", NAMESPACE)
    fleet.cluster.apply(
        reconciler,
        manifest("source.toolkit.fluxcd.io/v1", "GitRepository", metadata, source),
        manifest("kustomize.toolkit.fluxcd.io/v1", "Kustomization", metadata, first),
    )


def manifest(api_version: str, kind: str, metadata: Json, spec: Json) -> Json:
    """An object with a spec."""
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, "spec": spec}


def play_charts(fleet: Fleet) -> None:
    """helm-controller, played: every chart is installed. Traefik's makes the Gateway of the Platform."""
    releases = "helmreleases.helm.toolkit.fluxcd.io"
    number = sum(each["kind"] == "HelmRelease" for each in built(FLEET / "controllers"))
    look = lambda: fleet.cluster.all(releases, NAMESPACE)  # noqa: E731  # A look is short.
    for each in wait(look, lambda found: len(found) == number, SLOWLY):
        installed = operator("Ready", "True", "InstallSucceeded")
        installed["observedGeneration"] = each["metadata"]["generation"]
        status = {"observedGeneration": each["metadata"]["generation"], "conditions": [installed]}
        name = each["metadata"]["name"]
        fleet.cluster.patch(releases, name, NAMESPACE, {"status": status}, "--subresource=status")
    platform = FLEET / "clusters" / "dev" / "settings" / "platform.yaml"
    gateways.serve(fleet.cluster, yaml.safe_load(platform.read_text())["spec"]["gateway"])


def bring_api(fleet: Fleet) -> None:
    """The Configuration, played: its API and its Composition."""
    for name in ("definition", "composition"):
        fleet.cluster.kubectl("apply", "--server-side", "-f", str(PACKAGE / STYLE / f"{name}.yaml"))


def play_packages(fleet: Fleet) -> None:
    """Crossplane's package manager, played: both packages serve. Crossplane itself leaves them alone."""
    for kind in PACKAGES:
        for each in wait(lambda kind=kind: fleet.cluster.all(kind), bool, SLOWLY):  # type: ignore[misc]
            name = each["metadata"]["name"]
            paused = {"metadata": {"annotations": {"crossplane.io/paused": "true"}}}
            # Flux takes back what kubectl changed under its own name.
            fleet.cluster.patch(kind, name, None, paused, "--field-manager=played")
            generation = each["metadata"]["generation"]
            conditions = [
                operator(type_, "True", "Active") | {"observedGeneration": generation}
                for type_ in ("Installed", "Healthy")
            ]
            status = {"conditions": conditions, "currentIdentifier": each["spec"]["package"]}
            fleet.cluster.patch(kind, name, None, {"status": status}, "--subresource=status")


def platform_is_green(fleet: Fleet) -> None:
    """Wait until each Kustomization of the platform is ready."""
    for name in ("flux-system", "gateway-api", "controllers", "nodeapp", "settings", "apps", "registry"):
        fleet.is_green(KUSTOMIZATION, name, NAMESPACE)
