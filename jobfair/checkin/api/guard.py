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
    duty = _device(kept)
    if right not in duty.rights or fair not in (None, duty.fair_slug):
        raise Forbidden("not_allowed")
    return duty


def _device(kept: bool) -> Duty:
    header = request.headers.get("Authorization", "")
    token = header.removeprefix(SCHEME).strip()
    if not header.startswith(SCHEME) or not token:
        raise OffDuty("token_missing")
    if len(token) > TOKEN_MOST:
        raise OffDuty("token_unknown")
    duties: Duties = house().extensions[DUTIES]
    duty = duties.kept(token, now()) if kept else None
    if duty is None:
        with house().app_context():
            duty = duties.read(token, now())
    return duty


def sent_json() -> Any:
    """Return what was sent; raise Unreadable("bad_request") where it is no JSON."""
    try:
        return orjson.loads(request.get_data(cache=False))
    except orjson.JSONDecodeError as error:
        raise Unreadable("bad_request") from error


def answer(body: Any) -> Response:
    """Return the body as JSON."""
    return Response(orjson.dumps(body), mimetype="application/json")
