"""The programs of a control plane, and linters in Go, each built once into the user's cache folder.

A program that no released module gives is looked for in the folder NODEAPP_PROGRAMS.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.plane import embedded
from tests.plane.modules import MissingError, build_key, cache_folder, go

NO_METRICS = "-X=sigs.k8s.io/controller-runtime/pkg/metrics/server.DefaultBindAddress=0"
"""Crossplane's RBAC manager has no option for this: a second one would fail, as port 8080 is taken."""
FLAGS = ("-trimpath", f"-ldflags=-s -w {NO_METRICS}")
"""Small programs, the same from any folder."""

PACKAGES = {
    "etcd": ("etcd", "go.etcd.io/etcd/server/v3"),
    "kube-apiserver": ("kubernetes", "k8s.io/kubernetes/cmd/kube-apiserver"),
    "kube-controller-manager": ("kubernetes", "k8s.io/kubernetes/cmd/kube-controller-manager"),
    "kube-scheduler": ("kubernetes", "k8s.io/kubernetes/cmd/kube-scheduler"),
    "kubectl": ("kubernetes", "k8s.io/kubernetes/cmd/kubectl"),
    "kwok": ("kwok", "sigs.k8s.io/kwok/cmd/kwok"),
    "crossplane-core": ("crossplane", "github.com/crossplane/crossplane/v2/cmd/crossplane"),
    "crossplane": ("crossplane", "github.com/crossplane/cli/v2/cmd/crossplane"),
    "cloudnative-pg": ("operators", "github.com/cloudnative-pg/cloudnative-pg/cmd/manager"),
    "source-controller": ("operators", "github.com/fluxcd/source-controller"),
    "kustomize-controller": ("operators", "github.com/fluxcd/kustomize-controller"),
    "flux-operator": ("flux-operator", "github.com/controlplaneio-fluxcd/flux-operator/cmd/operator"),
    "flux-operator-cli": ("flux-operator", "github.com/controlplaneio-fluxcd/flux-operator/cmd/cli"),
    "kubeconform": ("linters", "github.com/yannh/kubeconform/cmd/kubeconform"),
    "kube-score": ("linters", "github.com/zegl/kube-score/cmd/kube-score"),
}
"""Each program's family of modules and its package."""


def program(name: str, report: Callable[[str], None] = lambda _: None) -> Path:
    """A program's path. It is built first where it isn't yet, which is reported. Raises MissingError."""
    path = find(name)
    return path or build(name, report)


def find(name: str) -> Path | None:
    """A program's path, or None where it isn't built yet. Raises MissingError where it can't be."""
    if name in PACKAGES:
        path = built_path(name)
        return path if path.exists() else None
    folder = os.environ.get("NODEAPP_PROGRAMS")
    path_there = shutil.which(name, path=folder) if folder else None
    if path_there is None:
        msg = f"no released module gives {name}, and the folder NODEAPP_PROGRAMS doesn't have it"
        raise MissingError(msg)
    return Path(path_there)


def built_path(name: str) -> Path:
    """Where a build goes. Raises MissingError where there is no Go to build with."""
    family, _ = PACKAGES[name]
    return cache_folder() / "programs" / f"{family}-{build_key(family, *FLAGS)}" / name


def build(name: str, report: Callable[[str], None]) -> Path:
    """Build a program, after whatever else is being built for this user. Raises MissingError."""
    family, package = PACKAGES[name]
    path = built_path(name)
    with one_at_a_time():
        if path.exists():
            return path
        report(f"building {name}")
        begun = time.monotonic()
        unfinished = path.with_name(f".{name}")
        flags = (*FLAGS, *(embedded.with_page(path.parent / "page") if family == embedded.FAMILY else ()))
        go(family, "build", *flags, "-o", str(unfinished), package, low_priority=True)
        unfinished.rename(path)
        report(f"built {name} in {time.monotonic() - begun:.0f} s")
    return path


def build_all(report: Callable[[str], None], names: Iterable[str] = PACKAGES) -> list[MissingError]:
    """Build programs, one after another. Returns why some can't be built."""
    missing = []
    for name in names:
        try:
            program(name, report)
        except MissingError as error:
            missing.append(error)
    return missing


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until nothing else is built: two of these at once need more memory than a small machine has."""
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
