"""Many NodeApps at once on a control plane: python -m benchmarks.crowd [--apps N] [--before FOLDER].

It starts one on this machine, and builds its programs with Go the first time. It prints the time until all
objects exist, the CPU time of the function, Crossplane and the API server, and the number of reconciles and
of server-side applies. With --before, it does the same with the function of another checkout first.
"""

import argparse
import os
import time
import urllib.request
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.served import resident
from function.api.names import API_VERSION, CLAIM
from tests.live.played_database import POSTGRES
from tests.live.story import NODEAPP, Story
from tests.plane import up
from tests.plane.crossplane import METRICS
from tests.plane.kubectl import Cluster, Json, RefusedError, wait
from tests.plane.plane import Plane
from tests.plane.product import function, install
from tests.plane.up import prepare

NAMESPACE = "crowd"
SPEC: Json = {
    "team": "a",
    "frontend": {"image": "ghcr.io/acme/front:1.4.0"},
    "backend": {"image": "ghcr.io/acme/shop:1.4.0", "migrate": ["npm", "run", "migrate"]},
    "database": {},
}
OTHERS = "networkpolicies.networking.k8s.io,ingresses.networking.k8s.io,deployments.apps"
PATIENCE = 1800.0
"""Most seconds to wait for one state of all apps."""
QUIET = 120.0
"""Seconds of the measurement after all apps are Ready."""


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU seconds of processes so far, by name, and the number of applies."""

    at: float
    cpu: dict[str, float]
    reconciled: int
    applied: int
    """Server-side applies, nearly all of them Crossplane's."""

    def since(self, before: "Spent") -> str:
        """The difference, as a sentence."""
        taken = self.at - before.at
        shares = (f"{name} {self.cpu[name] - before.cpu[name]:.1f} s" for name in self.cpu)
        counts = f"{self.reconciled - before.reconciled} reconciles, {self.applied - before.applied} applies"
        return f"{taken:.0f} s; CPU: {', '.join(shares)}; {counts}"


def main() -> None:
    """Create the NodeApps, and print the cost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crowd", description=__doc__)
    parser.add_argument("--apps", type=int, default=200, help="default: %(default)s")
    parser.add_argument("--before", type=Path, help="a checkout with its .venv, to be measured first")
    options = parser.parse_args()
    prepare(say, operator=False)
    if options.before:
        say(f"the function of {options.before}:")
        measure(options.apps, options.before)
        say("the function of this checkout:")
    measure(options.apps, None)


def measure(apps: int, tree: Path | None) -> None:
    """Create the NodeApps on a new control plane, and print the cost. `tree`: whose function is served."""
    with ExitStack() as stack:
        plane = stack.enter_context(up.plane())
        up.start(plane)
        install(plane.cluster)
        server = stack.enter_context(function(plane, tree=tree))
        processes = named(plane) | {"function": server.process.pid}
        idle = resident(server.process.pid)
        plane.cluster.kubectl("create", "namespace", NAMESPACE)
        names = [f"app-{number}" for number in range(apps)]
        begun = spent(plane, processes)
        plane.cluster.apply(*map(manifest, names))
        say(f"{apps} NodeApps written: {spent(plane, processes).since(begun)}")
        wait(lambda: made(plane.cluster), lambda counts: all_of(counts, apps), PATIENCE, pause=2)
        say(f"all their objects made: {spent(plane, processes).since(begun)}")
        for name in names:
            Story(plane.cluster, NAMESPACE, name).postgres_is_healthy()
        wait(lambda: ready(plane.cluster), lambda count: count == apps, PATIENCE, pause=5)
        say(f"every database played, and all Ready: {spent(plane, processes).since(begun)}")
        calm = spent(plane, processes)
        time.sleep(QUIET)
        say(f"and then: {spent(plane, processes).since(calm)}")
        now = resident(server.process.pid)
        say(f"memory of the function: {idle // 1024} MiB idle, {now // 1024} MiB now")


def manifest(name: str) -> Json:
    """One NodeApp."""
    metadata = {"name": name, "namespace": NAMESPACE}
    spec = SPEC | {"ingress": {"host": f"{name}.acme.dev"}}
    return {"apiVersion": API_VERSION, "kind": CLAIM, "metadata": metadata, "spec": spec}


def named(plane: Plane) -> dict[str, int]:
    """The process ids of Crossplane and the API server."""
    return {name: plane.processes.running[name].pid for name in ("crossplane", "kube-apiserver")}


def spent(plane: Plane, processes: dict[str, int]) -> Spent:
    """The cost by now."""
    tick = os.sysconf("SC_CLK_TCK")
    fields = {
        name: Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        for name, process in processes.items()
    }
    cpu = {name: (int(each[11]) + int(each[12])) / tick for name, each in fields.items()}
    api = plane.cluster.kubectl("get", "--raw", "/metrics")
    with urllib.request.urlopen(f"http://localhost:{plane.addresses.port(METRICS)}/metrics") as response:
        crossplane = response.read().decode()
    reconciled = total(crossplane, "controller_runtime_reconcile_total", 'controller="composite/')
    return Spent(time.monotonic(), cpu, reconciled, total(api, "apiserver_request_total", 'verb="APPLY"'))


def total(metrics: str, name: str, label: str) -> int:
    """The sum of a metric's values that have a label."""
    counted = (line for line in metrics.splitlines() if line.startswith(f"{name}{{") and label in line)
    return sum(int(float(line.rpartition(" ")[2])) for line in counted)


def made(cluster: Cluster) -> dict[str, int]:
    """The number of objects of some kinds. An app's objects are made together, so some kinds are enough."""
    objects = cluster.all(f"{OTHERS},{POSTGRES}", NAMESPACE)
    return dict(Counter(each["kind"] for each in objects))


def all_of(counts: dict[str, int], apps: int) -> bool:
    """Whether every app has its objects: two Deployments, and one or more of the rest."""
    rest = ("Ingress", "NetworkPolicy", "Cluster")
    return counts.get("Deployment", 0) == 2 * apps and all(counts.get(kind, 0) >= apps for kind in rest)


def ready(cluster: Cluster) -> int:
    """How many NodeApps are Ready."""
    try:
        conditions = (app.get("status", {}).get("conditions", []) for app in cluster.all(NODEAPP, NAMESPACE))
    except RefusedError:
        return 0
    return sum(any((c["type"], c["status"]) == ("Ready", "True") for c in each) for each in conditions)


def say(line: str) -> None:
    """Print one line."""
    print(line, flush=True)  # noqa: T201  # A report for a terminal.


if __name__ == "__main__":
    main()
