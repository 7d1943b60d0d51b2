"""nodeapp check --only: whatever a deploy repository is made of, it may bring in the app alone."""

from pathlib import Path

import pytest
import yaml

from tests.console import Console
from tests.tools import tool

APP = """\
apiVersion: platform.io/v1
kind: NodeApp
metadata: {name: shop}
spec: {team: web, frontend: {image: "ghcr.io/acme/shop:1.0"}}
"""
OTHER = "apiVersion: v1\nkind: Secret\nmetadata: {name: other}\n"
LIST = f"apiVersion: v1\nkind: List\nitems:\n- {OTHER.strip().replace(chr(10), chr(10) + '  ')}\n"
CRD = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a.acme.dev}\n"
ONLY = ("check", "--only", "shop/shop", "overlay")
OTHERS = "Flux may write NodeApp shop/shop and nothing else of this repository"

FOREIGN: dict[str, tuple[dict[str, object], str]] = {
    "a list": ({"resources": ["app.yaml", "list.yaml"]}, f"Secret is refused: {OTHERS}"),
    "a CRD": ({"resources": ["app.yaml", "crd.yaml"]}, f"CustomResourceDefinition is refused: {OTHERS}"),
    "a component": ({"components": ["../component"]}, f"Secret is refused: {OTHERS}"),
    "a ConfigMap that is generated": (
        {"configMapGenerator": [{"name": "other", "literals": ["a=b"]}]},
        f"ConfigMap is refused: {OTHERS}",
    ),
    "a Secret that is generated": (
        {"secretGenerator": [{"name": "other", "literals": ["a=b"]}]},
        f"Secret is refused: {OTHERS}",
    ),
    "an object by a plugin": (
        {"generators": ["apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: other}\n"]},
        f"ConfigMap is refused: {OTHERS}",
    ),
    "another name by a prefix": ({"namePrefix": "a-"}, f"metadata.name: must be shop: {OTHERS}"),
    "another name by a patch": (
        {
            "patches": [
                {
                    "target": {"kind": "NodeApp"},
                    "options": {"allowNameChange": True},
                    "patch": "- {op: replace, path: /metadata/name, value: other}",
                }
            ]
        },
        f"metadata.name: must be shop: {OTHERS}",
    ),
    "a chart": ({"helmCharts": [{"name": "a", "repo": "./charts"}]}, "kustomize"),
}


@pytest.fixture(autouse=True)
def files(shell: Console) -> None:
    """What the overlays are made of."""
    tool("kubectl")
    for name, content in {"app": APP, "list": LIST, "crd": CRD}.items():
        shell.write(f"overlay/{name}.yaml", content)
    shell.write("component/secret.yaml", OTHER)
    component = {
        "apiVersion": "kustomize.config.k8s.io/v1alpha1",
        "kind": "Component",
        "resources": ["secret.yaml"],
    }
    shell.write("component/kustomization.yaml", yaml.safe_dump(component))


def check(shell: Console, **kustomization: object) -> tuple[int, str]:
    """The exit code, and what is printed."""
    content = {"resources": ["app.yaml"], "namespace": "shop"} | kustomization
    shell.write("overlay/kustomization.yaml", yaml.safe_dump(content))
    done = shell.run(*ONLY)
    return done.exit_code, done.output


@pytest.mark.parametrize("what", FOREIGN)
def test_the_app_alone_may_come_out_of_an_overlay(shell: Console, what: str) -> None:
    """Whichever feature of kustomize brings something else in."""
    kustomization, sentence = FOREIGN[what]
    code, said = check(shell, **kustomization)
    assert code != 0
    assert sentence in said


@pytest.mark.parametrize("part", ["annotations", "labels"])
@pytest.mark.parametrize("word", ["force: enabled", "ssa: Ignore", "reconcile: disabled", "prune: disabled"])
def test_a_repository_may_not_tell_flux_how_to_apply_it(shell: Console, part: str, word: str) -> None:
    """By force, a commit that is refused would delete the app; by others, a green commit isn't applied."""
    key, _, value = word.partition(": ")
    metadata = f"{{name: shop, {part}: {{kustomize.toolkit.fluxcd.io/{key}: {value}}}}}"
    shell.write("overlay/app.yaml", APP.replace("{name: shop}", metadata))
    code, said = check(shell)
    assert code == 1
    assert f"metadata.{part}.kustomize.toolkit.fluxcd.io/{key}: is refused: only the fleet tells Flux" in said
    assert "overlay/app.yaml:3:" in said


def test_a_word_that_kustomize_adds_is_found_too(shell: Console) -> None:
    """It is in no object as it is written."""
    code, said = check(shell, commonAnnotations={"kustomize.toolkit.fluxcd.io/force": "enabled"})
    assert (code, said.count("is refused")) == (1, 1)


@pytest.mark.parametrize("kind", ["file", "folder", "file of a folder", "file of a generator", "patch"])
def test_a_symbolic_link_is_refused(shell: Console, kind: str) -> None:
    """Kustomize follows it here, and Flux leaves it out of what it fetches: the commit would be red."""
    overlay, elsewhere = Path("overlay"), Path("component")
    (elsewhere / "app.yaml").write_text(APP)
    (overlay / "link.yaml").symlink_to("../component/app.yaml")
    (overlay / "link").symlink_to("../component")
    kustomization: dict[str, dict[str, object]] = {
        "file": {"resources": ["link.yaml"]},
        "folder": {"components": ["link"]},
        "file of a folder": {"resources": ["link/app.yaml"]},
        "file of a generator": {"configMapGenerator": [{"name": "a", "files": ["a=link.yaml"]}]},
        "patch": {"patches": [{"path": "link.yaml"}]},
    }
    code, said = check(shell, **kustomization[kind])
    assert code == 1
    assert "is a symbolic link, which Flux leaves out of a repository" in said
    assert "kustomization.yaml:" in said
