"""Who may call an endpoint: every view says `requires(permission)` or `public`."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import ParamSpec

from flask import current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import refresh
from flask_wtf.csrf import validate_csrf
from wtforms.validators import ValidationError

from jobfair.core.actor import VISITOR, Actor, ActorKind, Permission
from jobfair.core.db import forbid_writing
from jobfair.core.errors import DomainError, Forbidden

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
STAFF = frozenset(
    {
        Permission.MAKE_FAIRS,
        Permission.ORGANISE,
        Permission.CHECK_IN,
        Permission.BOARD,
        Permission.HELP,
    }
)


class SignInNeeded(DomainError):
    """A program called without being signed in."""

    status = HTTPStatus.UNAUTHORIZED


def current_actor() -> Actor:
    """Return who makes this request; `wiring` names the provider."""
    if "actor" not in g:
        provider: Callable[[], Actor] | None = current_app.extensions.get("actor_provider")
        g.actor = provider() if provider else VISITOR
    actor: Actor = g.actor
    return actor


def wants_json() -> bool:
    """Tell whether the caller is a program that reads JSON."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def public(view: View[P]) -> View[P]:
    """Let everybody call the view; unsafe methods still need the CSRF token to write."""
    return _guarded(view, None)


def requires(permission: Permission) -> Callable[[View[P]], View[P]]:
    """Let only those call the view whose roles grant the permission, at the fair in the URL."""
    return lambda view: _guarded(view, permission)


def _guarded(view: View[P], permission: Permission | None) -> View[P]:
    @wraps(view)
    def guard(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if request.method not in SAFE_METHODS:
            _check_csrf()
        refusal = None if permission is None else _refusal(permission)
        return refusal if refusal is not None else view(*args, **kwargs)

    guard.__guard__ = permission or "public"  # type: ignore[attr-defined]  # read by a convention test
    return guard


def _refusal(permission: Permission) -> ResponseReturnValue | None:
    g.private = True
    if permission in STAFF:
        g.staff = True
        refresh()
    actor = current_actor()
    if actor.may(permission, g.get("fair_id")):
        return None
    if actor.kind is not ActorKind.VISITOR:
        raise Forbidden("not_allowed")
    return _sign_in_first()


def _sign_in_first() -> ResponseReturnValue:
    if wants_json():
        raise SignInNeeded("sign_in_needed")
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=wanted))


def _check_csrf() -> None:
    """Forbid this request to write when its token is missing or false; forms then show again."""
    token = request.headers.get("X-CSRFToken") or request.form.get("csrf_token")
    try:
        validate_csrf(token)
    except ValidationError:
        forbid_writing("csrf")
    else:
        g.csrf_valid = True  # forms of Flask-WTF needn't check it again
