"""Who calls the API: a paired device, by its token alone; cookies are not looked at."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

import orjson
from flask import Flask, Response, current_app, request

from jobfair.checkin.duty import Duty, OffDuty
from jobfair.checkin.rules import Right
from jobfair.checkin.service import DUTIES
from jobfair.checkin.service.duties import Duties
from jobfair.core.clock import now
from jobfair.core.errors import DomainError, Forbidden

HOUSE = "house"
SCHEME = "Bearer "
TOKEN_MOST = 200
P = ParamSpec("P")
View = Callable[P, Response]
DutyView = Callable[Concatenate[Duty, P], Response]


class Unreadable(DomainError):
    """What was sent is no JSON."""

    status = HTTPStatus.BAD_REQUEST


def house() -> Flask:
    """Return the application whose database and ports the API uses."""
    app: Flask = current_app.extensions[HOUSE]
    return app


def for_devices(right: Right, *, kept: bool = False) -> Callable[[DutyView[P]], View[P]]:
    """Let only devices with that right call the view, at their own fair.

    `kept`: what was read of the device lately will do, as the view looks again.
    """

    def guarded(view: DutyView[P]) -> View[P]:
        @wraps(view)
        def guard(*args: P.args, **kwargs: P.kwargs) -> Response:
            return view(_duty(right, kwargs.get("fair"), kept), *args, **kwargs)

        guard.__guard__ = right  # type: ignore[attr-defined]  # read by a convention test
        return guard

    return guarded


def for_anybody(view: View[P]) -> View[P]:
    """Let everybody call the view."""
    view.__guard__ = "public"  # type: ignore[attr-defined]  # read by a convention test
    return view


def inside(view: View[P]) -> View[P]:
    """Run the view with the house's application, so with its database."""

    @wraps(view)
    def entered(*args: P.args, **kwargs: P.kwargs) -> Response:
        with house().app_context():
            return view(*args, **kwargs)

    return entered


def _duty(right: Right, fair: object, kept: bool) -> Duty:
    token = _token_of(request.headers.get("Authorization", ""))
    duties = _duties(house())
    duty = duties.kept(token, now()) if kept else None
    if duty is None:
        with house().app_context():
            duty = duties.read(token, now())
    if not _may(duty, right, fair):
        raise Forbidden("not_allowed")
    return duty


def known_duty(app: Flask, authorization: str, right: Right, fair: str) -> Duty | None:
    """Return the device if it was read lately and may do this at the fair; None says nothing."""
    try:
        duty = _duties(app).kept(_token_of(authorization), now())
    except OffDuty:
        return None
    return duty if duty is not None and _may(duty, right, fair) else None


def _may(duty: Duty, right: Right, fair: object) -> bool:
    return right in duty.rights and fair in (None, duty.fair_slug)


def _duties(app: Flask) -> Duties:
    duties: Duties = app.extensions[DUTIES]
    return duties


def _token_of(authorization: str) -> str:
    token = authorization.removeprefix(SCHEME).strip()
    if not authorization.startswith(SCHEME) or not token:
        raise OffDuty("token_missing")
    if len(token) > TOKEN_MOST:
        raise OffDuty("token_unknown")
    return token


def sent_json() -> Any:
    """Return what was sent; raise Unreadable("bad_request") where it is no JSON."""
    return json_of(request.get_data(cache=False))


def json_of(body: bytes) -> Any:
    """Return what the body says; raise Unreadable("bad_request") where it is no JSON."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Unreadable("bad_request") from error


def answer(body: Any) -> Response:
    """Return the body as JSON."""
    return Response(orjson.dumps(body), mimetype="application/json")
