"""The images that are made, and what each must do to pass."""

import subprocess
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import grpc

from tests.generate import ROOT
from tests.image.dockerfile import Stage
from tests.serving import answered, app, free_port, image, wait_for_listener


@dataclass(frozen=True)
class Image:
    """One image."""

    context: Path
    home: Path
    """The only folder that the last stage takes."""
    arguments: Callable[[int], list[str]]
    """What to start it with, by the port that it shall listen on."""
    ask: Callable[[int], str]
    """What it says on that port."""
    expected: str


def composed(port: int) -> str:
    """The image that a NodeApp asks for, as the function's answer has it."""
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        return image(answered(channel, app()))


def healthy(port: int) -> str:
    """What the discovery says of itself."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:  # Ours.
        return str(answer.read().decode())


IMAGES = (
    Image(
        ROOT,
        Path("/function"),
        lambda port: ["--insecure", "--address", f"127.0.0.1:{port}"],
        composed,
        "ghcr.io/acme/dashboard:1",
    ),
    Image(
        ROOT / "example" / "flux" / "services",
        Path("/services"),
        lambda port: ["discovery", "--organisation=acme", "--namespace=flux-apps", f"--port={port}"],
        healthy,
        "ok",
    ),
)


def said(made: Image, stage: Stage, program: str) -> str:
    """What the image answers, served from what its last stage took."""
    port = free_port()
    command = [program, *stage.entrypoint[1:], *made.arguments(port)]
    with subprocess.Popen(command, cwd="/", env=stage.env, text=True) as process:  # noqa: S603  # Ours.
        try:
            wait_for_listener(port, process)
            return made.ask(port)
        finally:
            process.terminate()
