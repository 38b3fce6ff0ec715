"""What templates write alike everywhere: days, times, telephone links, names of the world."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Flask
from flask_babel import get_locale
from markupsafe import Markup, escape

ZONE = "Europe/Berlin"


def local(at: datetime, zone: str = ZONE) -> datetime:
    """Return the instant on the clock of the fair."""
    return at.astimezone(ZoneInfo(zone))


def hm(at: datetime, zone: str = ZONE) -> Markup:
    """Write a time, 24 h, in digits 0 to 9, from left to right in every language."""
    return num(local(at, zone).strftime("%H:%M"))


def day(at: datetime, zone: str = ZONE, length: str = "full") -> str:
    """Write a day with its weekday in the page's language."""
    return str(format_date(local(at, zone).date(), length, locale=get_locale() or "de"))


def num(text: object) -> Markup:
    """Write figures so that they stay together and from left to right."""
    return Markup('<bdi class="jf-num" dir="ltr">{}</bdi>').format(text)


def german(text: object) -> Markup:
    """Write what must be matched with the world: a stop, a street, a company."""
    return Markup('<bdi lang="de" dir="ltr">{}</bdi>').format(text)


def tel(number: str) -> str:
    """Return the address that dials the number."""
    return "tel:" + re.sub(r"[^0-9+]", "", number)


def paragraphs(text: str) -> Markup:
    """Write an organiser's text: an empty line begins a paragraph, a line break stays."""
    parts = [p for p in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()) if p]
    breaks = (escape(p).replace("\n", Markup("<br>")) for p in parts)
    return Markup("").join(Markup("<p>{}</p>").format(p) for p in breaks)


def init_filters(app: Flask) -> None:
    """Give templates these filters."""
    for rule in (hm, day, num, german, tel, paragraphs, local):
        app.add_template_filter(rule)
