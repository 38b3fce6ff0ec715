"""The page of the scanner: one shell for every phone, with words and no data of a fair."""

from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh

from jobfair.attendees.forms import municipality_choices
from jobfair.attendees.rules import HOUSEHOLD_MOST, NAME_MOST
from jobfair.checkin.rules import REASON_MOST, SEARCH_LEAST
from jobfair.checkin.shell_words import WORDS
from jobfair.checkin.verdicts import shapes, shown_verdicts
from jobfair.core.languages import LANGUAGES
from jobfair.core.text.export import search_tables
from jobfair.web.access import public
from jobfair.web.assets import asset
from jobfair.web.headers import allow_wasm
from jobfair.web.locale import current_language

LIMITS = {
    "search": SEARCH_LEAST,
    "reason": REASON_MOST,
    "name": NAME_MOST,
    "people": HOUSEHOLD_MOST,
}
KEPT = ("css/", "fonts/", "img/icon", "js/door", "zxing/")
GROUND = "#1f1722"
WORKER = Path(__file__).parents[1] / "static" / "js" / "door-worker.js"

blueprint = Blueprint("checkin", __name__)


@blueprint.get("/door")
@public
def index() -> ResponseReturnValue:
    """Show the scanner, the same for everybody: what it knows of a fair is on the phone."""
    _speak_to_staff()
    allow_wasm()
    return render_template(
        "checkin/shell.html",
        data=script_data(),
        files=kept_files(),
        shapes=shapes(),
        municipalities=municipality_choices(),
        languages=_languages(),
        limits=LIMITS,
    )


@blueprint.get("/door/<fair:fair>")
@public
def scanner() -> ResponseReturnValue:
    """Lead the scanner's old address to the new one."""
    return redirect(url_for("checkin.index"))


@blueprint.get("/door.webmanifest")
@public
def manifest() -> Response:
    """Say how the scanner is installed as an app."""
    _speak_to_staff()
    start = url_for("checkin.index")
    response = jsonify(
        id=start,
        name=_("Scanner of the job fair"),
        short_name=_("Scanner"),
        description=_("Scans badges at the door, also without network."),
        lang=current_language().code,
        start_url=start,
        scope=start,
        display="standalone",
        background_color=GROUND,
        theme_color=GROUND,
        icons=_icons(),
    )
    response.mimetype = "application/manifest+json"
    return response


@blueprint.get("/door-worker.js")
@public
def worker() -> Response:
    """Give the service worker at an address that never changes, so that browsers find a new one."""
    response = Response(WORKER.read_text(), mimetype="text/javascript")
    response.cache_control.public = True
    response.cache_control.no_cache = True
    return response


def script_data() -> dict[str, Any]:
    """Return all that the script knows: addresses, limits, languages, verdicts, every word."""
    return {
        "lang": current_language().code,
        "urls": {"wasm": asset("zxing/zxing_reader.wasm")},
        "limits": LIMITS,
        "verdicts": shown_verdicts(),
        "languages": _languages(),
        "names": search_tables(),
        "words": {
            group: {name: str(text) for name, text in words.items()}
            for group, words in WORDS.items()
        },
    }


def kept_files() -> list[str]:
    """Return the addresses of the files that the scanner needs to start without network."""
    addresses: dict[str, str] = current_app.extensions["asset_addresses"]
    ours = [address for name, address in addresses.items() if name.startswith(KEPT)]
    return [*ours, url_for("checkin.manifest")]


def _icons() -> list[dict[str, str]]:
    """Return the icons; their drawing stays in the middle, so that they can be cut to any shape."""
    return [
        {
            "src": asset(f"img/icon-{side}.png"),
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": purpose,
        }
        for side in (192, 512)
        for purpose in ("any", "maskable")
    ]


def _languages() -> dict[str, dict[str, str]]:
    german = current_language().code == "de"
    return {
        code: {
            "name": language.german_name if german else language.english_name,
            "dir": "rtl" if language.rtl else "ltr",
            "greeting": language.greeting,
        }
        for code, language in LANGUAGES.items()
    }


def _speak_to_staff() -> None:
    """Word this public page in a language of the staff."""
    g.staff = True
    refresh()
