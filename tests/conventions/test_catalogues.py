"""The catalogues: whatever somebody can read is there in a language that they read."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from config import ROOT
from jobfair.core.languages import STAFF_LANGUAGES, UI_LANGUAGES
from tests.conventions.source import PACKAGE

PLURALS = {"de": 2, "en": 2, "uk": 3, "ar": 6}
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(%%)")
TAG = re.compile(r"</?\w+")
# What only the team reads; everything else is for visitors and exhibitors too.
STAFF = (
    "templates/accounts/*",
    "templates/attendees/*",
    "templates/checkin/*",
    "templates/components/arrivals.html",
    "templates/desk/*",
    "templates/fairs/*",
    "templates/partners/*",
    "templates/shuttle/*",
    "templates/telling/*",
    "*/desk_*",
    "*/_desk_*",
    "*/admin*",
    "accounts/*",
    "attendees/forms/filters.py",
    "attendees/forms/household.py",
    "attendees/spreadsheet.py",
    "checkin/*",
    "desk/*",
    "fairs/fields.py",
    "fairs/forms.py",
    "fairs/news_forms.py",
    "fairs/window_form.py",
    "partners/*",
    "shuttle/boarding.py",
    "publicity/forms.py",
    "publicity/messages.py",
    "shuttle/forms.py",
    "shuttle/paper.py",
    "telling/*",
    "cli.py",
    "demo/*",
)
PUBLIC = (
    "partners/forms/asking.py",
    "partners/letters.py",
    "partners/messages.py",
    "templates/partners/help*.html",
    "templates/fairs/index.html",
    "templates/shuttle/timetable.html",
    "templates/shuttle/_parts.html",
    "templates/shuttle/_map.html",
)
Key = str | tuple[str, str]


@cache
def _used() -> dict[Key, bool]:
    """Return the messages of the program and whether more than the team reads them."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found: dict[Key, bool] = {}
    extracted = extract_from_dir(ROOT, methods, options, KEYWORDS)
    for name, _line, message, _comments, _context in extracted:
        key = (message[0], message[1]) if isinstance(message, tuple) else message
        found[key] = found.get(key, False) or _for_all(name.removeprefix("jobfair/"))
    return found


def _for_all(name: str) -> bool:
    if any(fnmatch(name, pattern) for pattern in PUBLIC):
        return True
    if any(fnmatch(name, pattern) for pattern in STAFF):
        return False
    return "desk/base.html" not in (PACKAGE / name).read_text()


@cache
def _catalogue(lang: str) -> Catalog:
    path = PACKAGE / "translations" / lang / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=lang)


def _needed(lang: str) -> Iterator[tuple[Key, Message | None]]:
    for key, for_all in _used().items():
        if lang in STAFF_LANGUAGES or for_all:
            yield key, _catalogue(lang).get(key[0] if isinstance(key, tuple) else key)


def _forms(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string]


def _ids(message: Message) -> list[str]:
    return list(message.id) if isinstance(message.id, tuple | list) else [message.id]


def _marks(pattern: re.Pattern[str], texts: list[str]) -> set[str]:
    return {found.group(0) for text in texts for found in pattern.finditer(text)}


def test_messages_are_found() -> None:
    assert len(_used()) > 200
    assert len(set(_used().values())) == 2


@pytest.mark.parametrize("lang", UI_LANGUAGES)
def test_nothing_is_missing(lang: str) -> None:
    missing = []
    for key, message in _needed(lang):
        says_itself = lang == "en" and not isinstance(key, tuple)
        filled = message is not None and all(_forms(message)) and not message.fuzzy
        if not (filled or says_itself):
            missing.append(key)
    assert missing == [], f"{len(missing)} messages are missing"


@pytest.mark.parametrize("lang", UI_LANGUAGES)
def test_placeholders_and_tags_are_those_of_the_message(lang: str) -> None:
    faults = []
    for message in _catalogue(lang):
        if message.id and all(_forms(message)):
            for pattern in (PLACEHOLDER, TAG):
                wanted = _marks(pattern, _ids(message))
                given = [_marks(pattern, [form]) for form in _forms(message)]
                if given[-1] != wanted or not all(marks <= wanted for marks in given):
                    faults.append((message.id, message.string))
    assert faults == []


@pytest.mark.parametrize("lang", UI_LANGUAGES)
def test_plural_forms_are_those_of_the_language(lang: str) -> None:
    catalogue = _catalogue(lang)
    assert catalogue.num_plurals == PLURALS[lang]
    faults = [
        message.id
        for message in catalogue
        if isinstance(message.id, tuple | list) and len(_forms(message)) != PLURALS[lang]
    ]
    assert faults == []


@pytest.mark.parametrize("lang", UI_LANGUAGES)
def test_no_message_is_left_over(lang: str) -> None:
    singulars = {key[0] if isinstance(key, tuple) else key for key in _used()}
    assert [m.id for m in _catalogue(lang) if m.id and _ids(m)[0] not in singulars] == []
    assert list(_catalogue(lang).obsolete) == []
