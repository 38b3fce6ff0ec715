"""The one place where refusals and faults become a page or problem+json (RFC 9457)."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, jsonify, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import BadHost, HTTPException, InternalServerError

from jobfair.core.errors import DomainError
from jobfair.web.access import wants_json

log = logging.getLogger("jobfair.web")

MESSAGES: dict[str, Any] = {
    "not_found": _l("This page does not exist. Perhaps the link is not complete."),
    "link_invalid": _l("This link does not work or no longer works."),
    "not_allowed": _l("You are signed in, but this page is not for you."),
    "sign_in_needed": _l("Please sign in."),
    "csrf": _l("The page was open for a long time. Please go back, reload it and send it again."),
    "too_many": _l("That was too often. Please wait a minute and try again."),
    "too_large": _l("That is too much for one form."),
    "bad_request": _l("The browser sent something that we can't read."),
    "unavailable": _l(
        "Too much is going on at this moment, so nothing was changed. Please try again in a minute."
    ),
    "fault": _l("Something broke on our side. Nothing was changed. Please try again."),
}
RETRY_AFTER = "30"  # seconds: a rush is over by then
# Without a host no link can be written; the other comes when the page of a fault has one itself.
UNDRAWN = (BadHost, InternalServerError)
CODE_OF_STATUS = {
    404: "not_found",
    405: "not_found",
    403: "not_allowed",
    413: "too_large",
    429: "too_many",
}


def register_messages(messages: Mapping[str, Any]) -> None:
    """Add a room's wording of its refusals; a code has one wording.

    Words that depend on a number are a function of the refusal's parameters.
    """
    MESSAGES.update(messages)


def message_of(error: DomainError) -> str:
    """Return the wording of a refusal in the page's language."""
    text = MESSAGES.get(error.code)
    if text is None:
        log.warning("no wording", extra={"code": error.code})
        return str(MESSAGES["bad_request"])
    if callable(text):
        return str(text(**error.params))
    return str(text) % error.params if error.params else str(text)


def answer(status: int, code: str, message: str) -> ResponseReturnValue:
    """Return the refusal as problem+json to a program, as a page to a person."""
    if wants_json():
        body: Response = jsonify(
            type="about:blank",
            title=HTTPStatus(status).phrase,
            status=status,
            code=code,
            detail=message,
        )
        body.mimetype = "application/problem+json"
        return body, status
    return render_template("problem.html", status=status, code=code, message=message), status


def _refused(error: DomainError) -> ResponseReturnValue:
    return answer(int(error.status), error.code, message_of(error))


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400 or isinstance(error, UNDRAWN):
        return error.get_response()
    code = CODE_OF_STATUS.get(error.code, "bad_request")
    return answer(error.code, code, str(MESSAGES[code]))


def _unavailable(error: OperationalError) -> ResponseReturnValue:
    """Refuse what the database could not do: it was locked too long, full, or not there."""
    log.error("fault", exc_info=error)
    response = make_response(answer(503, "unavailable", str(MESSAGES["unavailable"])))
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def _fault(error: Exception) -> ResponseReturnValue:
    if current_app.testing:
        raise error
    log.error("fault", exc_info=error)
    return answer(500, "fault", str(MESSAGES["fault"]))


def init_problems(app: Flask) -> None:
    """Have no request end in a stack trace."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(Exception, _fault)
