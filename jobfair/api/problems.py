"""Refusals of the API as problem+json (RFC 9457) with a stable code."""

import logging
from http import HTTPStatus

import orjson
from flask import Flask, Response
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from jobfair.checkin.api.refusals import words_of
from jobfair.core.errors import DomainError

log = logging.getLogger("jobfair.api")

RETRY_AFTER = "5"  # seconds: phones keep what they have to send
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}  # of every answer
CODE_OF_STATUS = {404: "not_found", 405: "wrong_method", 413: "too_large"}


def problem(status: int, code: str) -> Response:
    """Return the refusal as problem+json, with its words in English."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": words_of(code),
    }
    return Response(orjson.dumps(body), status, mimetype="application/problem+json")


def _refused(error: DomainError) -> Response:
    response = problem(int(error.status), error.code)
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    response = problem(status, CODE_OF_STATUS.get(status, "bad_request"))
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    return response


def _unavailable(error: OperationalError) -> Response:
    """Refuse what was not stored: the disk is full, the database locked or not there."""
    log.error("fault", exc_info=error)
    response = problem(503, "unavailable")
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def _fault(error: Exception) -> Response:
    log.error("fault", exc_info=error)
    return problem(500, "fault")


def _finish(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response


def init_problems(api: Flask) -> None:
    """Have every refusal be problem+json, and nothing be kept by anybody on the way."""
    api.register_error_handler(DomainError, _refused)
    api.register_error_handler(HTTPException, _http)
    api.register_error_handler(OperationalError, _unavailable)
    if not api.testing:
        api.register_error_handler(Exception, _fault)
    api.after_request(_finish)
