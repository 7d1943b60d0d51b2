"""What a kubelet mounts into a container: scratch folders, and keys of ConfigMaps and Secrets as files."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.golden_path.base_images import Mount

Manifest = Mapping[str, Any]
UNITS = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30}


@dataclass(frozen=True, slots=True)
class Node:
    """What a pod finds on its node and in its namespace."""

    folder: Path
    """For files of volumes, and logs."""
    secrets: Mapping[str, Mapping[str, str]]
    """Name → key → value."""
    config_maps: Mapping[str, Mapping[str, str]]
    """Name → key → value."""


def mounts(node: Node, pod: Manifest, container: Manifest) -> Iterator[Mount]:
    """What a container's spec mounts, at the paths that it names."""
    volumes = {volume["name"]: volume for volume in pod["volumes"]}
    for mount in container["volumeMounts"]:
        volume, path = volumes[mount["name"]], mount["mountPath"]
        if "emptyDir" in volume:
            # A kubelet evicts a pod that writes more than the limit. Here the write itself fails.
            size = ("--size", str(in_bytes(volume["emptyDir"]["sizeLimit"])))
            yield (*size, "--perms", "1777", "--tmpfs", path)
            continue
        files = written(node, pod, volume)
        single = mount.get("subPath")
        for item, file in files.items():
            if single is None:
                yield ("--ro-bind", str(file), f"{path}/{item}")
            elif single == item:
                yield ("--ro-bind", str(file), path)


def written(node: Node, pod: Manifest, volume: Manifest) -> dict[str, Path]:
    """The files of a volume, by their path in it: with the volume's mode, and the pod's group."""
    source = volume.get("secret") or volume["configMap"]
    objects = node.secrets if "secret" in volume else node.config_maps
    content = objects[source.get("secretName") or source["name"]]
    folder = node.folder / volume["name"]
    folder.mkdir(exist_ok=True)
    files = {}
    for item in source["items"]:
        file = files[item["path"]] = folder / item["path"]
        file.unlink(missing_ok=True)
        file.write_text(content[item["key"]])
        os.chown(file, 0, pod["securityContext"]["fsGroup"])
        file.chmod(source.get("defaultMode", 0o644))
    return files


def in_bytes(quantity: str) -> int:
    """A quantity of memory in bytes."""
    return int(quantity[:-2]) * UNITS[quantity[-2:]]
