"""Rate limits: by session, draft or account first, since a shelter or a hall is one address."""

from flask import request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from jobfair.core.text import clean_line

ADDRESS_MOST = 254


def visitor_key() -> str:
    """Return what tells visitors apart: their session cookie, else the address."""
    return str(session.get("visitor") or session.get("csrf_token") or get_remote_address())


def address_key() -> str:
    """Return the address; for limits that are wide enough for a shelter or a hall."""
    return str(get_remote_address())


def email_key() -> str:
    """Return the typed e-mail address, so that one account can't be guessed at from many places."""
    return f"email:{typed_address('email') or visitor_key()}"


def typed_address(field: str) -> str:
    """Return the typed e-mail address as forms take it, however it was disguised."""
    return clean_line(request.form.get(field, "").lower(), ADDRESS_MOST)


limiter = Limiter(key_func=visitor_key, storage_uri="memory://", headers_enabled=False)
SHELTER = "600 per 10 minutes"
