"""nodeapp logs, shell and psql reach a database that is kept after it was taken out of the NodeApp."""

from typing import Any

import pytest

from function.cli.cluster.kubectl import Kubectl
from function.cli.inside.parts import App

SPEC: dict[str, Any] = {"team": "web", "backend": {}}


@pytest.mark.parametrize(
    ("status", "parts"),
    [
        ({"database": {"name": "shop"}}, ["backend", "database"]),
        ({}, ["backend"]),
    ],
)
def test_a_database_that_is_kept_is_a_part(
    status: dict[str, Any], parts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that is held under Retain can be looked into: its status says that it is there."""
    claim = {"metadata": {"name": "shop", "namespace": "shop"}, "spec": SPEC, "status": status}
    monkeypatch.setattr(Kubectl, "get", lambda *_: claim)

    assert App(Kubectl("shop"), "shop").parts == parts
