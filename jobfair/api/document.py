"""The OpenAPI document, made from the code: `/api/v1/openapi.json`."""

import orjson
from flask import Flask, Response
from flask_smorest import Api

from jobfair.checkin.api.guard import for_anybody

ADDRESS = "/openapi.json"
SETTINGS = {
    "API_TITLE": "JobFair",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "API_SPEC_OPTIONS": {
        "info": {
            "description": "Devices at the door of a fair, and programs that work with them."
            " Times are RFC 3339 in UTC, refusals are problem+json with a stable code."
        },
        "security": [{"device": []}],
    },
}
DEVICE = {
    "type": "http",
    "scheme": "bearer",
    "description": "The token of a paired device; cookies are not looked at.",
}


class DocumentedApi(Api):
    """Collects what the operations say of themselves; they name their refusals one by one."""

    DEFAULT_ERROR_RESPONSE_NAME = None


def init_document(api: Flask, document: Api, prefix: str) -> None:
    """Have the API hand out its document, once every operation is registered."""
    document.spec.components.security_scheme("device", DEVICE)
    document.spec.options["servers"] = [{"url": prefix}]
    written = orjson.dumps(document.spec.to_dict())

    @api.get(ADDRESS)
    @for_anybody
    def openapi() -> Response:
        return Response(written, mimetype="application/json")
