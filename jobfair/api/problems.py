"""Refusals of the API as problem+json (RFC 9457) with a stable code."""

import logging
from http import HTTPStatus

import orjson
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from jobfair.core.errors import DomainError

log = logging.getLogger("jobfair.api")

CODE_OF_STATUS = {404: "not_found", 405: "not_found", 413: "too_large", 429: "too_many"}


def problem(status: int, code: str) -> Response:
    """Return the refusal as problem+json."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
    }
    return Response(orjson.dumps(body), status, mimetype="application/problem+json")


def _refused(error: DomainError) -> Response:
    return problem(int(error.status), error.code)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    return problem(status, CODE_OF_STATUS.get(status, "bad_request"))


def _fault(error: Exception) -> Response:
    log.error("fault", exc_info=error)
    return problem(500, "fault")


def _finish(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def init_problems(api: Flask) -> None:
    """Have every refusal be problem+json, and nothing be kept by anybody on the way."""
    api.register_error_handler(DomainError, _refused)
    api.register_error_handler(HTTPException, _http)
    if not api.testing:
        api.register_error_handler(Exception, _fault)
    api.after_request(_finish)
