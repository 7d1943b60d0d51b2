"""CloudNativePG's instance managers, played: python -m tests.plane.instances KUBECONFIG HASH ARCHITECTURE.

KWOK says that each pod of a database runs, and gives it an address of loopback. The operator asks the
instance manager in a pod for its status. This program answers, on port 8000 of the pod's address, with the
Cluster's own certificate: PostgreSQL is healthy, the wanted primary is the primary, all others stream from
it, and WAL archiving works. What an instance manager writes into the API server, it writes:

- `status.currentPrimary` of the Cluster, when the operator wants another primary
- `status` of the FailoverQuorum: which replicas confirm commits
- `status` of a Database: its extensions were created

It plays volumes too: see volumes.py.

No PostgreSQL runs: no data, no SQL, no WAL, no backups. Jobs only seem to run: initdb, pg_upgrade and
recovery succeed at once, but for those of stages.py. So nothing here shows that data survive.
"""

import sys
import time
from functools import partial
from pathlib import Path

from tests.plane.api import Api
from tests.plane.instance_manager import Instance, Manager, Server
from tests.plane.instance_writes import POSTGRES, confirm, create_extensions, promote
from tests.plane.volumes import serve_claims

PODS = "/api/v1/pods?labelSelector=cnpg.io/podRole=instance"
PAUSE = 0.5
"""Seconds between two looks at pods and Clusters. The operator looks each second while it waits."""


def instances(api: Api) -> dict[str, Instance]:
    """The pods of databases that have an address, by uid. Raises OSError."""
    return {
        pod["metadata"]["uid"]: Instance(
            pod["metadata"]["namespace"],
            pod["metadata"]["labels"]["cnpg.io/cluster"],
            pod["metadata"]["name"],
            pod["metadata"]["uid"],
            pod["status"]["podIP"],
        )
        for pod in api.get(PODS)["items"]
        if pod["status"].get("podIP") and "deletionTimestamp" not in pod["metadata"]
    }


def follow(api: Api, manager: Manager, servers: dict[str, Server]) -> None:
    """Begin and end servers as pods come and go. Raises OSError."""
    there = instances(api)
    for uid in servers.keys() - there.keys():
        server = servers.pop(uid)
        server.shutdown()
        server.server_close()
    for uid in there.keys() - servers.keys():
        try:
            servers[uid] = Server(api, manager, there[uid])
        except OSError as error:
            say(f"{there[uid].pod}: {error!r}")


def play(api: Api, servers: dict[str, Server]) -> None:
    """Write what the instance managers of each Cluster with instances write. Raises OSError."""
    for cluster in api.get(f"{POSTGRES}/clusters")["items"] if servers else ():
        where = cluster["metadata"]["namespace"], cluster["metadata"]["name"]
        target = cluster.get("status", {}).get("targetPrimary")
        for server in servers.values():
            instance = server.instance
            if (instance.namespace, instance.cluster) == where:
                server.primary = target in (instance.pod, None)
                if target == instance.pod:
                    promote(api, cluster, target)
                    confirm(api, cluster)
                    create_extensions(api, cluster)


def main() -> None:
    """Play until killed. What fails now is tried again a second later."""
    kubeconfig, executable_hash, architecture = sys.argv[1:]
    api, manager = Api(Path(kubeconfig)), Manager(executable_hash, architecture)
    servers: dict[str, Server] = {}
    parts = partial(serve_claims, api), partial(follow, api, manager, servers), partial(play, api, servers)
    while True:
        for part in parts:
            try:
                part()
            except OSError as error:
                say(repr(error))
        time.sleep(PAUSE)


def say(line: str) -> None:
    """One line of the log."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201  # A program's output.


if __name__ == "__main__":
    main()
