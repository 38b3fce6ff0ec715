"""Which people may be one person registered twice; a human decides, never this."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from jobfair.attendees.rules import ELSEWHERE

PHONE_END = 7  # the digits that +49 541 501 0000 and 0541 5010000 have in common


class Reason(StrEnum):
    """What two people of the same name share besides it."""

    PHONE = "phone"
    BIRTH_YEAR = "birth_year"
    MUNICIPALITY = "municipality"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Known:
    """What a person is compared by, as its row and that of its household say it."""

    id: int
    household_id: int
    name_key: str
    sound_key: str
    municipality: str
    birth_year: int | None
    phone: str

    @property
    def sounds(self) -> frozenset[str]:
        """Return how the words of the name sound."""
        return frozenset(self.sound_key.split("|")[1:])


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be one, the smaller id first, and what they share."""

    first_id: int
    second_id: int
    reasons: tuple[Reason, ...]


def likely_pairs(people: Iterable[Known], distinct: frozenset[tuple[int, int]]) -> list[Pair]:
    """Return the pairs that may be one person, those who share most first.

    Their names sound alike, word for word in any order; one of them may have further words, such
    as a second family name. A single word is a name that too many have: then two things besides
    it must be the same. Pairs known to be two people are left out.
    """
    pairs = {}
    for one, other in _namesakes(people):
        ids = min(one.id, other.id), max(one.id, other.id)
        reasons = tuple(_shared(one, other))
        if len(reasons) >= _enough(one, other) and ids not in distinct:
            pairs[ids] = Pair(*ids, reasons)
    return sorted(pairs.values(), key=_likelihood)


def _likelihood(pair: Pair) -> tuple[int, int, int]:
    return -len(pair.reasons), pair.first_id, pair.second_id


def _namesakes(people: Iterable[Known]) -> Iterator[tuple[Known, Known]]:
    """Return the pairs whose names sound alike; only who shares two words is compared."""
    groups: dict[tuple[str, ...], list[Known]] = defaultdict(list)
    for person in people:
        words = sorted(set(person.sound_key.split("|")[1:]))
        for few in combinations(words, min(len(words), 2)):
            groups[few].append(person)
    groups.pop((), None)
    for alike in groups.values():
        for one, other in combinations(alike, 2):
            if one.sounds <= other.sounds or other.sounds <= one.sounds:
                yield one, other


def _enough(one: Known, other: Known) -> int:
    together = one.household_id == other.household_id
    return 2 if len(one.sounds) == 1 and not together else 1


def _shared(one: Known, other: Known) -> Iterator[Reason]:
    """Return what they share; a household's place and number are everybody's in it."""
    together = one.household_id == other.household_id
    if not together and _end(one.phone) and _end(one.phone) == _end(other.phone):
        yield Reason.PHONE
    if one.birth_year is not None and one.birth_year == other.birth_year:
        yield Reason.BIRTH_YEAR
    if not together and one.municipality == other.municipality != ELSEWHERE:
        yield Reason.MUNICIPALITY
    if together and one.name_key == other.name_key:
        yield Reason.SPELLING


def _end(phone: str) -> str:
    """Return the last digits of a number, nothing where it has too few."""
    digits = "".join(filter(str.isdecimal, phone))[-PHONE_END:]
    return digits if len(digits) == PHONE_END else ""
