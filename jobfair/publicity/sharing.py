"""Sending a fair on: links for a friend, and what messengers show of the fair's page."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask
from flask_babel import force_locale
from flask_babel import gettext as _

from jobfair.core.languages import LANGUAGES, UI_LANGUAGES, Language
from jobfair.fairs.models import Fair
from jobfair.fairs.queries import texts_of
from jobfair.fairs.rules import TextKey
from jobfair.fairs.words import OURS
from jobfair.publicity.queries import list_sponsors
from jobfair.web.filters import day
from jobfair.web.links import absolute
from jobfair.web.locale import current_language

DESCRIPTION_MOST = 200
_TERRITORIES = {"de": "de_DE", "en": "en_GB", "uk": "uk_UA", "ar": "ar_AR"}
"""The names that link previews know; another language goes by its code."""


@dataclass(frozen=True)
class Share:
    """What is sent to a friend, and the links that open a program with it."""

    subject: str
    message: str
    """The words without the address."""
    url: str

    @property
    def text(self) -> str:
        """The words and the address, which messengers make a link."""
        return f"{self.message}\n{self.url}"

    @property
    def mail(self) -> str:
        """The link that begins an e-mail."""
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.text)}"

    @property
    def sms(self) -> str:
        """The link that begins a text message."""
        return f"sms:?body={quote(self.text)}"

    @property
    def whatsapp(self) -> str:
        """The link that opens WhatsApp, where it is installed; it asks no server."""
        return f"whatsapp://send?text={quote(self.text)}"


@dataclass(frozen=True)
class Preview:
    """What a messenger shows of a link to the fair's page, in the page's language."""

    title: str
    description: str
    url: str
    locale: str
    image: str
    alternates: tuple[tuple[str, str], ...]
    """Each language with its address; `x-default` lets the browser choose."""
    other_locales: tuple[str, ...]


def address_of(fair: Fair, lang: str | None = None) -> str:
    """Return the full address of the fair's page, in that language or the browser's."""
    address = absolute("booking.fair_page", fair=fair.slug)
    return f"{address}?lang={lang}" if lang else address


def share_of(fair: Fair) -> Share:
    """Return what is sent to a friend, in the language that is in force."""
    message = _(
        "%(fair)s: meet employers who are looking for people. %(day)s, %(place)s. It is free."
        " Register here:",
        fair=fair.name,
        day=day(fair.starts_at, fair.time_zone),
        place=fair.venue,
    )
    return Share(fair.name, message, address_of(fair, current_language().code))


def shares_of(fair: Fair) -> list[tuple[Language, Share]]:
    """Return what can be sent, in each language."""
    shares = []
    for code in UI_LANGUAGES:
        with force_locale(code):
            shares.append((LANGUAGES[code], share_of(fair)))
    return shares


def preview_of(fair: Fair) -> Preview:
    """Return what messengers show of the fair, in the page's language."""
    lang = current_language().code
    return Preview(
        title=fair.name,
        description=_description(fair, lang),
        url=address_of(fair, lang),
        locale=_TERRITORIES.get(lang, LANGUAGES[lang].cldr),
        image=absolute("publicity.preview_picture"),
        alternates=(
            *((code, address_of(fair, code)) for code in UI_LANGUAGES),
            ("x-default", address_of(fair)),
        ),
        other_locales=tuple(
            _TERRITORIES.get(code, LANGUAGES[code].cldr) for code in UI_LANGUAGES if code != lang
        ),
    )


def _description(fair: Fair, lang: str) -> str:
    """Return day, place and the beginning of the introduction."""
    lead = texts_of(fair.id, lang).get(TextKey.LEAD) or str(OURS[TextKey.LEAD])
    parts = (day(fair.starts_at, fair.time_zone), fair.venue, " ".join(lead.split()))
    words = " · ".join(part for part in parts if part)
    if len(words) <= DESCRIPTION_MOST:
        return words
    return words[:DESCRIPTION_MOST].rsplit(" ", 1)[0] + " …"


def init_publicity(app: Flask) -> None:
    """Give templates what the fair's page shows of publicity."""
    app.jinja_env.globals.update(
        share_of=share_of,
        preview_of=preview_of,
        sponsors_of=lambda fair: list_sponsors(fair.id),
    )
