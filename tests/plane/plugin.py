"""CloudNativePG's barman-cloud plugin, played: python -m tests.plane.plugin SOCKET.

It says its name, and that it offers none of the services that a plugin may offer. That is all the operator
wants of it to reconcile Clusters that archive by the plugin, or are recovered by it. Nothing is archived, and
nothing is read. The messages are those of Identity in cnpg-i 0.5.
"""

import sys
from concurrent.futures import ThreadPoolExecutor

import grpc

from function.components.database.keys import PLUGIN

VERSION = "0.15.0"


def text(number: int, value: str) -> bytes:
    """A field of a protobuf message, for texts up to 127 bytes."""
    data = value.encode()
    return bytes([number << 3 | 2, len(data)]) + data


ANSWERS = {
    "GetPluginMetadata": text(1, PLUGIN) + text(2, VERSION),
    "GetPluginCapabilities": b"",
    "Probe": bytes([1 << 3, 1]),
}
"""Each call's answer: name and version; no services; ready."""


def main() -> None:
    """Serve until killed."""
    methods = {
        name: grpc.unary_unary_rpc_method_handler(lambda _request, _context, answer=answer: answer)
        for name, answer in ANSWERS.items()
    }
    server = grpc.server(ThreadPoolExecutor(4))
    server.add_generic_rpc_handlers(
        [grpc.method_handlers_generic_handler("cnpgi.identity.v1.Identity", methods)]
    )
    server.add_insecure_port(f"unix://{sys.argv[1]}")
    server.start()
    server.wait_for_termination()


if __name__ == "__main__":
    main()
