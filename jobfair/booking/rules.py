"""Decisions about registering: steps, drafts, names in two scripts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from jobfair.attendees.rules import (
    ELSEWHERE,
    NAME_MOST,
    AttendeeKind,
    NeedInput,
    NeedKind,
    PersonInput,
)
from jobfair.core.text import Script, clean_line, latin_proposal
from jobfair.core.text.scripts import script_of_character
from jobfair.data.work import GermanLevel, Licence, WorkField
from jobfair.fairs.rules import Phase, RegistrationState, Window, registration_state
from jobfair.shuttle.rules import WAVES_MOST, Ways

DRAFT_DAYS = 7
DRAFT_KEPT = timedelta(days=DRAFT_DAYS)
SENT_KEPT = timedelta(hours=1)
NO_BUS = "no"
ONLY_BY_BUS = "only"
COME_ANYWAY = "come"
ANY_BUS = WAVES_MOST
CITY = "03404000"
CONSENT_TEXT = "registration"
MEET_BEFORE = timedelta(minutes=10)
EARLY = timedelta(minutes=45)

PERSON_FIELDS = (
    "key",
    "kind",
    "given",
    "family",
    "latin_given",
    "latin_family",
    "own_given",
    "own_family",
    "read_from",
    "birth_year",
)
Typed = dict[str, Any]


class Step(StrEnum):
    """The pages of a registration, in their order."""

    WHO = "who"
    PLACE = "place"
    WHEN = "when"
    BUS = "bus"
    WORK = "work"
    NEEDS = "needs"
    CONTACT = "contact"
    SUMMARY = "summary"


@dataclass(frozen=True)
class RideInput:
    """What the household wishes of the shuttle.

    `flexibility` is how many buses earlier or later would do, `alternatives` are other stops that
    would. Who comes `only_by_bus` doesn't come where there are no seats.
    """

    ways: Ways
    stop_id: int
    back_wave: int | None
    out_wave: int | None = 0
    flexibility: int = ANY_BUS
    alternatives: tuple[int, ...] = ()
    wheelchairs: int = 0
    prams: int = 0
    only_by_bus: bool = False


@dataclass(frozen=True)
class Contact:
    """How the household can be reached, and the language it speaks."""

    email: str
    phone: str
    lang: str


def steps_of(*, windows: bool, shuttle: bool) -> tuple[Step, ...]:
    """Return the steps of this fair: what it hasn't got isn't asked."""
    absent = {Step.WHEN: not windows, Step.BUS: not shuttle}
    return tuple(step for step in Step if not absent.get(step, False))


def first_open(done: Iterable[str], steps: Sequence[Step]) -> Step:
    """Return the first step that isn't finished, the last one where all are."""
    finished = set(done)
    return next((step for step in steps if step.value not in finished), steps[-1])


def step_before(step: Step, steps: Sequence[Step]) -> Step:
    """Return the step that leads here, the first one before itself."""
    return steps[max(steps.index(step) - 1, 0)]


def stops_near(municipality: str) -> str:
    """Return the municipality whose stops are offered first: the city to those from elsewhere."""
    return CITY if municipality == ELSEWHERE else municipality


def is_latin(name: str) -> bool:
    """Tell whether every letter of the name is a Latin one."""
    return all(script_of_character(c) is Script.LATIN for c in name if c.isalpha())


def has_letters(name: str) -> bool:
    """Tell whether the name has anything that can be read."""
    return any(char.isalpha() for char in name)


def source_of(person: Mapping[str, str]) -> str:
    """Return what a Latin proposal is made from, so that a later change is noticed."""
    return f"{person['given']}|{person['family']}"


def with_proposals(person: Mapping[str, str], lang: str) -> dict[str, str]:
    """Return what was typed with a Latin spelling of whatever isn't in Latin letters."""
    source = source_of(person)
    fresh = person["read_from"] == source
    proposed = dict(person, read_from=source)
    for part in ("given", "family"):
        looked_at = person[f"latin_{part}"] if fresh else ""
        proposed[f"latin_{part}"] = _latin_beside(person[part], looked_at, lang)
    return proposed


def _latin_beside(typed: str, latin: str, lang: str) -> str:
    """Return the Latin spelling that stands beside a name: none for a Latin one."""
    if is_latin(typed):
        return ""
    return latin if latin and is_latin(latin) else _propose(latin or typed, lang)


def blank_person(kind: AttendeeKind, key: str = "") -> Typed:
    """Return the empty fields of one more person."""
    return dict.fromkeys(PERSON_FIELDS, "") | {"kind": kind.value, "key": key}


def newly_proposed(before: Iterable[Typed], after: Iterable[Typed]) -> bool:
    """Tell whether there is a Latin spelling that nobody has looked at yet."""
    return any(
        new[part] not in ("", old[part])
        for old, new in zip(before, after, strict=True)
        for part in ("latin_given", "latin_family")
    )


def person_of(typed: Mapping[str, str]) -> PersonInput:
    """Return the person that the fields describe, each name sorted by its script."""
    given, own_given = _name_pair(typed, "given")
    family, own_family = _name_pair(typed, "family")
    return PersonInput(
        kind=AttendeeKind(typed["kind"]),
        given_name=given,
        family_name=family,
        own_given_name=own_given,
        own_family_name=own_family,
        birth_year=int(typed["birth_year"]) if typed["birth_year"] else None,
    )


