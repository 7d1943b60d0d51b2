"""Addresses of a control plane's own: a /16 of loopback and sixteen ports, so that two planes never meet."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

CLAIM_PORT = 36000
"""Who listens here on a range's own address has the range. It is free again as soon as that process ends."""
RANGES = range(16, 240)
"""The second numbers of the ranges: 127.0 to 127.15 are left to what else uses loopback."""
PORTS = 16
FIRST_PORT = 16384
"""240 times 16 ports from here end below 32768, where Linux begins to give ports to clients."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the servers of one control plane listen, and where its pods are."""

    number: int

    @property
    def host(self) -> str:
        """The address of all servers that can be told one."""
        return f"127.{self.number}.255.1"

    @property
    def pods(self) -> str:
        """The range of addresses that pods get."""
        return f"127.{self.number}.0.0/17"

    def port(self, index: int) -> int:
        """One of the ports that are the plane's on every address, for servers that take no address."""
        return FIRST_PORT + self.number * PORTS + index


@contextmanager
def claim() -> Iterator[Addresses]:
    """Addresses that no other control plane has until the block ends. Raises RuntimeError without any."""
    for number in RANGES:
        addresses = Addresses(number)
        with ExitStack() as stack:
            try:
                holder = stack.enter_context(socket.socket())
                holder.bind((addresses.host, CLAIM_PORT))
                holder.listen()
                probe(addresses)
            except OSError:
                continue
            yield addresses
            return
    msg = "each of the 224 ranges of loopback is taken by a control plane or something else"
    raise RuntimeError(msg)


def probe(addresses: Addresses) -> None:
    """Raises OSError where something else listens on one of the ports."""
    for index in range(PORTS):
        with socket.socket() as each:
            each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # What closed a minute ago is no harm.
            each.bind(("", addresses.port(index)))
