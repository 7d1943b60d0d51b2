"""Write every generated file anew: `uv run python -m tests.generate`. A test fails while one is stale."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from function.cli import json_schemas
from function.cli.schema import dumped as dumped_schema
from package import argo_cd, conditions, health, reference
from package import generate as schema
from tests import arguments, field_shapes, golden, render_example
from tests.examples import examples as of_fields
from tests.examples import of_status
from tests.pictures import pictures

ROOT = Path(__file__).parent.parent
NOTICE = "# Generated from the models in function/ by: uv run python -m tests.generate\n"


class ReadableDumper(yaml.SafeDumper):
    """Writes YAML as people do: no anchors, and list items indented."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # PyYAML's signature.
        """Write out what is there twice."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Indent lists below their key."""
        super().increase_indent(flow, False)  # noqa: FBT003  # PyYAML's signature.


def dumped(document: Any) -> str:
    """A document as YAML, its keys in the order given."""
    return yaml.dump(document, Dumper=ReadableDumper, sort_keys=False, width=110, allow_unicode=True)


def generated() -> Iterator[tuple[Path, str]]:
    """Each generated file and what it should say."""
    package = ROOT / "package"
    yield package / "classic" / "definition.yaml", NOTICE + dumped(schema.classic())
    yield package / "modern" / "definition.yaml", NOTICE + dumped(schema.modern())
    yield package / "install" / "platform-crd.yaml", NOTICE + dumped(schema.platform_crd())
    yield package / "function" / "input" / "inputs.yaml", NOTICE + dumped(schema.input_crd())
    yield ROOT / "example" / "flux" / "health" / "health.yaml", NOTICE + dumped(health.config_map())
    yield ROOT / "example" / "argo-cd" / "health.yaml", NOTICE + argo_cd.config_map()
    yield ROOT / "function" / "shapes.json", field_shapes.shapes()
    of_spec, of_platform = of_fields()
    yield ROOT / "docs" / "nodeapp.md", reference.nodeapp(of_spec)
    reasons = yaml.safe_load((ROOT / "docs" / "reasons.yaml").read_text())
    yield ROOT / "docs" / "conditions.md", conditions.page(reasons)
    yield ROOT / "docs" / "status.md", reference.status(of_status())
    yield ROOT / "docs" / "platform.md", reference.platform(of_platform)
    for kind in json_schemas.KINDS:
        yield ROOT / "schemas" / json_schemas.file(kind), dumped_schema(json_schemas.schema(kind))


def examples() -> Iterator[tuple[Path, str]]:
    """What the example looks like to Crossplane's own render, and what each file should say."""
    folder = ROOT / "example"
    nodeapp, platform = ((folder / f"{name}.yaml").read_text() for name in ("nodeapp", "platform"))
    world = render_example.settled(nodeapp, platform)
    notice = "# Generated from ../nodeapp.yaml by: uv run python -m tests.generate\n"
    yield folder / "render" / "xr.yaml", notice + dumped(render_example.composite(world))
    objects = render_example.observed(world)
    yield folder / "render" / "observed.yaml", notice + "---\n".join(map(dumped, objects))


def goldens() -> Iterator[tuple[Path, str]]:
    """Each golden and what it should say."""
    for path in sorted(golden.CASES.glob("*.yaml")):
        yield path, golden.given(path) + "---\n" + dumped(golden.played(path))


def main() -> None:
    """Write all that is stale, and say which."""
    # One after another: a picture shows what the command says about a file that is written just before.
    for path, text in chain(generated(), examples(), goldens(), pictures()):
        if not path.exists() or path.read_text() != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            print(f"wrote {path.relative_to(ROOT)}")  # noqa: T201  # A command's output.


if __name__ == "__main__":
    arguments.none("tests.generate", __doc__)
    main()
