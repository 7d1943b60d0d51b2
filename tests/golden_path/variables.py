"""The variables that a kubelet gives to a container (makeEnvironmentVariables in pkg/kubelet)."""

import re
from collections.abc import Mapping
from typing import Any

from tests.golden_path.volumes import Node

Manifest = Mapping[str, Any]
REFERENCE = re.compile(r"\$(\$|\(([^)]*)\))")


def variables(node: Node, container: Manifest) -> dict[str, str]:
    """Whole ConfigMaps and Secrets first, then `env` in its order: a reference reaches what stands before."""
    given: dict[str, str] = {}
    for source in container.get("envFrom") or ():
        name = (source.get("secretRef") or source["configMapRef"])["name"]
        given |= (node.secrets if "secretRef" in source else node.config_maps)[name]
    for variable in container["env"]:
        key = variable.get("valueFrom", {}).get("secretKeyRef")
        value = node.secrets[key["name"]][key["key"]] if key else replaced(variable["value"], given)
        given[variable["name"]] = value
    return given


def replaced(text: str, given: Mapping[str, str]) -> str:
    """A text in which $(NAME) is replaced by what is given, $$ by $, and any other reference stays."""

    def one(found: re.Match[str]) -> str:
        return "$" if found[1] == "$" else given.get(found[2], found[0])

    return REFERENCE.sub(one, text)
