"""Decisions about households and people: kinds, states, limits, what is typed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from jobfair.core.text import name_key
from jobfair.core.text.sounds import sound_keys
from jobfair.data.work import GermanLevel, Licence, WorkField
from jobfair.fairs.rules import Phase

HOUSEHOLD_MOST = 12
NAME_MOST = 80
NAME_KEY_MOST = 400
EMAIL_MOST = 254
EARLIEST_BIRTH_YEAR = 1900
POOL_FACTOR = 3
ELSEWHERE = "other"


class AttendeeKind(StrEnum):
    """A child needs a name only; a helper comes along with those whom they registered."""

    ADULT = "adult"
    CHILD = "child"
    HELPER = "helper"


class HouseholdState(StrEnum):
    """Whether the household holds places."""

    REGISTERED = "registered"
    WAITLISTED = "waitlisted"
    CANCELLED = "cancelled"


class NeedKind(StrEnum):
    """What a person needs to take part."""

    WHEELCHAIR = "wheelchair"
    INTERPRETER = "interpreter"
    CHILDCARE = "childcare"
    SIGN_LANGUAGE = "sign_language"


class AttendeeState(StrEnum):
    """Whether a person comes."""

    REGISTERED = "registered"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class NeedInput:
    """What a person needs; `lang` says which language an interpreter speaks."""

    kind: NeedKind
    lang: str = ""


@dataclass(frozen=True)
class PersonInput:
    """A person as registered: names in Latin letters and their own, what an adult looks for.

    `code` is that of a badge which the person was given at the door before we knew of them.
    """

    kind: AttendeeKind
    given_name: str
    family_name: str = ""
    own_given_name: str = ""
    own_family_name: str = ""
    birth_year: int | None = None
    speaks: tuple[str, ...] = ()
    german_level: GermanLevel | None = None
    work: tuple[WorkField, ...] = ()
    licence: Licence | None = None
    needs: tuple[NeedInput, ...] = ()
    code: str = ""

    @property
    def search_key(self) -> str:
        """Return the folded spellings under which the person is found again."""
        return search_key(
            (self.given_name, self.family_name), (self.own_given_name, self.own_family_name)
        )

    @property
    def sounds(self) -> str:
        """Return how the words of the name sound, each after a bar, in both spellings."""
        names = (self.given_name, self.family_name, self.own_given_name, self.own_family_name)
        keys = dict.fromkeys(sound_keys(" ".join(names)))
        return "".join(f"|{key}" for key in keys)[:NAME_KEY_MOST]


@dataclass(frozen=True)
class HouseholdInput:
    """People who register together; `submission_key` is the same for a repeated submission.

    `window_id` is the arrival window that they wish; with `take_at_once` they take places that
    become free without being asked; `registered_by` is the user who did it for them.
    """

    submission_key: str
    lang: str
    municipality: str
    email: str
    phone: str
    people: tuple[PersonInput, ...]
    window_id: int | None = None
    take_at_once: bool = True
    partner_id: int | None = None
    group_id: int | None = None
    registered_by: int | None = None


def search_key(*names: tuple[str, str]) -> str:
    """Return the keys of all spellings of a name, given name first and family name first.

    Each key stands between bars, so that a search can ask for the beginning of one.
    """
    keys: dict[str, None] = {}
    for given, family in names:
        for spelled in (f"{given} {family}", f"{family} {given}"):
            if key := name_key(spelled):
                keys[key] = None
    return "".join(f"|{key}" for key in keys)[:NAME_KEY_MOST]


def can_cancel(phase: Phase, ends_at: datetime, now: datetime) -> bool:
    """Tell whether places can still be given back: until the fair is over."""
    return phase is not Phase.OVER and now < ends_at
