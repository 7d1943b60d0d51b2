"""A console to try nodeapp in: what one types, and what comes back."""

import textwrap
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner, Result

from function.cli import cli
from function.cli.snapshot import KEY

NODEAPP = """\
apiVersion: platform.io/v1
kind: NodeApp
metadata:
  name: shop
  namespace: shop
spec:
  team: web
  frontend:
    image: ghcr.io/acme/shop:1.0
"""

PLATFORM = """\
apiVersion: nodeapp.platform.io/v1beta1
kind: Platform
metadata:
  name: default
spec:
  domain: apps.example.com
  profiles:
    staging: {replicas: 1}
"""

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


class Console:
    """Writes files below the working directory and runs nodeapp there."""

    def write(self, path: str, content: str | bytes) -> str:
        """A file, and its name."""
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else textwrap.dedent(content).encode()
        Path(path).write_bytes(data)
        return path

    def run(self, *arguments: str, stdin: str | None = None) -> Result:
        """What nodeapp says. What it doesn't catch is raised here."""
        return CliRunner().invoke(cli, arguments, input=stdin, catch_exceptions=False)

    def objects(self, *arguments: str, stdin: str | None = None) -> list[Any]:
        """What render prints, read."""
        done = self.run("render", *arguments, stdin=stdin)
        assert done.exit_code == 0, done.stderr
        return list(yaml.safe_load_all(done.stdout))


def head(
    api_version: str = "platform.io/v1", kind: str = "NodeApp", metadata: str = "metadata: {name: shop}"
) -> str:
    """A NodeApp with a beginning of one's own, one line each."""
    return f"apiVersion: {api_version}\nkind: {kind}\n{metadata}\nspec: {{team: web, frontend: {{}}}}\n"


def spec(body: str, name: str = "shop") -> str:
    """A NodeApp with a spec of one's own."""
    head = f"apiVersion: platform.io/v1\nkind: NodeApp\nmetadata: {{name: {name}, namespace: shop}}\nspec:\n"
    return head + textwrap.indent(textwrap.dedent(body), "  ")


def platform(spec: str) -> str:
    """A Platform with a spec of one's own, in braces."""
    return (
        "apiVersion: nodeapp.platform.io/v1beta1\nkind: Platform\nmetadata: {name: default}\n"
        f"spec: {spec}\n"
    )


def by_key(objects: list[Any]) -> dict[str, Any]:
    """Composed objects by key."""
    return {each["metadata"]["annotations"][KEY]: each for each in objects[1:]}


def conditions(xr: Any) -> dict[str, Any]:
    """An XR's conditions by type."""
    return {condition["type"]: condition for condition in xr["status"]["conditions"]}
