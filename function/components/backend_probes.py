"""How a backend is probed."""

from function.components.container import STARTUP_SECONDS, probe, startup_probe
from function.effective import EffectiveBackend
from function.place import Manifest


def probes(backend: EffectiveBackend) -> Manifest:
    """The probes of a backend.

    It has 150 seconds to start, unless the app says otherwise. After half a minute without an answer it gets
    no traffic, and after a minute it is restarted. So an overloaded pod gets time to recover before its
    process is killed.
    """
    asked = backend.workload.probes
    healthy = "/healthz" if asked.liveness is None else asked.liveness
    return {
        "startupProbe": startup_probe(
            "/healthz" if asked.startup is None else asked.startup,
            timeout=3,
            seconds=asked.startup_seconds or STARTUP_SECONDS,
        ),
        "livenessProbe": probe(healthy, period=20, timeout=3),
        "readinessProbe": probe(
            "/readyz" if asked.readiness is None else asked.readiness, period=10, timeout=3
        ),
    }
