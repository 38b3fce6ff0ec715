"""A self-made certificate for this machine, so that a phone in the same network can scan."""

import socket
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LIFE = timedelta(days=365)
SPARE = timedelta(days=7)
ELSEWHERE = ("192.0.2.1", 9)  # a documentation address: nothing is sent, a route is looked up


def own_addresses() -> list[str]:
    """Return the addresses of this machine in its network, the usual one first."""
    found = []
    # Without a network, or under a name that leads nowhere, only this machine reaches it.
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(ELSEWHERE)
        found.append(str(probe.getsockname()[0]))
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return [one for one in dict.fromkeys(found) if not ip_address(one).is_loopback]


def ensure_certificate(folder: Path) -> tuple[Path, Path]:
    """Return certificate and key for localhost and this machine's addresses, made if needed."""
    certificate, key = folder / "certificate.pem", folder / "certificate-key.pem"
    names = (
        x509.DNSName("localhost"),
        x509.DNSName(socket.gethostname()),
        *(x509.IPAddress(ip_address(one)) for one in ("127.0.0.1", "::1", *own_addresses())),
    )
    if not (key.is_file() and _still_fits(certificate, names)):
        _make(certificate, key, names)
    return certificate, key


def _still_fits(path: Path, names: Sequence[x509.GeneralName]) -> bool:
    try:
        kept = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return False
    said = kept.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(names) <= set(said) and kept.not_valid_after_utc > datetime.now(UTC) + SPARE


def _make(certificate: Path, key_path: Path, names: Sequence[x509.GeneralName]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "JobFair")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + LIFE)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    key_path.touch(mode=0o600)
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
