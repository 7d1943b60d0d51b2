"""PostgreSQL in single-user mode: one process reads statements, and no socket is opened."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.postgres.programs import programs

SOMEBODY = "65534"
"""PostgreSQL refuses to run as root, so root runs it as this user and group, which Linux calls nobody."""
RESET = "ALTER SYSTEM RESET ALL"
FAILED = re.compile(r"^STATEMENT:  (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Server:
    """A data folder, and the programs of its major."""

    folder: Path
    """Holds the folders programs and data."""

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    def run(self, program: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program of the major, as somebody who isn't root."""
        as_somebody = ["setpriv", f"--reuid={SOMEBODY}", f"--regid={SOMEBODY}", "--clear-groups"]
        command = [str(self.folder / "programs" / "bin" / program), *arguments]
        return subprocess.run(  # noqa: S603  # A program that is pinned.
            [*(as_somebody if os.geteuid() == 0 else []), *command],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            cwd=self.folder,
            env={**os.environ, "PGDATA": str(self.data)},
        )

    def failed(self, statements: Sequence[str]) -> set[str]:
        """Which of the statements fail. What they set is reset. Raises AssertionError if it crashes."""
        # The log has no more than each error and its statement.
        settings = ("log_line_prefix=", "log_min_messages=error", "log_min_error_statement=error")
        options = [option for setting in settings for option in ("-c", setting)]
        lines = "".join(f"{statement}\n" for statement in [*statements, RESET])
        done = self.run("postgres", "--single", "-F", *options, "postgres", stdin=lines)
        assert done.returncode == 0, done.stderr[-2000:]
        return set(FAILED.findall(done.stderr))

    def start(self, settings: str) -> str:
        """Why the server doesn't start with these lines of postgresql.conf. Empty: it does."""
        configuration = self.data / "postgresql.conf"
        before = configuration.read_text()
        configuration.write_text(before + settings)
        done = self.run("postgres", "--single", "postgres")
        configuration.write_text(before)
        return done.stderr if done.returncode else ""


@contextmanager
def server(major: int) -> Iterator[Server]:
    """A new server of a major. It is gone after the block. Raises MissingError without its programs."""
    source = programs(major)
    with TemporaryDirectory(prefix="nodeapp-postgresql-") as made:
        folder = Path(made)
        # Not run where they are: nobody else may read root's cache folder.
        shutil.copytree(source, folder / "programs", symlinks=True, ignore=shutil.ignore_patterns("*.a"))
        (folder / "data").mkdir(mode=0o700)
        if os.geteuid() == 0:
            for path in (folder, folder / "data"):
                os.chown(path, int(SOMEBODY), int(SOMEBODY))
        new = Server(folder)
        done = new.run("initdb", "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--locale=C")
        assert done.returncode == 0, done.stderr
        yield new
