"""Dev and prod of one app in one cluster: two entries, two overlays, two namespaces."""

import pytest
import yaml

from function.read import at
from tests.flux.app import is_green
from tests.flux.fleet import APPS, KUSTOMIZATION, SLOWLY, Fleet
from tests.flux.repository import Repository, create
from tests.live.story import NODEAPP
from tests.plane.flux import NAMESPACE
from tests.plane.kubectl import Json, wait

NAME = "pair"
NAMESPACES = {"dev": "pair", "prod": "pair-prod"}
OLD, NEW = (f"ghcr.io/acme/pair-frontend:{tag}" for tag in ("1.0.0", "2.0.0"))


def nodeapp(**spec: object) -> str:
    """The NodeApp, or a patch of it."""
    manifest = {"apiVersion": "platform.io/v1", "kind": "NodeApp", "metadata": {"name": NAME}, "spec": spec}
    return yaml.safe_dump(manifest)


def write_overlay(deploy: Repository, environment: str, namespace: str, image: str) -> None:
    """An overlay as the template makes it."""
    content = {"namespace": namespace, "resources": ["../../base"], "patches": [{"path": "app.yaml"}]}
    folder = f"overlays/{environment}"
    deploy.write(f"{folder}/kustomization.yaml", yaml.safe_dump(content))
    deploy.write(f"{folder}/app.yaml", nodeapp(environment=environment, frontend={"image": image}))


def write_base(deploy: Repository, **env: str) -> None:
    """What is the same in both environments."""
    deploy.write("base/kustomization.yaml", "resources: [nodeapp.yaml]\n")
    deploy.write("base/nodeapp.yaml", nodeapp(team="a", frontend={"env": env}))


def keep_environments(fleet: Fleet) -> None:
    """Take the patch of the registry away: docs/golden-path.md. Each entry keeps its own environment then."""
    file = fleet.repository.clone / "clusters" / "dev" / "kustomization.yaml"
    cluster = yaml.safe_load(file.read_text())
    cluster["patches"] = [each for each in cluster["patches"] if each["target"]["name"] != "registry"]
    file.write_text(yaml.safe_dump(cluster, sort_keys=False))
    fleet.repository.push("feat: dev and prod in one cluster")
    fleet.poll("flux-system", NAMESPACE)
    registry = lambda: fleet.see(KUSTOMIZATION, "registry", NAMESPACE)  # noqa: E731  # A look is short.
    wait(registry, lambda seen: "patches" not in seen["spec"], SLOWLY)


@pytest.fixture(scope="module")
def deploy(fleet: Fleet) -> Repository:
    """The deploy repository of an app that is registered for dev and for prod."""
    keep_environments(fleet)
    deploy = create(fleet.plane, f"{NAME}-deploy")
    write_base(deploy)
    for environment, namespace in NAMESPACES.items():
        write_overlay(deploy, environment, namespace, OLD)
    deploy.push("feat: begin")
    for environment, namespace in NAMESPACES.items():
        fleet.register(namespace, deploy, name=NAME, environment=environment)
    fleet.poll("flux-system", NAMESPACE)
    for namespace in NAMESPACES.values():
        wait(lambda namespace=namespace: seen(fleet, namespace), bool, SLOWLY)  # type: ignore[misc]
    return deploy


def seen(fleet: Fleet, namespace: str) -> Json:
    """The NodeApp of an environment."""
    return fleet.see(NODEAPP, NAME, namespace)


def green(fleet: Fleet, revision: str) -> None:
    """Make Flux look, and wait until both environments run a revision."""
    for namespace in NAMESPACES.values():
        fleet.poll(namespace)
    for namespace in NAMESPACES.values():
        look = lambda namespace=namespace: fleet.see(KUSTOMIZATION, namespace)  # noqa: E731  # A look is short.
        wait(look, lambda seen: is_green(seen, revision), SLOWLY)


def test_each_has_its_overlay_and_its_namespace(fleet: Fleet, deploy: Repository) -> None:
    """Both from one repository."""
    green(fleet, f"main@sha1:{deploy.git('rev-parse', 'HEAD')}")
    for environment, namespace in NAMESPACES.items():
        assert seen(fleet, namespace)["spec"]["environment"] == environment


def test_an_image_waits_for_its_promotion(fleet: Fleet, deploy: Repository) -> None:
    """A commit of dev changes nothing in prod. The promotion does."""
    before = seen(fleet, "pair-prod")["metadata"]["generation"]
    write_overlay(deploy, "dev", "pair", NEW)
    green(fleet, deploy.push("deploy: an image"))
    assert at(seen(fleet, "pair"), "status", "frontend", "image") == NEW
    assert seen(fleet, "pair-prod")["metadata"]["generation"] == before

    write_overlay(deploy, "prod", "pair-prod", NEW)
    green(fleet, deploy.push("feat: promote to production"))
    assert at(seen(fleet, "pair-prod"), "status", "frontend", "image") == NEW


def test_a_change_of_base_does_not_wait(fleet: Fleet, deploy: Repository) -> None:
    """It reaches both with the same commit: docs/golden-path.md says so."""
    write_base(deploy, LEVEL="info")
    green(fleet, deploy.push("feat: a change for both"))
    for namespace in NAMESPACES.values():
        assert at(seen(fleet, namespace), "status", "accepted", "frontend", "env") == {"LEVEL": "info"}


def test_an_environment_cannot_reach_the_other(fleet: Fleet, deploy: Repository) -> None:
    """Prod's overlay with dev's namespace is refused, and dev stays as it is."""
    before = seen(fleet, "pair")["metadata"]["generation"]
    write_overlay(deploy, "prod", "pair", OLD)
    deploy.push("feat: a slip")
    fleet.poll("pair-prod")
    words = ('cannot patch resource "nodeapps"', f"{APPS}:nodeapp-pair-prod", 'namespace "pair"')
    fleet.says(KUSTOMIZATION, "pair-prod", *words)
    assert seen(fleet, "pair")["metadata"]["generation"] == before
