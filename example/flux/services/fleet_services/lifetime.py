"""How long a service runs: until it is told to stop, or until it fails."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from prometheus_client import CollectorRegistry, start_http_server

STOPS = {signal.SIGTERM, signal.SIGINT}


def run_until_stopped(
    run: Callable[[], None], stop: Callable[[], None], port: int, registry: CollectorRegistry
) -> None:
    """Call run in a thread, and stop at SIGTERM or SIGINT. Metrics are served meanwhile.

    Raises what run raises. There is no signal handler: it would run within any statement of the main thread.
    If that is threading.Event.wait, this can hold the lock that Event.set needs, and the pod hangs until it
    is killed.
    """
    # First: a thread gets the mask of the one that starts it.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    server, serving = start_http_server(port, registry=registry)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run)
        running.add_done_callback(lambda _: os.kill(os.getpid(), signal.SIGTERM))
        signal.sigwait(STOPS)
        stop()
    server.shutdown()
    serving.join()
    running.result()
