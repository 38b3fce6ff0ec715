"""What the columns of a list mean: by their headings, else by what stands in them."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from jobfair.core.contact import is_phone
from jobfair.partners.lists.values import is_birth, is_language, is_place

SAMPLE = 30
SEEN_MOSTLY = 0.6


class Column(StrEnum):
    """What a column says of a person or of their household."""

    HOUSEHOLD = "household"
    GIVEN = "given"
    FAMILY = "family"
    NAME = "name"
    OWN_GIVEN = "own_given"
    OWN_FAMILY = "own_family"
    OWN_NAME = "own_name"
    KIND = "kind"
    BIRTH = "birth"
    POSTAL = "postal"
    PLACE = "place"
    LANGUAGE = "language"
    PHONE = "phone"
    EMAIL = "email"
    ARRIVAL = "arrival"
    STOP = "stop"
    GERMAN = "german"
    LICENCE = "licence"
    WHEELCHAIR = "wheelchair"
    INTERPRETER = "interpreter"
    CHILDCARE = "childcare"
    SIGN_LANGUAGE = "sign_language"


NAMES = (
    Column.GIVEN,
    Column.FAMILY,
    Column.NAME,
    Column.OWN_GIVEN,
    Column.OWN_FAMILY,
    Column.OWN_NAME,
)

# The first two of each are what our own template says in German and in English.
HEADINGS: dict[Column, str] = {
    Column.HOUSEHOLD: "Familie; Family; Familiennummer; Haushalt; Household; Gruppe; Group; Fam;"
    " Familien Nr; Familie Nr; Haushaltsnummer; Bedarfsgemeinschaft; BG; BG Nummer; BG Nr",
    Column.GIVEN: "Vorname; First name; Given name; Vornamen; Rufname; Forename; Firstname",
    Column.FAMILY: "Nachname; Family name; Familienname; Surname; Last name; Zuname; Lastname",
    Column.NAME: "Name; Full name; Vor und Nachname; Vorname und Nachname; Vorname Nachname; Person"
    "; Name Vorname; Nachname Vorname; Teilnehmer; Teilnehmerin; Teilnehmende; Kunde; Kundin",
    Column.OWN_GIVEN: "Vorname in eigener Schrift; First name in own script",
    Column.OWN_FAMILY: "Nachname in eigener Schrift; Family name in own script"
    "; Familienname in eigener Schrift",
    Column.OWN_NAME: "Name in eigener Schrift; Name in own script; Originalname; Eigene Schrift",
    Column.KIND: "Kind oder Erwachsen; Adult or child; Kind; Child; Erwachsen; Erwachsener; Adult"
    "; Erwachsene; Kind Erwachsen; Erwachsen Kind; Person ist",
    Column.BIRTH: "Geburtsjahr; Year of birth; Geburtsdatum; Date of birth; Geb; Geb Datum"
    "; Birthday; Birth year; Jahrgang; Geboren; Geboren am; DOB; Geb am; GebDatum",
    Column.POSTAL: "PLZ; Postleitzahl; Postal code; Postcode; Zip; Zip code",
    Column.PLACE: "Wohnort; Municipality; Gemeinde; Ort; Stadt; Place; Town; City; Kommune; AGS"
    "; Anschrift; Adresse; Address; Wohngemeinde",
    Column.LANGUAGE: "Sprache; Language; Muttersprache; Sprachen; Languages; Herkunftssprache"
    "; Native language; Erstsprache",
    Column.PHONE: "Telefon; Telephone number; Telefonnummer; Phone; Handy; Mobil; Tel; Mobilnummer"
    "; Handynummer; Telephone; Mobile; Rufnummer; Tel Nr; Mobiltelefon; Phone number",
    Column.EMAIL: "E-Mail; E-mail address; Email; E-Mail Adresse; Mail; Mailadresse; Emailadresse",
    Column.ARRIVAL: "Ankunft; Arrival; Zeitfenster; Uhrzeit; Time; Time slot; Ankunftszeit"
    "; Arrival window; Ankunftsfenster",
    Column.STOP: "Haltestelle; Bus stop; Bus; Shuttle; Stop; Busbedarf; Shuttlebus; Bushaltestelle",
    Column.GERMAN: "Deutsch; German; Deutschniveau; Deutschkenntnisse; Sprachniveau; German level"
    "; Niveau; Level; Deutschlevel; GER",
    Column.LICENCE: "Führerschein; Driving licence; Fahrerlaubnis; Driving license; Licence; FS",
    Column.WHEELCHAIR: "Rollstuhl; Wheelchair; Rolli; Rollstuhlplatz",
    Column.INTERPRETER: "Dolmetscher; Interpreter; Dolmetscherin; Dolmetschen; Übersetzer"
    "; Dolmetschung; Sprachmittler; Sprachmittlung",
    Column.CHILDCARE: "Kinderbetreuung; Childcare",
    Column.SIGN_LANGUAGE: "Gebärdensprache; Sign language; Gebärdendolmetscher; DGS",
}

_ASIDE = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
_PARTS = re.compile(r"[/,|;]")


def _fold(text: str) -> str:
    """Return the words without marks, signs and capitals: ß and umlauts as plain letters."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char if char.isalnum() else " " for char in plain if not _is_mark(char))
    return " ".join(kept.split())


