"""A problem of what kustomize builds is shown in the file that wrote it, with its line."""

from tests.console import Console
from tests.tools import tool

BASE = """\
apiVersion: platform.io/v1
kind: NodeApp
metadata: {name: shop}
spec:
  team: shop-team
  backend:
    image: ghcr.io/acme/shop:1.0
    port: 3001
    paths: [/api, /hooks]
"""
PATCH = "apiVersion: platform.io/v1\nkind: NodeApp\nmetadata: {name: shop}\nspec:\n"
BUILT = "namespace: shop\nresources: [../../base]\npatches:\n  - path: sizing.yaml\n"


def check(
    shell: Console, base: str = BASE, *, patch: str = "  environment: prod\n", built: str = BUILT
) -> list[str]:
    """The places of the problems of two overlays, both with the patch."""
    tool("kubectl")
    shell.write("base/nodeapp.yaml", base)
    shell.write("base/kustomization.yaml", "resources: [nodeapp.yaml]\n")
    for environment in ("dev", "prod"):
        shell.write(f"overlays/{environment}/sizing.yaml", PATCH + patch)
        shell.write(f"overlays/{environment}/kustomization.yaml", built)
    lines = shell.run("check", "overlays/dev", "overlays/prod").output.splitlines()
    return [line.split(": ")[0] for line in lines[:-1]]


def test_an_error_in_base_is_in_bases_file(shell: Console) -> None:
    """A value, an item, an unknown key and a missing field: the same lines for each overlay."""
    base = (
        BASE.replace("  team: shop-team\n", "")
        .replace("3001", "80")
        .replace("/hooks]", "hooks]\n    prot: 1")
    )
    lines = ["4:1", "7:5", "8:19", "9:5"]
    assert sorted(check(shell, base)) == sorted(f"base/nodeapp.yaml:{line}" for line in lines * 2)


def test_an_error_in_an_overlay_is_in_the_overlays_file(shell: Console) -> None:
    """In the patch that wrote the value last."""
    places = ["overlays/dev/sizing.yaml:6:5", "overlays/prod/sizing.yaml:6:5"]
    assert check(shell, patch="  backend:\n    port: 443\n") == places
    assert check(shell, BASE.replace("3001", "80"), patch="  backend:\n    port: 443\n") == places


def test_what_the_kustomization_sets_is_its_own(shell: Console) -> None:
    """A patch within it has no file, and its value is in no other."""
    edit = "{op: replace, path: /spec/backend/port, value: 80}"
    inline = f"  - patch: |\n      - {edit}\n    target: {{kind: NodeApp}}\n"
    places = ["overlays/dev/kustomization.yaml", "overlays/prod/kustomization.yaml"]
    assert check(shell, built=BUILT + inline) == places


def test_components_and_former_keys_are_followed(shell: Console) -> None:
    """A component's patch, and one by the key of former versions of kustomize."""
    shell.write("more/port.yaml", PATCH + "  backend:\n    port: 80\n")
    shell.write(
        "more/kustomization.yaml",
        "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatchesStrategicMerge: [port.yaml]\n",
    )
    assert check(shell, built=BUILT + "components: [../../more]\n") == ["more/port.yaml:6:5"] * 2
