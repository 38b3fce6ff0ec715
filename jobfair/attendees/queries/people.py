"""The organiser's list of people: searched, narrowed, a page at a time."""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

import sqlalchemy as sa

from jobfair.accounts.models import Partner
from jobfair.accounts.queries import partner_names
from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.ports import Bus, ports
from jobfair.attendees.rules import AttendeeKind, AttendeeState, HouseholdState
from jobfair.core.codes import normalise_code
from jobfair.core.contact import is_phone
from jobfair.core.db import session
from jobfair.core.text import clean_line, name_key, sound_keys, to_western_digits
from jobfair.data.work import GermanLevel, Licence
from jobfair.fairs.models import ArrivalWindow
from jobfair.fairs.queries import list_windows

SEARCH_MOST = 120
DIGITS_LEAST = 3
THEMSELVES, DESK = "self", "desk"
BY_NAME = (sa.func.lower(Attendee.family_name), sa.func.lower(Attendee.given_name), Attendee.id)

_COUNTRY = re.compile(r"^\s*(?:\+|00)\s*49")
_BETWEEN_DIGITS = " -/()"
_ARTICLE = re.compile(r"([ae]l) ?([a-z]{4,})")

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True)
class Filters:
    """What the organiser's list is narrowed to; empty means all.

    `by` tells those who registered themselves from those whom the desk registered.
    """

    text: str = ""
    spoken: str = ""
    municipality: str = ""
    state: str = ""
    kind: str = ""
    window_id: int | None = None
    by: str = ""
    partner_id: int | None = None
    bus: str = ""


@dataclass(frozen=True)
class Choices:
    """What of a fair the list can be narrowed to; partners are their names by id."""

    languages: tuple[str, ...]
    windows: tuple[ArrivalWindow, ...]
    partners: dict[int, str]
    has_shuttle: bool


@dataclass(frozen=True)
class Listed:
    """A person as the list and the spreadsheets show it; needs are never among it."""

    id: int
    household_id: int
    kind: AttendeeKind
    given_name: str
    family_name: str
    own_given_name: str
    own_family_name: str
    birth_year: int | None
    speaks: list[str]
    german_level: GermanLevel | None
    work: list[str]
    licence: Licence | None
    person_state: AttendeeState
    household_state: HouseholdState
    lang: str
    municipality: str
    email: str
    phone: str
    registered_at: datetime
    registered_by: int | None
    erased_at: datetime | None
    partner: str | None
    window_starts_at: datetime | None
    code: str | None

    @property
    def state(self) -> HouseholdState:
        """Return whether the person comes, waits or doesn't come any more."""
        left = self.person_state is AttendeeState.CANCELLED
        return HouseholdState.CANCELLED if left else self.household_state

    @property
    def own_name(self) -> str:
        """Return the name in the person's own script, or nothing."""
        return f"{self.own_given_name} {self.own_family_name}".strip()


_COLUMNS = (
    *(
        Attendee.id, Attendee.household_id, Attendee.kind, Attendee.given_name,
        Attendee.family_name, Attendee.own_given_name, Attendee.own_family_name,
        Attendee.birth_year, Attendee.speaks, Attendee.german_level, Attendee.work,
        Attendee.licence, Attendee.state.label("person_state"),
        Household.state.label("household_state"), Household.lang, Household.municipality,
        Household.email, Household.phone, Household.registered_at, Household.registered_by,
        Household.erased_at,
    ),
    Partner.name.label("partner"),
    ArrivalWindow.starts_at.label("window_starts_at"),
    BadgeCode.code,
)  # fmt: skip


def list_people(
    fair_id: int, filters: Filters, *, limit: int | None = None, offset: int = 0
) -> tuple[int, list[Listed]]:
    """Return how many people match the filters, and a page of them by name.

    One statement: names are looked through alone, and only the page's rows are joined. Past the
    last page nobody is found.
    """
    found = (
        sa.select(Attendee.id, sa.func.count().over().label("total"))
        .where(Attendee.fair_id == fair_id, *_narrowed(fair_id, filters))
        .order_by(*BY_NAME)
        .limit(limit)
        .offset(offset)
        .subquery()
    )
    query = (
        sa.select(found.c.total, *_COLUMNS)
        .select_from(found)
        .join(Attendee, Attendee.id == found.c.id)
        .join(Household, Household.id == Attendee.household_id)
        .outerjoin(Partner, Partner.id == Household.partner_id)
        .outerjoin(ArrivalWindow, ArrivalWindow.id == Household.window_id)
        .outerjoin(
            BadgeCode,
            sa.and_(BadgeCode.attendee_id == Attendee.id, BadgeCode.voided_at.is_(None)),
        )
        .order_by(*BY_NAME)
    )
    rows = session().execute(query).all()
    return rows[0].total if rows else 0, [Listed(*row[1:]) for row in rows]


