"""An operator's admission webhooks, registered by URL: no traffic goes through Services here."""

from pathlib import Path

import yaml

from tests.plane.plane import Plane


def register(plane: Plane, manifests: Path, server: str, *, prefix: str = "") -> None:
    """Apply webhook configurations as a release has them, but for where the webhooks are.

    `server` is host:port, with the certificate of the plane's operators. The prefix keeps names of several
    operators apart.
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
    plane.cluster.apply(*configurations)
