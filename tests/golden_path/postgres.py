"""A real PostgreSQL on loopback, as CloudNativePG runs it: TLS only, by an authority of its own."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.certificates import Authority
from tests.golden_path.processes import checked_output
from tests.serving import free_port

ACCESS = """\
local all postgres trust
hostssl all all 127.0.0.1/32 scram-sha-256
hostssl all all ::1/128 scram-sha-256
"""
"""The superuser comes in through the socket in a closed folder, all others encrypted and by password."""

SETTINGS = """\
fsync = off
listen_addresses = 'localhost'
ssl = on
ssl_cert_file = 'tls.crt'
ssl_key_file = 'tls.key'
ssl_min_protocol_version = 'TLSv1.3'
"""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A server, and the database in it."""

    programs: Path
    folder: Path
    port: int
    name: str
    password: str
    authority: str
    """The CA's certificate, in PEM."""

    def url(self, host: str = "localhost") -> str:
        """What CloudNativePG writes into the Secret's key uri."""
        return f"postgresql://{self.name}:{self.password}@{host}:{self.port}/{self.name}"

    def sql(self, query: str, database: str | None = None) -> list[list[str]]:
        """The rows of a query, as the superuser."""
        command = [
            str(self.programs / "psql"),
            "-XqAt",
            "-F",
            "\t",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            str(self.folder),
        ]
        options = ["-p", str(self.port), "-U", "postgres", "-d", database or self.name, "-c", query]
        return [line.split("\t") for line in checked_output([*command, *options], within=30).splitlines()]


def programs() -> Path:
    """The newest server's programs. Skips the test without one."""
    initdbs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if not initdbs:
        pytest.skip("there is no PostgreSQL server here: install Debian's postgresql")
    return initdbs[-1].parent


def unprivileged(folder: Path) -> list[str]:
    """How root runs the server, which refuses root: as somebody else, with this folder their own."""
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


@contextmanager
def served(name: str) -> Iterator[Postgres]:
    """A server with an empty database and its owner, both of this name. It is gone after the block."""
    binaries = programs()
    with TemporaryDirectory(prefix="nodeapp-postgres-") as made:
        folder, data, port = Path(made), Path(made) / "data", free_port()
        Authority("dashboard-db-ca").issue("dashboard-db", folder / "tls")
        as_server = unprivileged(folder)
        checked_output(
            [
                *as_server,
                str(binaries / "initdb"),
                "-D",
                str(data),
                "-U",
                "postgres",
                "-A",
                "trust",
                "--no-sync",
            ],
            within=60,
        )
        for file in ("tls.crt", "tls.key"):
            shutil.move(folder / "tls" / file, data / file)
        (data / "tls.key").chmod(0o600)
        (data / "pg_hba.conf").write_text(ACCESS)
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(f"{SETTINGS}port = {port}\nunix_socket_directories = '{folder}'\n")
        server = Postgres(
            programs=binaries,
            folder=folder,
            port=port,
            name=name,
            password=secrets.token_urlsafe(24),
            authority=(folder / "tls" / "ca.crt").read_text(),
        )
        control = [*as_server, str(binaries / "pg_ctl"), "-D", str(data), "-w", "-t", "60"]
        checked_output([*control, "-l", str(folder / "log"), "start"], within=70)
        try:
            server.sql(f"CREATE ROLE {name} LOGIN PASSWORD '{server.password}'", "postgres")
            server.sql(f"CREATE DATABASE {name} OWNER {name}", "postgres")
            yield server
        finally:
            checked_output([*control, "-m", "immediate", "stop"], within=70)
