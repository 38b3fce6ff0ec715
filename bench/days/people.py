"""The people of a day that is made up: where each of them really is, and what is recorded of it.

Nothing here knows the rules. A record has the time at which it happened and the time at which the
server has it; whom nobody scanned has none, and now and then one is written for somebody else.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from bench.days.buses import LINES, Bus, make_buses, moment, reaches, stops_of
from jobfair.shuttle.sightings import Answer, Answered, Booked, Seen, Sight

HOUSEHOLDS = 16
SIZES = (1, 1, 1, 2, 2, 3, 4, 5)
OUT = 1
SCANNED = {
    Sight.BOARD_OUT: 0.9,
    Sight.ALIGHT_OUT: 0.3,
    Sight.IN: 0.93,
    Sight.OUT: 0.7,
    Sight.BOARD_BACK: 0.95,
    Sight.ALIGHT_BACK: 0.4,
}
TICKED = {Sight.BOARD_OUT: 0.6, Sight.BOARD_BACK: 0.6, Sight.IN: 0.3}
LOST_BADGE = 0.04
NO_SHOW, STAYS_AWAY = 0.15, 0.04
SPLITS = 0.08
MIXED_UP = 0.003
GETS_OFF = 0.03
ON_PAPER = 0.05
WRONG_ANSWER = 0.2


@dataclass(frozen=True)
class Record:
    """A sighting, and when the server has it, in minutes after noon."""

    known_at: float
    at: float
    seen: Seen


@dataclass
class Person:
    """One person: where they live and ride, when they were at the fair, what was recorded."""

    number: int
    line: int
    stop: int
    booked: Booked | None
    has_badge: bool
    by_bus: bool = False
    home_by_bus: bool = False
    stays: list[tuple[float, float]] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)

    def is_there(self, at: float) -> bool:
        """Tell whether they are at the fair and on no bus."""
        return any(begin <= at < end for begin, end in self.stays)


@dataclass
class MadeUp:
    """A day: the buses, the people, and what attendants answered, with the time it is known."""

    buses: list[Bus]
    people: list[Person]
    answers: list[tuple[float, Answered]] = field(default_factory=list)


def make_day(rng: Random) -> MadeUp:
    """Return a day of some forty people."""
    day = MadeUp(make_buses(rng), [])
    for _household in range(HOUSEHOLDS):
        _add_household(day, rng)
    for bus in day.buses:
        if math.isfinite(bus.closed_at):
            _close(day, bus, rng)
    return day


def _add_household(day: MadeUp, rng: Random) -> None:
    line = rng.randrange(LINES)
    stop = rng.choice(stops_of(line))
    own = [bus for bus in day.buses if bus.line == line]
    ways = rng.choices(("both", "out", "back", "none"), (75, 8, 5, 12))[0]
    back = rng.choice(own) if ways in ("both", "back") else None
    comes, by_bus = rng.random() > NO_SHOW, _comes_by_bus(ways, rng)
    plan = _plan(back, own, rng)
    for _member in range(rng.choice(SIZES)):
        number = len(day.people) + 1
        out = OUT + line if ways in ("both", "out") else None
        booked = Booked(number, out, back.number if back else None, stop)
        person = Person(
            number, line, stop, booked if ways != "none" else None, rng.random() > LOST_BADGE
        )
        day.people.append(person)
        if comes and rng.random() > STAYS_AWAY:
            person.by_bus = by_bus
            mine = _plan(back, own, rng) if rng.random() < SPLITS else plan
            _live(day, person, mine, rng)


def _comes_by_bus(ways: str, rng: Random) -> bool:
    return rng.random() < {"both": 0.95, "out": 0.95, "back": 0.0, "none": 0.5}[ways]


def _plan(back: Bus | None, own: Sequence[Bus], rng: Random) -> Bus | float:
    """Return the bus that somebody takes home, or when they go otherwise; inf is never."""
    kind = rng.random()
    if back is None:
        kind = rng.uniform(0.78, 1) if kind < 0.6 else kind
    if back is not None and kind < 0.78:
        return back
    if kind < 0.87:
        return rng.choice(own)
    return rng.uniform(120, 330) if kind < 0.96 else math.inf


def _live(day: MadeUp, person: Person, plan: Bus | float, rng: Random) -> None:
    """Have somebody come, be at the fair, and go home as planned or not quite."""
    comes = rng.uniform(60, 130)
    if person.by_bus:
        line = person.line if rng.random() > 0.05 else rng.randrange(LINES)
        _record(day, person, Sight.BOARD_OUT, comes - rng.uniform(10, 60), OUT + line, rng)
        _record(day, person, Sight.ALIGHT_OUT, comes, OUT + line, rng)
    begins = comes
    _record(day, person, Sight.IN, comes + rng.uniform(0.5, 10), None, rng)
    if isinstance(plan, Bus) and rng.random() < GETS_OFF:
        begins = _get_off_again(day, person, plan, begins, rng)
        later = [bus for bus in day.buses if bus.line == plan.line and bus.left > begins + 5]
        plan = rng.choice(later) if later and rng.random() < 0.7 else math.inf
    if isinstance(plan, Bus):
        arrives = rng.uniform(plan.planned - 15, plan.left)
        ends = max(arrives, min(begins + 1, plan.left))
        _stroll(day, person, begins, ends, rng)
        _ride(day, person, plan, ends, rng)
    else:
        ends = max(plan, begins + 20)
        _stroll(day, person, begins, min(ends, 400), rng)
        if math.isfinite(ends):
            _record(day, person, Sight.OUT, ends - 0.2, None, rng)
    person.stays.append((begins, ends))


def _ride(day: MadeUp, person: Person, bus: Bus, boards: float, rng: Random) -> None:
    person.home_by_bus = True
    _record(day, person, Sight.OUT, boards - rng.uniform(0.2, 4), None, rng)
    _record(day, person, Sight.BOARD_BACK, boards, bus.number, rng)
    _record(day, person, Sight.ALIGHT_BACK, bus.left + rng.uniform(12, 70), bus.number, rng)


def _get_off_again(day: MadeUp, person: Person, bus: Bus, begins: float, rng: Random) -> float:
    """Have somebody board, get off before the bus leaves and go back in; return when."""
    boards = max(begins + 1, rng.uniform(bus.planned - 15, bus.planned - 5))
    gets_off = max(boards + 0.5, rng.uniform(boards, bus.left))
    person.stays.append((begins, boards))
    _record(day, person, Sight.BOARD_BACK, boards, bus.number, rng)
    _record(day, person, Sight.ALIGHT_BACK, gets_off, bus.number, rng)
    _record(day, person, Sight.IN, gets_off + rng.uniform(1, 5), None, rng)
    return gets_off


def _stroll(day: MadeUp, person: Person, begins: float, ends: float, rng: Random) -> None:
    """Have somebody go out for a while now and then."""
    for _time in range(rng.choice((0, 0, 0, 1, 2))):
        out = rng.uniform(begins, ends)
        _record(day, person, Sight.OUT, out, None, rng)
        _record(day, person, Sight.IN, rng.uniform(out, ends), None, rng)


def _record(
    day: MadeUp, person: Person, kind: Sight, at: float, departure: int | None, rng: Random
) -> None:
    """Write the sighting down, if anybody does; perhaps for another, perhaps hours later."""
    chances = SCANNED if person.has_badge else TICKED
    if rng.random() >= chances.get(kind, 0):
        return
    who = rng.choice(day.people) if rng.random() < MIXED_UP else person
    known_at = reaches(at, rng)
    if departure is not None and rng.random() < ON_PAPER:
        at, known_at = float(round(at)), at + rng.uniform(20, 200)
    who.records.append(Record(known_at, at, Seen(who.number, moment(at), kind, departure)))


def _close(day: MadeUp, bus: Bus, rng: Random) -> None:
    """Have the attendant, or the desk, answer for most of those with a seat who did not board."""
    for person in day.people:
        boarded = any(record.seen.kind is Sight.BOARD_BACK for record in person.records)
        booked = person.booked is not None and person.booked.back == bus.number
        if not booked or boarded or not person.records or rng.random() < 0.2:
            continue
        at = bus.closed_at + rng.uniform(-8, 15)
        answered = Answered(person.number, bus.number, moment(at), _answer(person, at, rng))
        day.answers.append((reaches(at, rng), answered))


def _answer(person: Person, at: float, rng: Random) -> Answer:
    if person.is_there(at) != (rng.random() < WRONG_ANSWER):
        return rng.choice((Answer.LATER_BUS, Answer.NOT_FOUND))
    return rng.choice((Answer.OTHERWISE, Answer.REACHED, Answer.NOT_FOUND))
