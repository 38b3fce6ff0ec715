"""Links that are given out: absolute addresses, and tokens that say which row they open."""

from typing import Any

from flask import current_app

from jobfair.core.tokens import link_key, make_token, peek_id, verify_token


def absolute(endpoint: str, **values: Any) -> str:
    """Return the full address of a page, also outside a request."""
    config = current_app.config["JOBFAIR"]
    path: str = current_app.url_map.bind("").build(endpoint, values)
    return f"{config.base_url}{path}"


def token_for(kind: str, row_id: int, version: int) -> str:
    """Return the token of a row; the same for the same version, so it can be sent again."""
    return make_token(_key(), kind, row_id, version)


def row_of(kind: str, token: str) -> int | None:
    """Return the row id that a token claims, to be proven with `proves`."""
    return peek_id(_key(), kind, token)


def proves(kind: str, token: str, row_id: int, version: int) -> bool:
    """Tell whether the token is genuine for this row and version."""
    return verify_token(_key(), kind, token, row_id, version)


def _key() -> bytes:
    key: bytes = current_app.extensions["link_key"]
    return key


def derive_key(data_key: bytes) -> bytes:
    """Return the key of all links, derived from DATA_KEY."""
    return link_key(data_key)
