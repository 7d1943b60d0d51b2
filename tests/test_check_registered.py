"""nodeapp check --only: what Flux refuses in the cluster is refused in the pull request."""

from pathlib import Path

import pytest
import yaml

from tests.console import Console
from tests.deploy_repository import ENVIRONMENTS, EXAMPLE, released
from tests.flux.test_refused import FOREIGN
from tests.tools import tool

APP = """\
apiVersion: platform.io/v1
kind: NodeApp
metadata: {name: refused}
spec: {team: web, frontend: {image: "ghcr.io/acme/shop:1.0"}}
"""
ONLY = ("check", "--only", "refused/refused")


def overlay(shell: Console, *more: dict[str, object], **kustomization: object) -> str:
    """A folder with the app and other objects, and a kustomization."""
    shell.write("overlay/objects.yaml", f"{APP}---\n{yaml.safe_dump_all(more)}")
    content = {"resources": ["objects.yaml"], "namespace": "refused"} | kustomization
    shell.write("overlay/kustomization.yaml", yaml.safe_dump(content))
    return "overlay"


@pytest.mark.parametrize("moved", [False, True], ids=["as written", "moved by the overlay"])
@pytest.mark.parametrize("what", [each for each in FOREIGN if "namesake" not in each])
def test_what_flux_refuses_is_refused(shell: Console, what: str, moved: bool) -> None:  # noqa: FBT001  # pytest's.
    """Each object that the fleet's stories try. It is named, and the app beside it is no problem."""
    tool("kubectl")
    _, foreign = FOREIGN[what]
    if not moved:
        shell.write("overlay/app.yaml", APP.replace("{name: refused}", "{name: refused, namespace: refused}"))
        shell.write("overlay/foreign.yaml", yaml.safe_dump(foreign))
        shell.write("overlay/kustomization.yaml", "resources: [app.yaml, foreign.yaml]\n")
    done = shell.run(*ONLY, overlay(shell, foreign) if moved else "overlay")
    sentence = "Flux may write NodeApp refused/refused and nothing else of this repository"
    wrong = "metadata.name: must be refused" if "NodeApp" in what else f"{foreign['kind']} is refused"
    assert (done.exit_code, done.output.count("overlay/")) == (1, 1)
    assert f"{wrong}: {sentence}" in done.output


def test_the_app_alone_passes(shell: Console) -> None:
    """In its namespace. An overlay without objects passes too: so an app goes."""
    tool("kubectl")
    assert shell.run(*ONLY, overlay(shell)).output == "1 NodeApp is fine\n"
    shell.write("overlay/kustomization.yaml", "kind: Kustomization\nresources: []\n")
    done = shell.run(*ONLY, "overlay")
    assert (done.exit_code, done.output) == (0, "no NodeApps to check\n")


@pytest.mark.parametrize(
    ("namespace", "sentence"),
    [
        ("", "is required; write namespace: refused in the overlay's kustomization.yaml"),
        (
            "kube-public",
            "must be refused, not kube-public: Flux may write NodeApp refused/refused and nothing",
        ),
    ],
)
def test_the_app_belongs_into_its_namespace(shell: Console, namespace: str, sentence: str) -> None:
    """Without one, or in another, Flux refuses it."""
    tool("kubectl")
    done = shell.run(*ONLY, overlay(shell, namespace=namespace))
    assert done.exit_code == 1
    assert f"NodeApp refused: metadata.namespace: {sentence}" in done.output


@pytest.mark.parametrize(
    "kustomization",
    [
        {"resources": ["objects.yaml", "https://github.com/acme/base//app?ref=main"]},
        {"resources": ["git@github.com:acme/base.git"]},
        {"resources": ["github.com/acme/base//app"]},
        {"resources": ["git::ssh://git@acme.dev/base"]},
        {"resources": ["file:///repositories/base"]},
        {"resources": ["HTTPS://acme.dev/objects.yaml"]},
        {"components": ["http://127.0.0.1/component"]},
        {"bases": ["ssh://git@acme.dev/base"]},
        {"configurations": ["https://acme.dev/fields.yaml"]},
        {"crds": ["https://acme.dev/crd.yaml"]},
        {"openapi": {"path": "https://acme.dev/schema.json"}},
        {"patches": [{"path": "https://acme.dev/patch.yaml"}]},
        {"patchesJson6902": [{"path": "https://acme.dev/patch.yaml", "target": {"kind": "NodeApp"}}]},
        {"patchesStrategicMerge": ["https://acme.dev/patch.yaml"]},
        {"replacements": [{"path": "https://acme.dev/replacement.yaml"}]},
        {"configMapGenerator": [{"name": "a", "files": ["a=https://acme.dev/a?b=c"]}]},
        {"secretGenerator": [{"name": "a", "envs": ["https://acme.dev/a"]}]},
        {"transformers": ["https://acme.dev/transformer.yaml"]},
        {"transformers": ["kind: PatchTransformer\npath: https://acme.dev/patch.yaml\n"]},
        {"generators": ["plugin.yaml"]},
        {"resources": ["../base"]},
    ],
    ids=lambda kustomization: next(iter(kustomization)),
)
def test_nothing_is_fetched_from_another_host(shell: Console, kustomization: dict[str, object]) -> None:
    """By Git or by http, wherever kustomize takes a file or a folder. The folder isn't even built."""
    shell.write("base/kustomization.yaml", "resources: ['http://127.0.0.1/app.yaml']\n")
    shell.write("overlay/plugin.yaml", "kind: ConfigMapGenerator\nfiles: ['http://127.0.0.1/a']\n")
    done = shell.run(*ONLY, overlay(shell, **kustomization))
    assert done.exit_code == 1
    [problem, count] = done.output.splitlines()
    assert problem.endswith(
        "is fetched from another host while Flux builds the overlay; copy it into this repository"
    )
    assert problem.split(":")[0].endswith("/kustomization.yaml")
    assert count == "1 problem"


def test_a_local_file_is_not_taken_for_a_remote_one(shell: Console) -> None:
    """Whatever its name is, and an address in an annotation is no file."""
    tool("kubectl")
    for name in ("https.yaml", "github.com.yaml", "a@b.yaml"):
        shell.write(f"overlay/{name}", APP)
        done = shell.run(
            *ONLY, overlay(shell, resources=[name], commonAnnotations={"site": "https://acme.dev/path"})
        )
        assert done.output == "1 NodeApp is fine\n"


def test_the_argument_is_a_namespace_and_a_name(shell: Console) -> None:
    """A slip there would refuse everything."""
    done = shell.run("check", "--only", "shop", "overlay")
    assert done.exit_code == 2
    assert "must be the app's namespace and name, such as shop/shop, not 'shop'" in done.output


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_template_passes(shell: Console, tmp_path: Path, environment: str) -> None:
    """Each overlay that the golden path makes."""
    tool("kubectl")
    overlay = released(EXAMPLE, environment, tmp_path)
    assert shell.run("check", "--only", "dashboard/dashboard", str(overlay)).exit_code == 0
