"""Passwords and random keys: what is kept of them proves them and can't give them back."""

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked where there is no account or no password, so that the answer takes as long.
NOBODY = HASHER.hash(secrets.token_urlsafe(24))


def hash_password(password: str) -> str:
    """Return what is kept of a password."""
    return HASHER.hash(password)


def proves_password(kept: str | None, password: str) -> bool:
    """Tell whether it is that password, in the same time where there is none."""
    try:
        return HASHER.verify(kept or NOBODY, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def new_key() -> str:
    """Return a random key of 256 bits for a session or a link."""
    return secrets.token_urlsafe(32)


def hash_key(key: str) -> str:
    """Return what is kept of a key; its own randomness makes a slow hash needless."""
    return hashlib.sha256(key.encode()).hexdigest()
