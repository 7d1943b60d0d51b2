"""What is said of an app that isn't in a namespace."""

from typing import Any

import pytest

from function.cli.cluster.claims import absent
from function.cli.cluster.kubectl import Kubectl


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (["shop"], "; did you mean shop?"),
        (["crm", "billing"], "; it has billing, crm"),
        ([], "; kubectl get nodeapps.platform.io -A --context=prod lists those of all namespaces"),
    ],
)
def test_an_absent_app_leads_to_those_that_are_there(
    there: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nearest name, else all names of the namespace, else a command that runs as it is printed."""

    def get(_: Kubectl, *_arguments: str) -> dict[str, Any]:
        return {"items": [{"metadata": {"name": name}} for name in there]}

    monkeypatch.setattr(Kubectl, "get", get)
    monkeypatch.setattr("shutil.which", lambda program: program)

    error = absent(Kubectl("team-a", "prod"), "shopp")

    assert str(error) == f"NodeApp shopp isn't in namespace team-a{said}"
