"""The self-made certificate: for this machine, kept while it fits."""

import ssl
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509

import certificate as tested
from certificate import ensure_certificate

ADDRESS = "192.168.178.20"


@pytest.fixture(autouse=True)
def _network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give this machine an address in its network."""
    monkeypatch.setattr(tested, "own_addresses", lambda: [ADDRESS])


def test_it_is_for_this_machine_and_can_be_used(tmp_path: Path) -> None:
    certificate, key = ensure_certificate(tmp_path)
    said = x509.load_pem_x509_certificate(certificate.read_bytes())
    names = said.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "localhost" in names.get_values_for_type(x509.DNSName)
    addresses = names.get_values_for_type(x509.IPAddress)
    assert {ip_address(one) for one in ("127.0.0.1", "::1", ADDRESS)} <= set(addresses)
    assert said.not_valid_after_utc > datetime.now(UTC)
    assert key.stat().st_mode & 0o077 == 0
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key)


def test_it_is_kept_while_it_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, _key = ensure_certificate(tmp_path)
    kept = certificate.read_bytes()
    ensure_certificate(tmp_path)
    assert certificate.read_bytes() == kept
    monkeypatch.setattr(tested, "own_addresses", lambda: ["192.168.178.21"])
    ensure_certificate(tmp_path)
    assert certificate.read_bytes() != kept


def test_a_broken_one_is_replaced(tmp_path: Path) -> None:
    certificate, _key = ensure_certificate(tmp_path)
    certificate.write_text("broken")
    ensure_certificate(tmp_path)
    x509.load_pem_x509_certificate(certificate.read_bytes())