def people_of(
    people: Iterable[Typed], work: Iterable[Typed], needs: Typed
) -> tuple[PersonInput, ...]:
    """Return the people as described on all steps; `key` says which answers belong to whom."""
    sought = {one["key"]: one for one in work}
    return tuple(
        replace(
            person_of(person),
            **(sought_by(sought.get(person["key"], {})) if _is_grown(person) else {}),
            needs=needs_of(person, needs),
        )
        for person in people
    )


def sought_by(typed: Typed) -> dict[str, Any]:
    """Return what an adult speaks and looks for, by the names that `PersonInput` has for it."""
    return {
        "speaks": tuple(typed.get("speaks", ())),
        "german_level": GermanLevel(typed["german_level"]) if typed.get("german_level") else None,
        "work": tuple(WorkField(field) for field in typed.get("work", ())),
        "licence": Licence(typed["licence"]) if typed.get("licence") else None,
    }


def needs_of(person: Typed, needs: Typed) -> tuple[NeedInput, ...]:
    """Return what this one of the household needs; childcare is for every child of it."""
    key, child = person["key"], not _is_grown(person)
    asked = {
        NeedKind.WHEELCHAIR: key in needs.get("wheelchair", ()),
        NeedKind.INTERPRETER: key in needs.get("interpreter", ()),
        NeedKind.CHILDCARE: child and bool(needs.get("childcare")),
        NeedKind.SIGN_LANGUAGE: key in needs.get("sign_language", ()),
    }
    spoken = needs.get("interpreter_lang", "")
    return tuple(
        NeedInput(kind, spoken if kind is NeedKind.INTERPRETER else "")
        for kind, yes in asked.items()
        if yes
    )


def ride_of(typed: Typed) -> RideInput | None:
    """Return the wish of a finished bus step, None for those who come on their own."""
    if typed["stop"] == NO_BUS:
        return None
    ways = Ways(typed["ways"])
    return RideInput(
        ways,
        int(typed["stop"]),
        back_wave=None if ways is Ways.OUT else int(typed["back"]),
        out_wave=None if ways is Ways.BACK else int(typed["arrive"]),
        flexibility=int(typed["flexible"]),
        alternatives=tuple(int(one) for one in typed["also"] if one != typed["stop"]),
        wheelchairs=int(typed["wheelchairs"]),
        prams=int(typed["prams"]),
        only_by_bus=typed["seatless"] == ONLY_BY_BUS,
    )


def typed_ride(ride: RideInput | None) -> Typed:
    """Return the wish as typed into the form of the bus."""
    if ride is None:
        return {"stop": NO_BUS}
    return {
        "stop": str(ride.stop_id),
        "ways": ride.ways.value,
        **_typed_waves(arrive=ride.out_wave, back=ride.back_wave),
        "flexible": str(ride.flexibility if ride.flexibility < 2 else ANY_BUS),
        "also": [str(stop_id) for stop_id in ride.alternatives],
        "wheelchairs": str(ride.wheelchairs),
        "prams": str(ride.prams),
        "seatless": ONLY_BY_BUS if ride.only_by_bus else COME_ANYWAY,
    }


def _typed_waves(**waves: int | None) -> Typed:
    return {name: str(wave) for name, wave in waves.items() if wave is not None}


def wheelchairs_of(ride: RideInput, needs: Iterable[Iterable[NeedKind]]) -> int:
    """Return how many ride in a wheelchair: what was said of the bus, or of the people's needs."""
    people = [set(kinds) for kinds in needs]
    return min(len(people), max(ride.wheelchairs, sum(NeedKind.WHEELCHAIR in k for k in people)))


def suits(at: datetime, starts_at: datetime, ends_at: datetime) -> bool:
    """Tell whether a bus that arrives then is in time for an arrival window, and not too early."""
    return starts_at - EARLY <= at <= ends_at


def _is_grown(person: Typed) -> bool:
    return bool(person["kind"] != AttendeeKind.CHILD)


def _name_pair(typed: Mapping[str, str], part: str) -> tuple[str, str]:
    """Return the Latin spelling and the own one."""
    name = typed[part]
    if is_latin(name):
        return name, typed[f"own_{part}"]
    return typed[f"latin_{part}"] or _propose(name), name


def _propose(name: str, lang: str = "") -> str:
    return clean_line(latin_proposal(name, lang), NAME_MOST)


def registration_now(
    phase: Phase, opens_at: datetime | None, closes_at: datetime | None, now: datetime
) -> RegistrationState:
    """Return whether a fair takes registrations now."""
    return registration_state(phase, Window(opens_at, closes_at), now)


def may_wait(phase: Phase, starts_at: datetime, state: RegistrationState, now: datetime) -> bool:
    """Tell whether households can join the waiting list although registration is closed."""
    before = phase in (Phase.OPEN, Phase.CLOSED) and now < starts_at
    return state is RegistrationState.CLOSED and before
