"""CloudNativePG's instance managers, played: python -m tests.plane.instances KUBECONFIG HASH ARCHITECTURE.

KWOK says that each pod of a database runs, and gives it an address of loopback. The operator asks the
instance manager in a pod for its status. This program answers, on port 8000 of the pod's address, with the
Cluster's own certificate: PostgreSQL is healthy, the wanted primary is the primary, all others stream from
it, and WAL archiving works. Like an instance manager it writes status.currentPrimary when the operator wants
another primary.

No PostgreSQL runs: no data, no SQL, no backups, no failover.
"""

import sys
import time
from pathlib import Path

from tests.plane.api import Api
from tests.plane.instance_manager import Instance, Manager, Server

PODS = "/api/v1/pods?labelSelector=cnpg.io/podRole=instance"
POSTGRES = "/apis/postgresql.cnpg.io/v1"
PAUSE = 1.0
"""Seconds between two looks at pods and Clusters."""


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


def promote(api: Api, servers: dict[str, Server]) -> None:
    """Make the wanted primaries the primaries, once their pods are there. Raises OSError."""
    if not servers:
        return
    for cluster in api.get(f"{POSTGRES}/clusters")["items"]:
        namespace, name = cluster["metadata"]["namespace"], cluster["metadata"]["name"]
        status = cluster.get("status", {})
        target = status.get("targetPrimary")
        for server in servers.values():
            instance = server.instance
            if (instance.namespace, instance.cluster) == (namespace, name):
                server.primary = target in (instance.pod, None)
                if target == instance.pod != status.get("currentPrimary"):
                    now = time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime())
                    written = {"currentPrimary": target, "currentPrimaryTimestamp": now}
                    path = f"{POSTGRES}/namespaces/{namespace}/clusters/{name}/status"
                    api.patch(path, {"status": written})


def main() -> None:
    """Play until killed. What fails now is tried again a second later."""
    kubeconfig, executable_hash, architecture = sys.argv[1:]
    api, manager = Api(Path(kubeconfig)), Manager(executable_hash, architecture)
    servers: dict[str, Server] = {}
    while True:
        try:
            follow(api, manager, servers)
            promote(api, servers)
        except OSError as error:
            say(repr(error))
        time.sleep(PAUSE)


def say(line: str) -> None:
    """One line of the log."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201  # A program's output.


if __name__ == "__main__":
    main()
