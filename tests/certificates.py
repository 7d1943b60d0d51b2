"""Certificates for mutual TLS: an authority of one's own, and whom it vouches for."""

import datetime
import ipaddress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = datetime.timedelta(days=1)


class Authority:
    """A certificate authority."""

    def __init__(self, name: str) -> None:
        """Make its key and its own certificate."""
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = named(name)
        constraints = x509.BasicConstraints(ca=True, path_length=0)
        self.certificate = self.sign(self.name, self.key.public_key(), constraints)

    def sign(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, extension: x509.ExtensionType
    ) -> x509.Certificate:
        """A certificate that is valid today."""
        now = datetime.datetime.now(datetime.UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - DAY)
            .not_valid_after(now + DAY)
            .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
            .sign(self.key, hashes.SHA256())
        )

    def issue(self, name: str, folder: Path, *addresses: str) -> Path:
        """A folder as Crossplane mounts it: tls.crt and tls.key for this host, ca.crt to judge others by.

        They hold for localhost, 127.0.0.1 and more addresses.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        hosts = (x509.IPAddress(ipaddress.ip_address(address)) for address in ("127.0.0.1", *addresses))
        names = [x509.DNSName("localhost"), *hosts]
        own = self.sign(named(name), key.public_key(), x509.SubjectAlternativeName(names))
        folder.mkdir()
        (folder / "tls.crt").write_bytes(own.public_bytes(serialization.Encoding.PEM))
        (folder / "ca.crt").write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        (folder / "tls.key").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return folder


def named(name: str) -> x509.Name:
    """A subject of one common name."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def write_key(path: Path) -> Path:
    """Write a private key to a file. Returns the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL
    path.write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
    return path
