"""Built files under names that hold a hash: cached for ever, served compressed."""

import json
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request, send_from_directory, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue

from jobfair.web.access import public

FOLDER = Path(__file__).parents[1] / "static" / "dist"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
FOR_EVER = "public, max-age=31536000, immutable"

blueprint = Blueprint("assets", __name__)


class PageSessions(SecureCookieSessionInterface):
    """Sessions in cookies, of which files that everybody may keep neither depend nor tell."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Have the browser keep the session, unless the answer is the same for everybody."""
        if not response.cache_control.public:
            super().save_session(app, session, response)


def asset(name: str) -> str:
    """Return the address of a built file by its logical name, `css/jobfair.css`."""
    addresses: dict[str, str] = current_app.extensions["asset_addresses"]
    return addresses.get(name) or url_for("assets.file", name=name)


@blueprint.get("/static/dist/<path:name>")
@public
def file(name: str) -> ResponseReturnValue:
    """Serve a built file in the best encoding that the browser takes."""
    for encoding, suffix in ENCODINGS:
        if request.accept_encodings.quality(encoding) and (FOLDER / f"{name}{suffix}").is_file():
            response = send_from_directory(FOLDER, f"{name}{suffix}", mimetype=_type_of(name))
            response.headers["Content-Encoding"] = encoding
            return _for_ever(response)
    return _for_ever(send_from_directory(FOLDER, name, mimetype=_type_of(name)))


def _type_of(name: str) -> str | None:
    ours = {
        ".wasm": "application/wasm",
        ".js": "text/javascript",
        ".webmanifest": "application/manifest+json",
        ".woff2": "font/woff2",
    }
    return ours.get(Path(name).suffix)


def _for_ever(response: Response) -> Response:
    response.headers["Cache-Control"] = FOR_EVER
    response.vary.add("Accept-Encoding")
    return response


def init_assets(app: Flask) -> None:
    """Read the list of built files; without a build the pages have no looks but work."""
    manifest = FOLDER / "manifest.json"
    built = json.loads(manifest.read_text()) if manifest.is_file() else {}
    app.register_blueprint(blueprint)
    write = app.url_map.bind("").build
    app.extensions["asset_addresses"] = {
        name: write("assets.file", {"name": file_name}) for name, file_name in built.items()
    }
    app.session_interface = PageSessions()
    app.jinja_env.globals["asset"] = asset
