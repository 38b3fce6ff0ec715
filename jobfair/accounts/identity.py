"""Who is signed in in this browser: the session cookie holds a random key, a row its hash."""

import logging
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, Response, g, request
from flask import session as cookie
from flask_login import current_user, login_user, logout_user
from sqlalchemy.exc import SQLAlchemyError

from jobfair.accounts import queries, service
from jobfair.accounts.rules import SESSION_IDLE, SESSION_TOUCH
from jobfair.core import clock
from jobfair.core.actor import VISITOR, Actor, ActorKind
from jobfair.core.errors import NotFound
from jobfair.extensions import login_manager
from jobfair.web.access import SAFE_METHODS

log = logging.getLogger("jobfair.accounts")


@dataclass(frozen=True)
class SignedIn:
    """The person of this browser's session, read once a request."""

    key: str
    session_id: int
    seen_at: datetime
    name: str
    email: str
    lang: str
    has_password: bool
    actor: Actor

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Return what the cookie holds instead of a user id."""
        return self.key


def signed_in() -> SignedIn:
    """Return who is signed in; raise NotFound where a view is reached without."""
    person = _person()
    if person is None:
        raise NotFound("not_found")
    return person


def enter(key: str) -> SignedIn:
    """Have the browser hold this session and nothing that it held before."""
    cookie.clear()
    cookie.permanent = True
    person = _load(key)
    if person is None:
        raise NotFound("link_dead")
    login_user(person)
    g.actor = person.actor
    return person


def leave() -> None:
    """Have the browser hold no session."""
    logout_user()
    cookie.clear()
    g.actor = VISITOR


def init_accounts(app: Flask) -> None:
    """Have every request know who makes it."""
    app.config["PERMANENT_SESSION_LIFETIME"] = SESSION_IDLE
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    login_manager.init_app(app)
    login_manager.session_protection = None
    login_manager.user_loader(_load)
    app.extensions["actor_provider"] = _actor
    app.after_request(_touch)


def _load(key: str) -> SignedIn | None:
    found = queries.find_session(key, clock.now())
    if found is None:
        return None
    return SignedIn(
        key=key,
        session_id=found.id,
        seen_at=found.seen_at,
        name=found.name,
        email=found.email,
        lang=found.lang,
        has_password=found.has_password,
        actor=Actor(ActorKind.USER, found.user_id, found.grants),
    )


def _person() -> SignedIn | None:
    person: SignedIn | None = current_user._get_current_object()
    return person if isinstance(person, SignedIn) else None


def _actor() -> Actor:
    person = _person()
    return person.actor if person else VISITOR


def _touch(response: Response) -> Response:
    """Note that the session is in use, after the request has done its work."""
    if request.method in SAFE_METHODS and "actor" in g and (person := _person()):
        _note_use(person, clock.now())
    return response


def _note_use(person: SignedIn, now: datetime) -> None:
    """Have the session count as seen now, if that was some time ago; a fault only costs that."""
    if now - person.seen_at < SESSION_TOUCH:
        return
    try:
        service.touch(person.session_id, now=now)
        cookie.modified = True
    except SQLAlchemyError as error:
        log.warning("touch", exc_info=error)
