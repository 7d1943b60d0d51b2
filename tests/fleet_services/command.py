"""How the pods of the fleet's services start."""

from pathlib import Path

import yaml

from tests.generate import ROOT

SERVICES = ROOT / "example" / "flux" / "services"
"""The folder with their code."""
COMPONENTS = ROOT / "example" / "flux" / "components"
START = "import sys; from fleet_services.main import cli; cli()"


def arguments(service: str) -> list[str]:
    """What the manifest starts a service with."""
    for item in yaml.safe_load_all((COMPONENTS / service / "deployment.yaml").read_text()):
        if item["kind"] == "Deployment":
            [container] = item["spec"]["template"]["spec"]["containers"]
            return list(container["args"])
    raise AssertionError(service)


def account_in(folder: Path, token: str, ca: str) -> Path:
    """A service account's folder, as a pod has it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "token").write_text(token)
    (folder / "ca.crt").write_text(ca)
    return folder
