"""Tokens in links: proof of kind, row and version in 32 characters that show no counter.

A token is a MAC of 128 bits, followed by the row's id under a pad that depends on the MAC.
The reader first takes the id out, fetches the row, and then verifies against its version.
"""

import base64
import hashlib
import hmac
import re
import struct

_MAC_BYTES = 16
_ID_BYTES = 8
_LARGEST_ID = 2**63 - 1  # what a bigint holds
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


def link_key(data_key: bytes) -> bytes:
    """The key for link tokens, derived from the installation's data key."""
    return _hmac(data_key, b"jobfair link tokens")


def make_token(key: bytes, kind: str, row_id: int, version: int) -> str:
    """The token for a row's link, the same each time until its version changes."""
    mac = _mac(key, kind, row_id, version)
    masked = _masked(key, kind, mac, row_id.to_bytes(_ID_BYTES, "big"))
    return base64.urlsafe_b64encode(mac + masked).decode("ascii")


def peek_id(key: bytes, kind: str, token: str) -> int | None:
    """The id that the token claims, not yet verified, or None if it can't be a token."""
    raw = _decoded(token)
    if raw is None:
        return None
    row_id = int.from_bytes(_masked(key, kind, raw[:_MAC_BYTES], raw[_MAC_BYTES:]), "big")
    return row_id if row_id <= _LARGEST_ID else None


def verify_token(key: bytes, kind: str, token: str, row_id: int, version: int) -> bool:
    """Whether the token was made for exactly this kind, row and version."""
    raw = _decoded(token)
    if raw is None or peek_id(key, kind, token) != row_id:
        return False
    return hmac.compare_digest(raw[:_MAC_BYTES], _mac(key, kind, row_id, version))


def _decoded(token: str) -> bytes | None:
    return base64.urlsafe_b64decode(token) if _TOKEN.fullmatch(token) else None


def _mac(key: bytes, kind: str, row_id: int, version: int) -> bytes:
    if not 0 <= row_id <= _LARGEST_ID:
        raise ValueError("row_id is outside the range of a key")
    message = b"mac" + struct.pack(">qq", row_id, version) + kind.encode()
    return _hmac(key, message)[:_MAC_BYTES]


def _masked(key: bytes, kind: str, mac: bytes, id_bytes: bytes) -> bytes:
    pad = _hmac(key, b"pad" + mac + kind.encode())[:_ID_BYTES]
    return bytes(left ^ right for left, right in zip(id_bytes, pad, strict=True))


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()
