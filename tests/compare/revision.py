"""The function of a Git revision, as a server of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

import click
import grpc
from crossplane.function.proto.v1 import run_function_pb2 as fnv1
from google.protobuf import json_format

from tests.generate import ROOT
from tests.serving import METHOD, SOON, served

Message = TypeVar("Message", fnv1.RunFunctionRequest, fnv1.RunFunctionResponse)


class Remote:
    """A server that answers for a function. What it calls by an older name is translated both ways."""

    def __init__(self, channel: grpc.Channel, renamed: dict[str, str]) -> None:
        """`renamed`: the server's name of a key, a label, an annotation or a reason → that of this tree."""
        self.new_names = renamed
        self.old_names = {new: old for old, new in renamed.items()}
        self.call = channel.unary_unary(METHOD, request_serializer=None, response_deserializer=None)

    def run(self, data: bytes) -> bytes:
        """The encoded response to an encoded request. Raises grpc.RpcError where there is none."""
        asked = translated(fnv1.RunFunctionRequest.FromString(data), self.old_names)
        response: bytes = self.call(asked.SerializeToString(), timeout=SOON, wait_for_ready=True)
        return translated(fnv1.RunFunctionResponse.FromString(response), self.new_names).SerializeToString()


def translated(message: Message, names: dict[str, str]) -> Message:
    """A message in which each key or text that is a name is another one."""
    if not names:
        return message
    text = json_format.MessageToJson(message, ensure_ascii=False)
    for old, new in names.items():
        text = text.replace(f'"{old}"', f'"{new}"')
    return json_format.Parse(text, type(message)())


class Tree(NamedTuple):
    """A tree of the project, and the Python of its environment."""

    folder: Path
    python: Path


THIS_TREE = Tree(ROOT, Path(sys.executable))


@contextmanager
def checked_out(revision: str) -> Iterator[Tree]:
    """A revision's tree, with an environment of its own. Raises ClickException where Git has none."""
    with TemporaryDirectory(prefix="nodeapp-compare-") as folder:
        tree = Path(folder) / "tree"
        run("git", "worktree", "add", "--detach", str(tree), revision)
        try:
            run("uv", "sync", "--quiet", "--no-dev", "--frozen", "--project", str(tree))
            yield Tree(tree, tree / ".venv" / "bin" / "python")
        finally:
            run("git", "worktree", "remove", "--force", str(tree))


@contextmanager
def remote(tree: Tree, renamed: dict[str, str] | None = None) -> Iterator[Remote]:
    """The server of a tree."""
    with (
        served("--insecure", output=subprocess.DEVNULL, python=tree.python, folder=tree.folder) as server,
        grpc.insecure_channel(server.address) as channel,
    ):
        yield Remote(channel, renamed or {})


def run(*command: str) -> None:
    """Run a command in the root of this tree. Raises ClickException with what it says.

    uv would put the revision into the environment that these variables name.
    """
    env = {k: v for k, v in os.environ.items() if k not in ("UV_PROJECT_ENVIRONMENT", "VIRTUAL_ENV")}
    done = subprocess.run(  # noqa: S603  # Ours.
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        msg = f"{' '.join(command)}: {done.stderr}"
        raise click.ClickException(msg)
