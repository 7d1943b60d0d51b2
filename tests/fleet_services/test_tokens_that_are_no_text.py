"""A file with a token that is no text is said so, and is taken for none."""

from pathlib import Path

import pytest

from fleet_services.discovery.web import allowed
from fleet_services.kubernetes import Kubernetes, KubernetesError


def test_nobody_has_a_token_that_is_no_text(tmp_path: Path) -> None:
    """The caller is refused, and doesn't make the service fail."""
    token = tmp_path / "token"
    token.write_bytes(b"\xff\xfe")
    assert not allowed("Bearer x", token)


def test_a_service_account_whose_token_is_no_text(tmp_path: Path) -> None:
    """It is an error of the cluster's, after which the service tries again."""
    (tmp_path / "token").write_bytes(b"\xff\xfe")
    with pytest.raises(KubernetesError, match="the service account's token can't be read"):
        Kubernetes("http://127.0.0.1:1", tmp_path).get("/api")
