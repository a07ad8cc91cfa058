"""A receiver of webhooks: a real server that speaks TLS, with a certificate made for it."""

import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Request = tuple[str, dict[str, str], bytes]
"""The first line, the headers with names in lower case, and the body."""
Answer = Callable[[socket.socket, Event], None]
"""Says something to whoever has asked; the event is set once the test is over."""


def make_certificate(folder: Path, host: str) -> Path:
    """A file with a new key and a certificate of it for ``host``, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{host}.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file


def says(status: str, *headers: str) -> Answer:
    """An answer without a body."""
    head = "\r\n".join([f"HTTP/1.1 {status}", *headers, "Content-Length: 0", "", ""])
    return lambda wire, over: wire.sendall(head.encode())


def endless(wire: socket.socket, over: Event) -> None:
    """An answer whose body has no end, as quickly as it is taken."""
    wire.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while not over.is_set():
        wire.sendall(b"x" * 65536)


def silent(wire: socket.socket, over: Event) -> None:
    over.wait()


def drips(beginning: bytes) -> Answer:
    """An answer that begins at once and then goes on a byte at a time, for ever."""

    def drip(wire: socket.socket, over: Event) -> None:
        wire.sendall(beginning)
        while not over.wait(0.02):
            wire.sendall(b"x")

    return drip


class Receiver:
    """Listens on 127.0.0.1 and answers each connection with the next of its answers."""

    def __init__(self, certificate: Path, answers: Sequence[Answer]) -> None:
        self.requests: list[Request] = []
        self.connections = 0
        self._answers = list(answers)
        self._over = Event()
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(certificate)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._thread = Thread(target=self._serve)
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listening.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                plain, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            with suppress(OSError), plain:
                self._talk(plain)

    def _talk(self, plain: socket.socket) -> None:
        with self._tls.wrap_socket(plain, server_side=True) as wire:
            self.requests.append(_read(wire))
            self._answers.pop(0)(wire, self._over)


def _read(wire: socket.socket) -> Request:
    file = wire.makefile("rb")
    first = file.readline().decode().strip()
    headers = {}
    while line := file.readline().decode().strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return first, headers, file.read(int(headers.get("content-length", 0)))


@contextmanager
def receiving(certificate: Path, *answers: Answer) -> Iterator[Receiver]:
    receiver = Receiver(certificate, answers)
    try:
        yield receiver
    finally:
        receiver.stop()
