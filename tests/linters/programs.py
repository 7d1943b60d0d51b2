"""The linters, run on the files of the goldens' objects. None of them uses the network.

kubeconform and kube-score are built of their modules' releases. trivy is in the dependency group `linters`.
"""

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.linters import kubernetes_schemas
from tests.linters.finding import Finding
from tests.schemas import KUBERNETES
from tests.tools import tool

FULL_MARKS = 10
"""kube-score's grade of what it has nothing against. 5 is a warning and 1 is critical: both count here."""
OPTIONAL_CHECKS = ("container-ports-check", "container-seccomp-profile")
"""What kube-score checks only if it is asked. The others of these want requests to equal limits, which gives
a burst no room: only a database needs that."""


def kubeconform(files: Sequence[Path]) -> Iterator[Finding]:
    """Unknown fields, values of a wrong type, kinds without a schema. Raises MissingError."""
    with TemporaryDirectory() as schemas:
        location = kubernetes_schemas.write(Path(schemas))
        options = ("-strict", "-output", "json", "-schema-location", location)
        report = output(tool("kubeconform"), *options, *map(str, files))
    for each in report["resources"]:
        where = f"{Path(each['filename']).stem}: {each['name']}"
        details = [f"{one['path']}: {one['msg']}" for one in each.get("validationErrors", ())]
        for message in details or [each["msg"]]:
            yield Finding("schema", where, message)


def kube_score(files: Sequence[Path]) -> Iterator[Finding]:
    """What kube-score has against the objects of an app, which it looks at together."""
    optional = [f"--enable-optional-test={check}" for check in OPTIONAL_CHECKS]
    version = f"--kubernetes-version=v{KUBERNETES.rpartition('.')[0]}"
    command = (tool("kube-score"), "score", "--output-format=json", version, *optional)
    for file in files:
        for each in output(*command, str(file)):
            where = f"{file.stem}: {each['object_meta']['name']}"
            for check in each["checks"] or ():
                if not check["skipped"] and check["grade"] < FULL_MARKS:
                    for comment in check["comments"]:
                        message = f"{comment['path']}: {comment['summary']}".removeprefix(": ")
                        yield Finding(check["check"]["id"], where, message)


def trivy(files: Sequence[Path]) -> Iterator[Finding]:
    """What trivy's built-in checks have against the objects: it would download newer ones if it were let."""
    path = shutil.which("trivy")
    if path is None:
        pytest.skip("trivy isn't installed: uv run --group linters pytest tests/linters")
    offline = ("--skip-check-update", "--skip-version-check")
    for folder in {file.parent for file in files}:
        report = output(path, "config", "--quiet", "--format=json", *offline, str(folder))
        for result in report.get("Results", ()):
            for each in result.get("Misconfigurations", ()):
                yield Finding(each["ID"], Path(result["Target"]).stem, each["Message"])


def output(*command: str) -> Any:
    """The JSON that a linter prints. It may exit 1 because it found something."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # Ours.
    try:
        return json.loads(done.stdout)
    except ValueError:
        pytest.fail(f"{command[0]} exits {done.returncode} without a report: {done.stderr}")


LINTERS = {"kubeconform": kubeconform, "kube-score": kube_score, "trivy": trivy}
"""Each linter by its name in reasons.yaml."""
