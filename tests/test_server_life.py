"""How the server starts and ends, and whom it talks to."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import grpc
import pytest
from crossplane.function.proto.v1 import run_function_pb2 as fnv1

from function.edge.serve import serve
from tests.certificates import Authority
from tests.serving import METHOD, SOON, answered, app, free_port, image, listens, served, start

IMAGE = "ghcr.io/acme/dashboard:1"


@pytest.fixture(scope="module")
def ours() -> Authority:
    """The authority that both sides trust."""
    return Authority("ours")


@pytest.fixture(scope="module")
def address(ours: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server asks for certificates."""
    certificates = ours.issue("server", tmp_path_factory.mktemp("tls") / "server")
    with served("--tls-certs-dir", str(certificates)) as running:
        yield running.address


def credentials(folder: Path, *, own: bool = True) -> grpc.ChannelCredentials:
    """A client's trust in the folder's authority, and its own certificate unless it has none."""
    ca, key, crt = ((folder / name).read_bytes() for name in ("ca.crt", "tls.key", "tls.crt"))
    return grpc.ssl_channel_credentials(ca, key if own else None, crt if own else None)


def test_a_client_with_a_certificate_is_served(ours: Authority, address: str, tmp_path: Path) -> None:
    """Crossplane shows a certificate of the authority that both trust, and is answered."""
    client = ours.issue("crossplane", tmp_path / "client")

    with grpc.secure_channel(address, credentials(client)) as channel:
        assert image(answered(channel, app())) == IMAGE


@pytest.mark.parametrize("stranger", ["without-certificate", "of-another-authority", "in-the-clear"])
def test_strangers_are_refused(ours: Authority, address: str, tmp_path: Path, stranger: str) -> None:
    """Whoever can't prove to be Crossplane gets no answer."""
    friend = ours.issue("friend", tmp_path / "friend")
    foe = Authority("theirs").issue("foe", tmp_path / "foe")
    (foe / "ca.crt").write_bytes((friend / "ca.crt").read_bytes())
    channel = {
        "without-certificate": lambda: grpc.secure_channel(address, credentials(friend, own=False)),
        "of-another-authority": lambda: grpc.secure_channel(address, credentials(foe)),
        "in-the-clear": lambda: grpc.insecure_channel(address),
    }[stranger]()

    with channel, pytest.raises(grpc.RpcError) as error:
        answered(channel, app(), wait=False)

    assert error.value.code() is grpc.StatusCode.UNAVAILABLE


def test_without_credentials_it_does_not_start() -> None:
    """Neither certificates nor --insecure: it says so and exits, rather than serve anybody."""
    with start("--address", "127.0.0.1:0") as process:
        output, _ = process.communicate(timeout=SOON)

    assert process.returncode != 0
    assert "no credentials were provided" in output


def test_it_stops_when_told_to() -> None:
    """With nothing in flight, SIGTERM ends it at once and in order."""
    with served("--insecure") as running:
        running.process.terminate()

        assert running.process.wait(4) == 0


def test_nobody_connects_before_it_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A port takes connections before the server answers. SIGTERM mustn't cut those off."""
    port, connects = free_port(), []

    def told_at_once(_: asyncio.AbstractEventLoop, told: signal.Signals, stop: Callable[[], None]) -> None:
        connects.append((told, listens(port)))
        stop()

    monkeypatch.setattr(asyncio.SelectorEventLoop, "add_signal_handler", told_at_once)

    serve(bytes, f"127.0.0.1:{port}", None, receive=1, send=1)

    assert connects == [(signal.SIGTERM, False)]


def test_a_call_in_flight_is_finished() -> None:
    """SIGTERM takes no new connection, but what was begun is answered."""
    go = threading.Event()

    def late() -> Iterator[bytes]:
        go.wait(SOON)
        yield app().SerializeToString()

    with served("--insecure") as running, grpc.insecure_channel(running.address) as channel:
        call = channel.stream_unary(METHOD, request_serializer=bytes, response_deserializer=bytes)
        begun = call.future(late(), timeout=SOON)
        # A connection keeps the order: what answers this has seen the other call begin.
        assert image(answered(channel, app())) == IMAGE
        running.process.terminate()
        while listens(running.port):
            pass
        go.set()

        assert image(fnv1.RunFunctionResponse.FromString(begun.result())) == IMAGE
        assert running.process.wait(SOON) == 0
