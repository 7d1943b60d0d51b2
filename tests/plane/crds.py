"""The CRDs of others: from the modules of their releases, else from the folder NODEAPP_CRDS."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.plane.modules import MissingError, cache_folder, module_folder, pin_key

FLUX = "v2.9.4"
"""Flux Operator's module carries all of Flux's CRDs, by Flux's release."""


class Source(NamedTuple):
    """A folder of YAML files in a module, and the wanted kinds in the plural: all where none is named."""

    family: str
    module: str
    folder: str
    kinds: tuple[str, ...] = ()

    @property
    def place(self) -> Path:
        """Where its CRDs are kept, one a file."""
        key = pin_key(self.family, self.module, self.folder, *self.kinds)
        return cache_folder() / "crds" / f"{self.family}-{key}"


SOURCES = (
    Source("crossplane", "github.com/crossplane/crossplane/v2", "cluster/crds"),
    Source("operators", "github.com/cloudnative-pg/cloudnative-pg", "config/crd/bases"),
    Source("crds", "github.com/cloudnative-pg/plugin-barman-cloud", "config/crd/bases"),
    Source("crds", "sigs.k8s.io/gateway-api", "config/crd/standard", ("gateways", "httproutes")),
    Source(
        "crds",
        "github.com/prometheus-operator/prometheus-operator",
        "example/prometheus-operator-crd",
        ("podmonitors", "prometheusrules", "servicemonitors"),
    ),
    Source("crds", "github.com/external-secrets/external-secrets", "config/crds/bases", ("externalsecrets",)),
    Source("operators", "github.com/fluxcd/source-controller", "config/crd/bases"),
    Source("operators", "github.com/fluxcd/kustomize-controller", "config/crd/bases"),
    Source("flux-operator", "github.com/controlplaneio-fluxcd/flux-operator", "config/crd/bases"),
    Source("flux-operator", "github.com/controlplaneio-fluxcd/flux-operator", f"config/data/flux/{FLUX}"),
)


def collect() -> list[MissingError]:
    """Bring the CRDs of all modules into the user's cache folder. Returns why some can't be had."""
    missing = []
    for source in SOURCES:
        try:
            if not source.place.exists():
                write(source)
        except MissingError as error:
            missing.append(error)
    return missing


def write(source: Source) -> None:
    """Write a source's CRDs, one a file. The folder appears when it is whole. Raises MissingError."""
    files = sorted((module_folder(source.family, source.module) / source.folder).glob("*.yaml"))
    source.place.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=source.place.parent) as temporary:
        unfinished = Path(temporary) / "crds"
        unfinished.mkdir()
        for name, crd in documents(files):
            if not source.kinds or name.partition(".")[0] in source.kinds:
                (unfinished / f"{name}.yaml").write_text(crd)
        with suppress(OSError):  # Another process was faster.
            unfinished.rename(source.place)


def documents(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """The CRDs in files, each with its name, as they are written there.

    They aren't parsed: PyYAML fails on a plain `=`, which some CRDs have that nobody here wants.
    """
    for file in files:
        for document in re.split(r"(?m)^---.*\n", file.read_text()):
            if re.search(r"(?m)^kind: CustomResourceDefinition$", document):
                [name] = re.findall(r"(?m)^  name: (\S+)$", document)
                yield name, document


@cache
def known() -> dict[str, Path]:
    """The files of all CRDs that are on this machine already, by the CRD's name. Downloads nothing."""
    files: dict[str, Path] = {}
    for source in SOURCES:
        files = {file.stem: file for file in source.place.glob("*.yaml")} | files
    folder = os.environ.get("NODEAPP_CRDS")
    others = sorted(Path(folder).glob("*.yaml")) if folder else []
    return {name: file for file in others for name, _ in documents([file])} | files
