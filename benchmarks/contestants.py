"""The contestants: this function, an empty one with the same SDK, and function-pythonic."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf import json_format

CACHE = Path(__file__).parent / ".cache"
"""Folder for the environments of other functions. Git ignores it."""
PYTHONIC = "crossplane-function-pythonic==0.6.3"
SCRIPT = """\
import json
from crossplane.pythonic import BaseComposite

OBJECTS = json.loads({objects!r})


class App(BaseComposite):
    async def compose(self):
        for key, manifest in OBJECTS.items():
            self.resources[key] = manifest
"""
"""A script that makes function-pythonic desire the same objects, without any logic."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """A function to serve."""

    name: str
    command: tuple[str, ...]
    """The command that serves it, without the address."""
    input: str = ""
    """Input of its step: function-pythonic's script."""

    def asked(self, request: fnv1.RunFunctionRequest) -> bytes:
        """A request to this contestant, encoded."""
        copy = fnv1.RunFunctionRequest()
        copy.CopyFrom(request)
        if self.input:
            copy.input.update({"composite": self.input})
        return copy.SerializeToString()


OURS = Contestant("function-nodeapp", (sys.executable, "-m", "function.main", "--insecure"))
EMPTY = Contestant(
    "empty", (sys.executable, "-m", "benchmarks.empty", "--insecure", "--max-grpc-message-size", "16")
)


def pythonic(objects: Mapping[str, Any]) -> Contestant | None:
    """function-pythonic, desiring these objects. None if it can't be installed: it needs Python 3.13."""
    environment = CACHE / "pythonic"
    program = environment / "bin" / "function-pythonic"
    if not program.exists():
        for command in (
            ("uv", "venv", "-q", "--clear", "-p", "3.13", str(environment)),
            ("uv", "pip", "install", "-q", "-p", str(environment / "bin" / "python"), PYTHONIC),
        ):
            if subprocess.run(command, check=False).returncode:  # noqa: S603  # Ours.
                return None
    script = SCRIPT.format(objects=json.dumps(objects))
    return Contestant("function-pythonic", (str(program), "grpc", "--insecure", "--crossplane-v1"), script)


def desired(response: bytes) -> dict[str, Any]:
    """The objects that a response desires, by key."""
    message = json_format.MessageToDict(fnv1.RunFunctionResponse.FromString(response))
    return {key: each["resource"] for key, each in message["desired"]["resources"].items()}
