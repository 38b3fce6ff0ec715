"""How a device knows a badge without holding its code: salted, truncated SHA-256."""

from base64 import urlsafe_b64encode
from hashlib import pbkdf2_hmac, sha256

HASH_BYTES = 8
ITERATIONS = 310_000  # of PBKDF2 over the shift code: a second on an old phone
KEY_BYTES = 32


def badge_hash(code: str, salt: bytes) -> str:
    """Return the hash of a code under a shift's salt: 11 characters of base64url."""
    digest = sha256(salt + code.encode()).digest()[:HASH_BYTES]
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def household_mark(household_id: int, salt: bytes) -> str:
    """Return what stands for a household on devices of that shift, and tells nothing else."""
    return badge_hash(f"household {household_id}", salt)


def shift_proof(code: str, salt: bytes) -> str:
    """Return by what a device knows that a typed shift code is right.

    The first 32 bytes of the derived key lock the data on the device and are known to nobody
    else; the proof is the SHA-256 of the other 32.
    """
    derived = pbkdf2_hmac("sha256", code.encode(), salt + b"shift", ITERATIONS, 2 * KEY_BYTES)
    return sha256(derived[KEY_BYTES:]).hexdigest()
