"""Draws what the adults of the demo fair speak, look for and need."""

from dataclasses import replace
from random import Random

from jobfair.attendees.rules import AttendeeKind, NeedInput, NeedKind, PersonInput
from jobfair.core.languages import DEFAULT_LANGUAGE
from jobfair.data.work import GermanLevel, Licence, WorkField

LEVEL_WEIGHTS = {
    GermanLevel.NONE: 14, GermanLevel.A1: 22, GermanLevel.A2: 26, GermanLevel.B1: 24,
    GermanLevel.B2: 11, GermanLevel.C1: 3,
}  # fmt: skip
LICENCE_WEIGHTS = {Licence.NONE: 62, Licence.B: 32, Licence.C: 4, Licence.FORKLIFT: 2}
NEED_SHARES = {NeedKind.WHEELCHAIR: 0.01, NeedKind.INTERPRETER: 0.06, NeedKind.SIGN_LANGUAGE: 0.005}
SAID_SHARE = 0.9
FIELDS_MOST = 3


def seeking(person: PersonInput, lang: str, rng: Random) -> PersonInput:
    """Return the person with what an adult says of work and needs; a child as it is."""
    if person.kind is not AttendeeKind.ADULT or rng.random() > SAID_SHARE:
        return person
    (level,) = rng.choices(list(LEVEL_WEIGHTS), list(LEVEL_WEIGHTS.values()))
    (licence,) = rng.choices(list(LICENCE_WEIGHTS), list(LICENCE_WEIGHTS.values()))
    fields = rng.sample(list(WorkField), rng.randint(1, FIELDS_MOST))
    return replace(
        person,
        speaks=(lang,) if level is GermanLevel.NONE else (lang, DEFAULT_LANGUAGE),
        german_level=level,
        work=tuple(sorted(fields)),
        licence=licence,
        needs=tuple(
            NeedInput(kind, lang if kind is NeedKind.INTERPRETER else "")
            for kind, share in NEED_SHARES.items()
            if rng.random() < share
        ),
    )
