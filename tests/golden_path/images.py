"""What a repository's Dockerfile makes, as a folder: its steps, followed without a container engine."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from tests.golden_path.processes import program_path
from tests.image.dockerfile import Step, stages

OPTION = re.compile(r"--[a-z]+(=\S*)?\s+")
METADATA = {"EXPOSE", "USER", "LABEL", "STOPSIGNAL"}
"""Instructions that make no files."""
PROGRAMS = {"ghcr.io/jqlang/jq": "jq"}
"""Images that are one program, in their root; Debian's package has its name."""


@dataclass
class Image:
    """An image without its base: `root` holds what its steps made, at the paths that `made` names."""

    base: str
    root: Path
    env: dict[str, str] = field(default_factory=dict)
    workdir: str = "/"
    entrypoint: tuple[str, ...] = ()
    cmd: tuple[str, ...] = ()
    made: tuple[str, ...] = ()

    def host(self, path: str) -> Path:
        """Where a path of the image is on this machine."""
        return self.root / str(PurePosixPath(self.workdir, path)).lstrip("/")

    @property
    def mounts(self) -> list[str]:
        """The paths of `made` that aren't within another of them."""
        paths = sorted(set(self.made))
        return [
            each
            for each in paths
            if not any(PurePosixPath(each).is_relative_to(p) for p in paths if p != each)
        ]


class Build:
    """A Dockerfile of Node apps, followed."""

    def __init__(self, context: Path, folder: Path, env: Mapping[str, str]) -> None:
        """Remember where; `env` is this machine's way to Node and its registry."""
        self.context, self.folder, self.env = context, folder, env
        self.stages: dict[str, Image] = {}

    def image(self) -> Image:
        """The last stage. Raises KeyError for an instruction that isn't known here."""
        for steps in stages((self.context / "Dockerfile").read_text()):
            image = self.begun(steps[0].rest)
            self.follow(image, steps[1:])
        return image

    def begun(self, rest: str) -> Image:
        """An empty stage, or a copy of the one that it's made from."""
        base, _, name = OPTION.sub("", rest).partition(" AS ")
        root = self.folder / str(len(self.stages))
        before = self.stages.get(base)
        if before:
            shutil.copytree(before.root, root, symlinks=True)
            image = Image(before.base, root, dict(before.env), before.workdir, made=before.made)
        else:
            root.mkdir(parents=True)
            image = Image(base, root)
            program = PROGRAMS.get(base.partition(":")[0])
            if program:
                shutil.copy(program_path(program, program), root / program)
        self.stages[name or str(len(self.stages))] = image
        return image

    def follow(self, image: Image, steps: list[Step]) -> None:
        """Do what each instruction says."""
        done: dict[str, Callable[[Image, str], None]] = {
            "ARG": lambda *_: None,
            "CMD": lambda image, rest: setattr(image, "cmd", words(rest)),
            "COPY": self.copy,
            "ENTRYPOINT": lambda image, rest: setattr(image, "entrypoint", words(rest)),
            "ENV": variables,
            "RUN": self.run,
            "WORKDIR": enter,
        }
        for step in steps:
            if step.word not in METADATA:
                done[step.word](image, step.rest)

    def run(self, image: Image, rest: str) -> None:
        """A command in the stage's folder. Raises CalledProcessError."""
        env = {**self.env, **image.env, "PATH": self.env["PATH"]}
        command = ["/bin/sh", "-ec", OPTION.sub("", rest) if rest.startswith("--") else rest]
        subprocess.run(command, cwd=image.host("."), env=env, check=True)  # noqa: S603  # Ours.

    def copy(self, image: Image, rest: str) -> None:
        """Files of the context that .dockerignore leaves, or of another stage."""
        stage = re.search(r"--from=(\S+)", rest)
        *sources, target = OPTION.sub("", rest).split()
        into, many = image.host(target), target.endswith("/") or len(sources) > 1
        for source in sources:
            origin = self.stages[stage[1]].host(source) if stage else self.sent(source)
            final = into / origin.name if many and not origin.is_dir() else into
            final.parent.mkdir(parents=True, exist_ok=True)
            if origin.is_dir():
                skip = self.ignored if origin == self.context else None
                shutil.copytree(origin, final, symlinks=True, ignore=skip, dirs_exist_ok=True)
            else:
                shutil.copy(origin, final)
        image.made = (*image.made, str(PurePosixPath(image.workdir, target)))

    def sent(self, path: str) -> Path:
        """A path of the context. Raises FileNotFoundError if the builder doesn't get it."""
        top = PurePosixPath(path).parts[:1]
        if top and top[0] in self.ignored(str(self.context), list(top)):
            message = f"COPY {path}: .dockerignore leaves it out"
            raise FileNotFoundError(message)
        return self.context / path

    def ignored(self, folder: str, names: list[str]) -> set[str]:
        """Names at the context's root that .dockerignore leaves out."""
        if Path(folder) != self.context:
            return set()
        patterns = (self.context / ".dockerignore").read_text().split()
        return {name for name in names if any(fnmatch(name, pattern.strip("/")) for pattern in patterns)}


def variables(image: Image, rest: str) -> None:
    """Variables of what follows, and of what is started."""
    image.env |= {name: value for name, _, value in (pair.partition("=") for pair in shlex.split(rest))}


def enter(image: Image, rest: str) -> None:
    """The folder of what follows."""
    image.workdir = str(PurePosixPath(image.workdir, rest))
    image.host(".").mkdir(parents=True, exist_ok=True)
    image.made = (*image.made, image.workdir)


def words(rest: str) -> tuple[str, ...]:
    """The words of an instruction in its JSON form."""
    return tuple(re.findall(r'"([^"]+)"', rest))
