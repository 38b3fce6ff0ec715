"""Decisions about exhibitors: kinds, states, what follows on what, names and stands."""

import re
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from jobfair.core.errors import Invalid
from jobfair.core.text import clean_line, name_key, to_western_digits
from jobfair.data.work import GermanLevel, Licence, WorkField
from jobfair.fairs.rules import Phase

NAME_MOST = 120
LINE_MOST = 160
WEBSITE_MOST = 200
EMAIL_MOST = 254
TEXT_MOST = 2000
POSTINGS_MOST = 12
LABEL_MOST = 12
STANDS_MOST = 200


class ExhibitorKind(StrEnum):
    """What an organisation at the fair is."""

    EMPLOYER = "employer"
    TRAINING = "training"
    ADVICE = "advice"
    AUTHORITY = "authority"


class ExhibitorState(StrEnum):
    """Where an application stands."""

    APPLIED = "applied"
    CONFIRMED = "confirmed"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class StandNeed(StrEnum):
    """What an exhibitor needs at its stand."""

    POWER = "power"
    TABLE = "table"
    WALL = "wall"
    WIFI = "wifi"
    WATER = "water"
    QUIET = "quiet"
    STEP_FREE = "step_free"


@dataclass(frozen=True)
class OrganisationInput:
    """What an organisation says about itself."""

    name: str
    kind: ExhibitorKind
    branch: str
    contact_name: str
    contact_email: str
    place: str = ""
    website: str = ""
    contact_phone: str = ""
    needs: tuple[StandNeed, ...] = ()
    needs_note: str = ""

    def values(self) -> dict[str, Any]:
        """Return what the columns hold, by name."""
        return {
            **{field.name: getattr(self, field.name) for field in fields(self)},
            "contact_email": self.contact_email.strip().lower(),
            "needs": [need.value for need in self.needs],
        }


@dataclass(frozen=True)
class PostingInput:
    """A vacancy or a course, as it is to be shown."""

    title: str
    field: WorkField
    german_level: GermanLevel
    licence: Licence = Licence.NONE
    place: str = ""
    by_bus: bool = False
    text: str = ""

    def values(self) -> dict[str, Any]:
        """Return what the columns hold, by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


OWN_PAGE_STATES = frozenset({ExhibitorState.CONFIRMED, ExhibitorState.APPROVED})
DECISIONS: dict[ExhibitorState, frozenset[ExhibitorState]] = {
    ExhibitorState.APPROVED: frozenset(ExhibitorState) - {ExhibitorState.APPROVED},
    ExhibitorState.DECLINED: frozenset({ExhibitorState.APPLIED}) | OWN_PAGE_STATES,
    ExhibitorState.WITHDRAWN: OWN_PAGE_STATES,
}
ENDED = frozenset({Phase.OVER, Phase.CANCELLED})


def may_apply(phase: Phase) -> bool:
    """Tell whether organisations can apply by themselves; the organiser can always add one."""
    return phase is Phase.OPEN


def may_withdraw(state: ExhibitorState, phase: Phase) -> bool:
    """Tell whether the exhibitor can still say that it doesn't come."""
    return state in DECISIONS[ExhibitorState.WITHDRAWN] and phase not in ENDED


def must_offer(kind: ExhibitorKind) -> bool:
    """Tell whether such an organisation comes to offer work or courses."""
    return kind in (ExhibitorKind.EMPLOYER, ExhibitorKind.TRAINING)


_LEGAL_FORMS = re.compile(
    r"(?: (?:g ?gmbh|gmbh|g?ag|co|e ?g|e ?k|e ?v|gbr|kg|kgaa|ltd|mbh|ohg|se|ug))+$"
)


def company_key(name: str) -> str:
    """Return the folded name without its legal form, to find two spellings of one company."""
    return _LEGAL_FORMS.sub("", name_key(name)).replace(" ", "") or name.casefold()


_RANGE = re.compile(r"([^\W\d_]{0,6})(\d{1,4}) ?[-–] ?\1(\d{1,4})")
_PIECES = re.compile(r"(\D*)(\d*)")


def read_labels(typed: str) -> list[str]:
    """Return the stands meant by "1-20, A1–A4, Foyer", each once; raise Invalid."""
    labels: list[str] = []
    for part in filter(None, (clean_line(one, LINE_MOST) for one in re.split(r"[,;\n]", typed))):
        labels += _labels_of(part)
        if len(labels) > STANDS_MOST:
            raise Invalid("stands_too_many", most=STANDS_MOST)
    if any(len(label) > LABEL_MOST for label in labels):
        raise Invalid("stand_label_long", most=LABEL_MOST)
    return list(dict.fromkeys(labels))


def _labels_of(part: str) -> list[str]:
    found = _RANGE.fullmatch(to_western_digits(part))
    if not found or int(found[2]) > int(found[3]):
        return [part]
    first, last = int(found[2]), int(found[3])
    return [f"{found[1]}{number}" for number in range(first, last + 1)][: STANDS_MOST + 1]


def label_order(label: str) -> tuple[tuple[str, int], ...]:
    """Return the key under which A2 comes before A10."""
    return tuple((text.casefold(), int(digits or 0)) for text, digits in _PIECES.findall(label))
