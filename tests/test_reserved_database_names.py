"""A database whose name PostgreSQL or CloudNativePG reserves is refused before anything is made of it."""

from pathlib import Path

import pytest

from tests.console import Console

APP = """\
apiVersion: platform.io/v1
kind: NodeApp
metadata: {{name: {name}, namespace: shop}}
spec: {{team: t, backend: {{image: 'a:1'}}, database: {database}}}
"""


def check(folder: Path, name: str, database: str) -> str:
    """What `nodeapp check` says of an app with a database."""
    (folder / "app.yaml").write_text(APP.format(name=name, database=database))
    return Console().run("check", str(folder / "app.yaml")).stdout


@pytest.mark.parametrize("name", ["postgres", "public", "none", "template1", "pg-stats"])
def test_the_name_of_an_app_may_make_no_database(tmp_path: Path, name: str) -> None:
    """An app that is called like this has to write another name for its database."""
    made = name.replace("-", "_")
    said = f"spec.database.name: must be written: the app's own would make it {made}, a name that PostgreSQL"
    assert said in check(tmp_path, name, "{version: 18}")
    assert check(tmp_path, name, "{version: 18, name: app}") == "1 NodeApp is fine\n"