def filter_choices(fair_id: int) -> Choices:
    """Return what of the fair the list can be narrowed to."""
    spoken = sa.select(Household.lang).where(Household.fair_id == fair_id).distinct()
    return Choices(
        languages=tuple(sorted(session().scalars(spoken))),
        windows=tuple(list_windows(fair_id)),
        partners=partner_names(fair_id),
        has_shuttle=ports().has_shuttle(fair_id),
    )


def _narrowed(fair_id: int, filters: Filters) -> list[Condition]:
    rules = [_matches(fair_id, filters.text)] if filters.text.strip() else []
    if filters.kind in set(AttendeeKind):
        rules.append(Attendee.kind == AttendeeKind(filters.kind))
    if filters.state in set(HouseholdState):
        rules.append(_has_state(fair_id, HouseholdState(filters.state)))
    homes = _household_rules(filters)
    if homes:
        rules.append(_in_household(fair_id, *homes))
    if filters.bus in set(Bus):
        rules.append(Attendee.household_id.in_(ports().riders(fair_id, Bus(filters.bus))))
    return rules


def _household_rules(filters: Filters) -> list[Condition]:
    rules: list[Condition] = []
    if filters.spoken:
        rules.append(Household.lang == filters.spoken)
    if filters.municipality:
        rules.append(Household.municipality == filters.municipality)
    if filters.window_id is not None:
        rules.append(Household.window_id == filters.window_id)
    if filters.partner_id is not None:
        rules.append(Household.partner_id == filters.partner_id)
    if filters.by in (THEMSELVES, DESK):
        by_team = Household.registered_by.is_not(None)
        rules += [Household.partner_id.is_(None), by_team if filters.by == DESK else ~by_team]
    return rules


def _has_state(fair_id: int, state: HouseholdState) -> Condition:
    if state is HouseholdState.CANCELLED:
        return Attendee.state == AttendeeState.CANCELLED
    stays = Attendee.state == AttendeeState.REGISTERED
    return sa.and_(stays, _in_household(fair_id, Household.state == state))


def _in_household(fair_id: int, *rules: Condition) -> Condition:
    homes = sa.select(Household.id).where(Household.fair_id == fair_id, *rules)
    return Attendee.household_id.in_(homes)


def _matches(fair_id: int, text: str) -> Condition:
    """Return the condition of a search: a code, a telephone number, or words of name and contact.

    A name of twelve letters and a number of twelve digits could be codes, so none rules out
    the others.
    """
    line = clean_line(text, SEARCH_MOST)
    found = [_words(fair_id, line)]
    if code := normalise_code(line):
        held = sa.select(BadgeCode.attendee_id).where(BadgeCode.code == code)
        found.append(Attendee.id.in_(held))
    if is_phone(to_western_digits(line)):
        found += [_in_household(fair_id, number) for number in _number(line)]
    return sa.or_(*found)


def _words(fair_id: int, line: str) -> Condition:
    """Return the condition that each word is found.

    Words that only together are a name (Abd al-Rahman) are also looked for by their sound.
    """
    words = line.split()
    found = sa.and_(sa.false() if not words else sa.true(), *(_word(fair_id, w) for w in words))
    sounds = sound_keys(line)
    if len(sounds) < len(words) and all(map(name_key, words)):
        found = sa.or_(found, sa.and_(*map(_sounds_like, sounds)))
    return found


def _word(fair_id: int, word: str) -> Condition:
    contact = Household.email.icontains(word, autoescape=True)
    found = [_in_household(fair_id, sa.or_(contact, *_number(word)))]
    if key := name_key(word):
        found.append(Attendee.name_key.contains(key, autoescape=True))
        sounds = (sound_keys(spelled) for spelled in (word, *_with_article(key)))
        found += map(_sounds_like, dict.fromkeys(chain.from_iterable(sounds)))
    return sa.or_(*found)


def _with_article(key: str) -> tuple[str, ...]:
    """Return how else a name with an article is written: Al-Ahmad, Alahmad."""
    article = _ARTICLE.fullmatch(key)
    return (article[1] + article[2], article[2]) if article else ()


def _number(text: str) -> list[Condition]:
    """Return where the digits may be in the telephone number, however that begins."""
    plain = _COUNTRY.sub("", to_western_digits(text), count=1)
    digits = "".join(filter(str.isdecimal, plain)).lstrip("0")
    if len(digits) < DIGITS_LEAST:
        return []
    stored: sa.ColumnElement[str] = Household.phone.expression
    for sign in _BETWEEN_DIGITS:
        stored = sa.func.replace(stored, sign, "")
    return [stored.contains(digits)]


def _sounds_like(key: str) -> Condition:
    """Return whether a whole word of the name sounds so."""
    return (Attendee.sound_key + "|").contains(f"|{key}|", autoescape=True)
