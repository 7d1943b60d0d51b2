"""Programs of Node: what the backend's containers run, and those of its workers and jobs."""

from collections.abc import Iterable
from dataclasses import replace

from function.api.resources import Resources
from function.app import App
from function.components.container import Program, variables
from function.components.database import client
from function.components.environment import env_from, environment
from function.components.folders import Folders, folders
from function.components.resources import filled
from function.effective import EffectiveBackend, EffectiveProcess
from function.place import Manifest


def node_resources(asked: Resources) -> Manifest:
    """Resources of a program of Node.

    Node runs JavaScript on one thread, so most of a second core would be idle. The memory request is the
    limit: a node that is short of memory first evicts pods that use more than they requested.
    ephemeral-storage is logs and what is written to folders: the kubelet evicts a pod above its limit.
    """
    return filled(
        asked,
        requests={"cpu": "100m", "memory": "256Mi", "ephemeral-storage": "64Mi"},
        limits={"cpu": "1", "memory": "256Mi", "ephemeral-storage": "256Mi"},
    )


def program(app: App, process: EffectiveProcess, connection: Iterable[Manifest], port: int) -> Program:
    """What a container runs. Its variables: the platform's, then the database's, then the app's own.

    `connection`: variables that lead to the database. `port`: the backend's. Workers and jobs have it too,
    though they don't listen: what the backend's variables say, such as http://localhost:$(PORT), is then the
    same in all of them, and so is what a program needs to start.
    """
    ours = variables({"NODE_ENV": "production", **app.platform.env, "PORT": str(port)})
    return Program(
        image=process.image or "",
        env=environment(process, ours, connection),
        env_from=env_from(process),
        resources=node_resources(process.resources),
        folders=mounted(app, process),
        command=process.command,
        args=process.args,
    )


def mounted(app: App, process: EffectiveProcess) -> Folders:
    """The folders and files of a program, and the CA of its database."""
    own, connection = folders(process, node_resources(process.resources)), client(app)
    return Folders([*own.mounts, *connection.mounts], [*own.volumes, *connection.volumes])


def backend_program(app: App, backend: EffectiveBackend, connection: Iterable[Manifest]) -> Program:
    """What the backend runs."""
    return program(app, backend.workload, connection, backend.workload.port)


def migration(app: App, backend: EffectiveBackend) -> dict[str, Program]:
    """The init container that migrates the database, by its name; none where nothing is to be migrated.

    It needs a session of its own with PostgreSQL, so it goes around the pooler.
    """
    if not backend.migrate:
        return {}
    whole = backend_program(app, backend, client(app).direct)
    return {"migrate": replace(whole, command=backend.migrate, args=None)}
