"""Folders and files of a part's containers: scratch folders, and files from ConfigMaps and Secrets."""

from collections.abc import Sequence
from dataclasses import dataclass

from function.api.files import File
from function.effective import EffectiveProcess
from function.place import Manifest

NOT_FOR_OTHERS = 0o440
"""Mode of files from Secrets: for root and the process's group. ssh refuses a key that others can read."""


@dataclass(frozen=True, slots=True)
class Folders:
    """What containers mount, and the volumes of their pod."""

    mounts: Sequence[Manifest]
    volumes: Sequence[Manifest]


def folders(process: EffectiveProcess, resources: Manifest) -> Folders:
    """The folders that can be written to, and the files.

    The kubelet evicts a pod that writes more into a folder than its limit of ephemeral-storage, before it
    fills the node's disk.
    """
    paths = {"tmp": "/tmp"} | {f"writable-{index}": path for index, path in enumerate(process.writable)}  # noqa: S108  # The pod's own.
    size = resources["limits"]["ephemeral-storage"]
    files = sorted(process.files.items())
    sources = {file_source(file): f"files-{index}" for index, (_, file) in enumerate(files)}
    return Folders(
        [
            *({"name": volume, "mountPath": path} for volume, path in paths.items()),
            *(mount(path, file, sources[file_source(file)]) for path, file in files),
        ],
        [
            *({"name": volume, "emptyDir": {"sizeLimit": size}} for volume in paths),
            *(
                volume_of(
                    volume, source, sorted({file.key for _, file in files if file_source(file) == source})
                )
                for source, volume in sources.items()
            ),
        ],
    )


def file_source(file: File) -> tuple[str, str]:
    """The kind of object that has a file, and its name."""
    return ("secret", file.secret) if file.secret else ("configMap", file.config_map or "")


def mount(path: str, file: File, volume: str) -> Manifest:
    """One file, mounted alone: the image's other files in that folder stay visible."""
    return {"name": volume, "mountPath": path, "subPath": file.key, "readOnly": True}


def volume_of(name: str, source: tuple[str, str], keys: Sequence[str]) -> Manifest:
    """The volume of an object, with the keys that become files and no others."""
    kind, object_name = source
    items = [{"key": key, "path": key} for key in keys]
    if kind == "secret":
        return {
            "name": name,
            "secret": {"secretName": object_name, "items": items, "defaultMode": NOT_FOR_OTHERS},
        }
    return {"name": name, "configMap": {"name": object_name, "items": items}}
