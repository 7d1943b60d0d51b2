"""A Dockerfile's instructions, read and followed: the image's root is a folder."""

import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class Step(NamedTuple):
    """One instruction."""

    word: str
    rest: str


def stages(text: str) -> list[list[Step]]:
    """The instructions of each stage, from its FROM on."""
    without_comments = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    lines = filter(None, map(str.strip, without_comments.replace("\\\n", " ").splitlines()))
    stages_: list[list[Step]] = []
    for line in lines:
        word, rest = line.split(maxsplit=1)
        if word == "FROM":
            stages_.append([])
        stages_[-1].append(Step(word, rest))
    return stages_


def sent(context: Path) -> set[str]:
    """What .dockerignore leaves of a context. It leaves out all but what it names."""
    everything, *names = (context / ".dockerignore").read_text().split()
    assert everything == "*"
    return {name[1:] for name in names if name.startswith("!")}


METADATA = {"FROM", "LABEL", "EXPOSE", "USER"}
"""Instructions that make no files."""


@dataclass
class Stage:
    """A stage that is followed. Its paths are those of the image: they must be free on this machine."""

    context: Path
    env: dict[str, str]
    folder: str = "/"
    entrypoint: tuple[str, ...] = ()

    def follow(self, steps: list[Step]) -> None:
        """Do what each instruction says. Raises KeyError for one that isn't known here."""
        done = {
            "ENV": self.set,
            "WORKDIR": self.enter,
            "RUN": self.run,
            "COPY": self.copy,
            "ENTRYPOINT": self.enters,
        }
        for step in steps:
            if step.word not in METADATA:
                done[step.word](step.rest)

    def set(self, rest: str) -> None:
        """Variables, of which PATH may be made from itself."""
        pairs = (pair.partition("=") for pair in shlex.split(rest))
        self.env |= {key: value.replace("$PATH", self.env["PATH"]) for key, _, value in pairs}

    def enter(self, rest: str) -> None:
        """The folder of what follows."""
        self.folder = rest
        Path(rest).mkdir(parents=True, exist_ok=True)

    def run(self, rest: str) -> None:
        """A command, with no variable of this machine. Raises CalledProcessError."""
        subprocess.run(["/bin/sh", "-ec", rest], cwd=self.folder, env=self.env, check=True)  # noqa: S603  # Ours.

    def copy(self, rest: str) -> None:
        """Files of the context. What comes from another stage is there already, under its own path."""
        *paths, target = rest.split()
        if paths[0].startswith("--from="):
            assert paths[1] == target
            return
        assert set(paths) <= sent(self.context), f"{paths} isn't sent to the builder"
        for path in paths:
            into = Path(self.folder, target, "" if target == path else path)
            source = self.context / path
            if source.is_dir():
                shutil.copytree(source, into, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, into)

    def enters(self, rest: str) -> None:
        """What is started."""
        self.entrypoint = tuple(re.findall(r'"([^"]+)"', rest))
