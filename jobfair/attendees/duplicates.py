"""Which people may be one person registered twice; a human decides, never this."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from jobfair.attendees.rules import ELSEWHERE

WORDS_OF_A_NAME = 2
PHONE_END = 7  # digits that +49 541 501 0000 and 0541 5010000 have in common at least


class Reason(StrEnum):
    """What two people of the same name share besides it."""

    PHONE = "phone"
    BIRTH_YEAR = "birth_year"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class Known:
    """What a person is compared by; `sounds` are the words of the name in any order."""

    id: int
    sounds: frozenset[str]
    municipality: str
    birth_year: int | None
    phone: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be one, the smaller id first, and what they share."""

    first_id: int
    second_id: int
    reasons: tuple[Reason, ...]


def known_by(
    attendee_id: int, sound_key: str, municipality: str, birth_year: int | None, phone: str
) -> Known:
    """Return what the person is compared by, as its row says it."""
    digits = "".join(filter(str.isdecimal, phone))[-PHONE_END:]
    sounds = frozenset(filter(None, sound_key.split("|")))
    return Known(attendee_id, sounds, municipality, birth_year, digits)


def likely_pairs(people: Iterable[Known], distinct: frozenset[tuple[int, int]]) -> list[Pair]:
    """Return the pairs that may be one person, those who share most first.

    Their names sound alike, word for word in any order; one of them may have further words, such
    as a second family name. A single word is a name that too many have: then two things besides
    it must be the same.
    """
    found: dict[tuple[int, int], set[Reason]] = defaultdict(set)
    for reason, alike in _groups(people):
        for one, other in combinations(alike, 2):
            if _same_name(one, other):
                found[min(one.id, other.id), max(one.id, other.id)].add(reason)
    singles = {one.id for one in people if len(one.sounds) < WORDS_OF_A_NAME}
    pairs = [
        Pair(*ids, tuple(reason for reason in Reason if reason in reasons))
        for ids, reasons in found.items()
        if ids not in distinct and (len(reasons) > 1 or singles.isdisjoint(ids))
    ]
    return sorted(pairs, key=lambda pair: (-len(pair.reasons), pair.reasons, pair.first_id))


def _groups(people: Iterable[Known]) -> Iterator[tuple[Reason, list[Known]]]:
    """Return the groups of people who share something and two words of their names."""
    groups: dict[tuple[Reason, str | int, tuple[str, ...]], list[Known]] = defaultdict(list)
    for person in people:
        for words in combinations(sorted(person.sounds), min(len(person.sounds), 2)):
            for reason, value in _shared(person):
                groups[reason, value, words].append(person)
    return ((reason, alike) for (reason, _value, _words), alike in groups.items())


def _shared(person: Known) -> Iterator[tuple[Reason, str | int]]:
    if not person.sounds:
        return
    if len(person.phone) == PHONE_END:
        yield Reason.PHONE, person.phone
    if person.birth_year is not None:
        yield Reason.BIRTH_YEAR, person.birth_year
    if person.municipality != ELSEWHERE:
        yield Reason.MUNICIPALITY, person.municipality


def _same_name(one: Known, other: Known) -> bool:
    if min(len(one.sounds), len(other.sounds)) < WORDS_OF_A_NAME:
        return one.sounds == other.sounds
    return one.sounds <= other.sounds or other.sounds <= one.sounds
