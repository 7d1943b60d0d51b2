"""An operator's admission webhooks, registered by URL: no traffic goes through Services here."""

from pathlib import Path
from typing import Any

import yaml

from tests.plane.plane import Plane


def register(
    plane: Plane, manifests: Path, server: str, *, prefix: str = "", namespaces: tuple[str, ...] = ()
) -> None:
    """Apply webhook configurations as a release has them, but for where the webhooks are.

    `server` is host:port, with the certificate of the plane's operators. The prefix keeps names of several
    operators apart. Where namespaces are named, objects elsewhere aren't judged.
    """
    configurations = list(filter(None, yaml.safe_load_all(manifests.read_text())))
    for configuration in configurations:
        configuration["metadata"]["name"] = prefix + configuration["metadata"]["name"]
        for webhook in configuration["webhooks"]:
            path = webhook["clientConfig"]["service"]["path"]
            webhook["clientConfig"] = {
                "url": f"https://{server}{path}",
                "caBundle": plane.ca_bundle("operators"),
            }
            if namespaces:
                webhook["namespaceSelector"] = named(namespaces)
    plane.cluster.apply(*configurations)


def named(namespaces: tuple[str, ...]) -> dict[str, Any]:
    """The selector of namespaces by name."""
    label = "kubernetes.io/metadata.name"
    return {"matchExpressions": [{"key": label, "operator": "In", "values": list(namespaces)}]}
