"""The service images: a new tag is committed to dev, and a revert stays.

image-reflector-controller selects the tag, where NODEAPP_PROGRAMS has it. Elsewhere that is played.
"""

import re
import time

import pytest
import yaml

from function.read import at
from tests.fleet_services.git_host import GitHost
from tests.flux.app import OVERLAY, App
from tests.flux.fleet import APPS, SLOWLY
from tests.flux.repository import create
from tests.flux.services import Services
from tests.flux.test_loop import report
from tests.plane.flux import NAMESPACE, REFLECTOR, has
from tests.plane.kubectl import wait

POLICY, POLICY_NAME = "imagepolicies.image.toolkit.fluxcd.io", "moved-frontend"
FIRST, SECOND = "main-0a1b2c3-1790000000", "main-0a1b2c4-1790000001"
MARKED = """\
apiVersion: platform.io/v1
kind: NodeApp
metadata: {name: moved}
spec:
  frontend:
    image: "" # {"$imagepolicy": "flux-apps:moved-frontend"}
"""


@pytest.fixture(scope="module")
def host(services: Services, app: App) -> GitHost:
    """GitHub's view of the app's repository."""
    return services.host.serve_files(services.fleet, app.repository)


@pytest.fixture(scope="module")
def app(services: Services) -> App:
    """An app whose image was never built."""
    app = App(services.fleet, create(services.fleet.plane, "moved-deploy"), "moved")
    app.write({"team": "a", "environment": "dev", "frontend": {}})
    app.repository.write(f"{OVERLAY}/images.yaml", MARKED)
    content = {"resources": ["objects.yaml"], "patches": [{"path": "images.yaml"}], "namespace": "moved"}
    app.repository.write(f"{OVERLAY}/kustomization.yaml", yaml.safe_dump(content))
    app.repository.push("feat: begin")
    app.fleet.register("moved", app.repository)
    app.fleet.poll("flux-system", NAMESPACE)
    wait(app.nodeapp, bool, SLOWLY)
    return app


def build(services: Services, app: App, tag: str) -> None:
    """CI pushes an image, and Flux's policy selects it. It looks once a minute by itself."""
    wait(lambda: app.fleet.see(POLICY, POLICY_NAME), bool, SLOWLY)
    services.registry.tags[f"acme/{POLICY_NAME}"].append(tag)
    if has(REFLECTOR):
        app.fleet.look_again("imagerepositories.image.toolkit.fluxcd.io", POLICY_NAME)
        return
    name = f"{services.registry.address}/acme/{POLICY_NAME}"
    status = {"latestRef": {"name": name, "tag": tag}}
    app.fleet.cluster.patch(POLICY, POLICY_NAME, APPS, {"status": status}, "--subresource=status")


def image(app: App) -> str:
    """The image on main."""
    app.repository.git("pull", "--quiet", "--rebase", "origin", "main")
    [found] = re.findall(r"image: (\S+)", (app.repository.clone / OVERLAY / "images.yaml").read_text())
    return str(found)


def runs(app: App, tag: str) -> None:
    """Wait until a tag is committed, and runs."""
    wait(lambda: image(app), lambda found: found.endswith(tag), SLOWLY, pause=1.0)
    app.fleet.poll(app.name)
    app.green(f"main@sha1:{app.repository.git('rev-parse', 'HEAD')}")
    assert str(at(app.nodeapp(), "status", "frontend", "image")).endswith(f"/acme/{POLICY_NAME}:{tag}")


@pytest.mark.usefixtures("host")
def test_the_first_image_and_the_next_are_deployed(services: Services, app: App) -> None:
    """Nobody commits anything: a tag is enough. The first one takes the place of an empty text."""
    for tag in (FIRST, SECOND):
        begun = time.monotonic()
        build(services, app, tag)
        runs(app, tag)
        report(deployed=time.monotonic() - begun)


def test_a_revert_stays(app: App, host: GitHost) -> None:
    """Although the policy still selects the newer image, and the service looks again."""
    app.repository.revert()
    looks = host.reads
    app.fleet.poll(app.name)
    runs(app, FIRST)
    wait(lambda: host.reads, lambda reads: reads > looks, SLOWLY)
    time.sleep(1)  # What it would write after that look.
    assert image(app).endswith(FIRST)
