"""The short way of the call of which there are most: scans of a device that is known.

Without the framework around it such a call costs half as much. It is authorised by the same
functions and does the same; whatever else it might be, and every refusal, is the application's.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.wsgi import get_input_stream

from jobfair.api.problems import HEADERS
from jobfair.checkin.api.guard import known_duty
from jobfair.checkin.api.scans import RAISED, take_scans
from jobfair.checkin.duty import Duty
from jobfair.checkin.rules import Right

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ADDRESS = re.compile(r"/fairs/([^/]+)/scans")
JSON = [("Content-Type", "application/json"), *HEADERS.items()]


class AtOnce:
    """Takes scans in ahead of the API's application, which gets all other calls."""

    def __init__(self, application: "WSGIApplication", house: Flask, body_most: int) -> None:
        self._application = application
        self._house = house
        self._body_most = body_most

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer the call; what goes wrong is raised again where the application refuses it."""
        duty = self._caller(environ)
        if duty is None:
            return self._application(environ, start_response)
        try:
            body = get_input_stream(environ, max_content_length=self._body_most).read()
            answer = take_scans(self._house, duty, body)
        except Exception as error:
            environ[RAISED] = error
            return self._application(environ, start_response)
        start_response("200 OK", [*JSON, ("Content-Length", str(len(answer)))])
        return [answer]

    def _caller(self, environ: "WSGIEnvironment") -> Duty | None:
        address = ADDRESS.fullmatch(environ["PATH_INFO"])
        if address is None or environ["REQUEST_METHOD"] != "POST":
            return None
        sent = environ.get("HTTP_AUTHORIZATION", "")
        return known_duty(self._house, sent, Right.SCAN, address[1])
