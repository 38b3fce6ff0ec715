"""The fair of the page: found once by the slug in the URL, 404 where there is none."""

from typing import Any

from flask import Flask, g
from werkzeug.routing import BaseConverter

from jobfair.core.errors import NotFound
from jobfair.fairs.models import Fair, FairText
from jobfair.fairs.queries import find_fair, find_text
from jobfair.fairs.rules import SLUG_PATTERN, TextKey
from jobfair.web.locale import current_language


class FairConverter(BaseConverter):
    """A fair's slug: it contains a digit, so no other page at the root is mistaken for it."""

    regex = SLUG_PATTERN


def current_fair() -> Fair:
    """Return the fair in the URL of this request."""
    fair: Fair = g.fair
    return fair


def _load(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if not values or "fair" not in values:
        return
    fair = find_fair(values.pop("fair"))
    if fair is None:
        g.unknown_fair = True
        raise NotFound("fair_unknown")
    g.fair = fair
    g.fair_id = fair.id
    g.fair_slug = fair.slug  # so that links after a transaction don't read the fair anew


def news_of(fair: Fair) -> FairText | None:
    """Return the organiser's words about the postponed or cancelled fair, for this page."""
    return find_text(fair.id, TextKey.NEWS, current_language().code)


def init_fair_context(app: Flask) -> None:
    """Have `<fair:fair>` in a URL load the fair, and links within it keep it."""
    app.url_map.converters["fair"] = FairConverter
    app.url_value_preprocessor(_load)

    def defaults(endpoint: str, values: dict[str, Any]) -> None:
        if "fair" in g and app.url_map.is_endpoint_expecting(endpoint, "fair"):
            values.setdefault("fair", g.get("fair_slug") or g.fair.slug)

    app.url_defaults(defaults)
    app.jinja_env.globals["news_of"] = news_of
    app.context_processor(lambda: {"fair": g.get("fair")})
