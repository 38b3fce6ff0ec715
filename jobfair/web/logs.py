"""Logs as JSON lines: the route, never the path; a request id; no personal data."""

import json
import logging
import re
import secrets
import sys
import time
from datetime import UTC, datetime
from types import TracebackType

from flask import Flask, Response, g, has_request_context, request

FIELDS = ("method", "route", "status", "ms", "code", "kind", "count", "seconds")
REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
access = logging.getLogger("jobfair.access")


class JsonFormatter(logging.Formatter):
    """One JSON object a line with known fields only."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record; of a fault its type and place, never its words."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
        }
        if has_request_context():
            line["request"] = g.get("request_id")
        line.update({k: record.__dict__[k] for k in FIELDS if k in record.__dict__})
        if record.exc_info:
            kind, _fault, trace = record.exc_info
            line["fault"] = kind.__name__ if kind else ""
            line["where"] = _where(trace)
        return json.dumps(line, ensure_ascii=False)


def _where(trace: TracebackType | None) -> list[str]:
    places: list[str] = []
    while trace:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-8:]


def _start() -> None:
    g.started = time.perf_counter()
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)


def _finish(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.get("request_id", "")
    route = request.url_rule.rule if request.url_rule else "unknown"
    elapsed = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
    access.info(
        "request",
        extra={
            "method": request.method,
            "route": route,
            "status": response.status_code,
            "ms": round(elapsed, 1),
        },
    )
    return response


def _without_path(record: logging.LogRecord) -> bool:
    """Take the path out of what Flask itself says of a fault, as it can be a household's link."""
    record.msg, record.args = "fault", ()
    return True


def init_logs(app: Flask) -> None:
    """Write logs to standard error, one JSON object a line, and one for each request."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger("jobfair")
    root.handlers[:] = [handler]
    root.filters[:] = [_without_path]  # for what is logged here itself: ours comes from below
    root.setLevel(logging.INFO)
    root.propagate = app.testing
    app.before_request(_start)
    app.after_request(_finish)
