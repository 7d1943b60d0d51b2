"""When the process of a service ends."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.fleet_services.command import SERVICES
from tests.serving import free_port

PROGRAM = """
import sys, threading
from prometheus_client import CollectorRegistry
from fleet_services.lifetime import run_until_stopped
stopped = threading.Event()
def run():
    print("running", flush=True)
    {body}
run_until_stopped(run, stopped.set, int(sys.argv[1]), CollectorRegistry())
"""


def started(body: str) -> "subprocess.Popen[str]":
    """A process whose service does this. It runs when this returns."""
    command = [sys.executable, "-c", PROGRAM.format(body=body), str(free_port())]
    env = os.environ | {"PYTHONPATH": str(SERVICES)}
    process = subprocess.Popen(  # noqa: S603  # Ours.
        command, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stdout.readline() == "running\n"
    return process


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_in_the_middle_of_a_wait(told: signal.Signals) -> None:
    """A signal that arrives while the service takes and leaves its event's lock stops it all the same."""
    with started("while not stopped.wait(0): pass") as process:
        time.sleep(0.05)
        process.send_signal(told)
        assert process.wait(20) == 0


def test_a_service_that_fails_ends_the_process() -> None:
    """What went wrong is on stderr and the exit code isn't 0, so Kubernetes starts it again and shows it."""
    with started("raise RuntimeError('a watch ended')") as process:
        _, stderr = process.communicate(timeout=20)
        assert process.returncode == 1
    assert "RuntimeError: a watch ended" in stderr
