"""nodeapp schema: JSON Schemas for editors and other programs."""

import json
from pathlib import Path
from typing import Any

import click

from function.cli import json_schemas
from function.cli.sources import UnusableError


@click.command("schema")
@click.argument("kind", type=click.Choice(list(json_schemas.KINDS), case_sensitive=False), required=False)
@click.option(
    "--write", metavar="DIR", help="Write the schemas of all kinds below DIR, as kubeconform looks for them."
)
def command(*, kind: str | None, write: str | None) -> None:
    """Print the JSON Schema of KIND: NodeApp (the default), XNodeApp or Platform.

    An editor with yaml-language-server completes and checks a file by it, if the file has this line:
    # yaml-language-server: $schema=PATH-OR-URL

    --write writes GROUP/KIND_VERSION.json for each kind, the layout of kubeconform and of Datree's catalog.
    A schema knows types, names and bounds. nodeapp check knows the rules between fields and the policy too.

    The exit code is 0, and 2 if DIR can't be written.

    \b
    Examples:
      nodeapp schema > nodeapp.json
      nodeapp schema Platform
      nodeapp schema --write schemas
      kubeconform -schema-location 'schemas/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json' apps/
    """  # noqa: D301  # click reads \b as "leave these lines as they are".
    if write is None:
        click.echo(dumped(json_schemas.schema(kind or next(iter(json_schemas.KINDS)))), nl=False)
        return
    for each in [kind] if kind else json_schemas.KINDS:
        path = Path(write, json_schemas.file(each))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dumped(json_schemas.schema(each)), encoding="utf-8", newline="\n")
        except OSError as error:
            raise UnusableError(path, (error.strerror or str(error)).lower()) from error


def dumped(schema: dict[str, Any]) -> str:
    """A schema as a file has it."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
