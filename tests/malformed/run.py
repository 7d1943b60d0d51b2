"""Send malformed requests to a server of their own."""

import subprocess
from random import Random

import grpc

from tests.malformed.mutation import malformed
from tests.malformed.verdict import Tally, send
from tests.serving import served


def run(requests: int, seed: int) -> Tally:
    """The answers to that many requests, sent one after another. The same seed makes the same requests."""
    random, tally = Random(seed), Tally()  # noqa: S311  # It chooses mutations, and no secret.
    with (
        served("--insecure", output=subprocess.DEVNULL) as server,
        grpc.insecure_channel(server.address) as channel,
    ):
        for _ in range(requests):
            send(channel, malformed(random), tally)
    return tally