def _is_mark(char: str) -> bool:
    return unicodedata.combining(char) > 0


_BY_WORDS = {
    _fold(words): column for column, listed in HEADINGS.items() for words in listed.split(";")
}


def heading_of(column: Column, lang: str) -> str:
    """Return the heading that our template has for it, in German or English."""
    german, english, *_others = HEADINGS[column].split("; ")
    return german if lang == "de" else english


def column_named(heading: str) -> Column | None:
    """Return what a column under this heading says, None for a heading that isn't known."""
    whole = _ASIDE.sub(" ", heading)
    for words in map(_fold, (whole, *_PARTS.split(whole))):
        if words in _BY_WORDS:
            return _BY_WORDS[words]
    return None


def is_heading(cells: Sequence[str]) -> bool:
    """Tell whether the row names columns rather than a person."""
    filled = [cell for cell in cells if cell]
    named = [column for column in map(column_named, filled) if column is not None]
    return any(column in NAMES for column in named) and (len(named) > 1 or len(filled) == 1)


def guess_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return for each column what it says, "" where that isn't known, each meaning once."""
    width = max(len(header), *(len(cells) for cells in rows), 1)
    named = [column_named(heading) for heading in header]
    guessed = named + [None] * (width - len(named))
    if not any(guessed):
        guessed = _by_content(width, rows)
    return tuple(_once(_name_beside_given(guessed)))


def _name_beside_given(columns: Sequence[Column | None]) -> list[Column | None]:
    """Have "Name" beside "Vorname" mean the family name."""
    if Column.GIVEN in columns and Column.FAMILY not in columns:
        return [Column.FAMILY if column is Column.NAME else column for column in columns]
    return list(columns)


def _once(columns: Iterable[Column | None]) -> Iterable[str]:
    seen: set[Column] = set()
    for column in columns:
        yield "" if column is None or column in seen else column.value
        if column is not None:
            seen.add(column)


_TELLING: tuple[tuple[Column, Callable[[str], bool]], ...] = (
    (Column.EMAIL, lambda text: "@" in text),
    (Column.BIRTH, is_birth),
    (Column.PLACE, is_place),
    (Column.LANGUAGE, is_language),
    (Column.PHONE, is_phone),
)


def _by_content(width: int, rows: Sequence[Sequence[str]]) -> list[Column | None]:
    """Take what is plain to see; the other columns of words are the names, in this order."""
    columns = [_filled(rows[:SAMPLE], place) for place in range(width)]
    found = [_plainly(texts) for texts in columns]
    left = [place for place in range(width) if found[place] is None]
    names = [place for place in left if any(map(_has_word, columns[place]))][:2]
    as_what = (Column.NAME,) if len(names) == 1 else (Column.GIVEN, Column.FAMILY)
    for place, column in zip(names, as_what, strict=False):
        found[place] = column
    return found


def _filled(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """Return what stands in the column."""
    return [text for cells in rows for text in cells[place : place + 1] if text]


def _plainly(texts: Sequence[str]) -> Column | None:
    for column, tells in _TELLING:
        if texts and sum(map(tells, texts)) >= SEEN_MOSTLY * len(texts):
            return column
    return None


def _has_word(text: str) -> bool:
    return any(char.isalpha() for char in text)
