"""nodeapp logs, shell and run find the part that is named."""

from typing import Any

import pytest

from function.cli.cluster.kubectl import ClusterError, Kubectl
from function.cli.inside.parts import App

SPEC: dict[str, Any] = {
    "team": "web",
    "backend": {},
    "workers": {"backend": {}, "mail": {}, "clean-up": {}},
    "jobs": {"mail": {}, "report": {}},
}


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> App:
    """An app whose worker is called as its backend, and whose job as a worker."""
    claim = {"metadata": {"name": "shop", "namespace": "shop"}, "spec": SPEC}
    monkeypatch.setattr(Kubectl, "get", lambda *_: claim)
    return App(Kubectl("shop"), "shop")


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("backend", "backend"),
        ("worker-backend", "worker-backend"),
        ("clean-up", "worker-clean-up"),
        ("report", "job-report"),
        ("job-mail", "job-mail"),
    ],
)
def test_a_part_has_its_own_name_before_others(app: App, asked: str, part: str) -> None:
    """A worker that is called backend doesn't hide the backend."""
    assert app.part(asked) == part


def test_a_name_of_two_parts_says_what_to_write(app: App) -> None:
    """It isn't said that there is no such part."""
    with pytest.raises(ClusterError) as error:
        app.part("mail")
    assert error.value.message == "mail may be worker-mail or job-mail; name one of them"


@pytest.mark.parametrize("asked", ["frontend", "up", ""])
def test_a_name_of_no_part_lists_the_parts(app: App, asked: str) -> None:
    """The end of a name is no name."""
    with pytest.raises(ClusterError) as error:
        app.part(asked)
    assert error.value.message.startswith(f"shop has no part {asked}; it has backend, worker-backend, ")
