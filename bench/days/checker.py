"""Compares what the desk is warned of with where the people really are.

Nothing here uses the rules: who must be warned of is worked out from the truth of the day, and
from whether a record shows it.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bench.days.buses import Bus, moment
from bench.days.people import MadeUp, Person
from jobfair.shuttle.sightings import Day, Sight, Warnings, Where

Warn = Callable[[datetime, Day], Warnings]
BUS_SIGHTS = frozenset(Sight) - {Sight.IN, Sight.OUT}


class Shown(StrEnum):
    """Whether a record shows that somebody is there and needs a bus; if none does, why not."""

    YES = "shown by a record"
    NEVER = "nobody has recorded them at all"
    NO_BUS = "no seat, and on no bus when scanned"
    ABOARD = "recorded last on a bus home, without being on it"


@dataclass
class Tally:
    """What was counted over all days."""

    there: Counter[Shown] = field(default_factory=Counter)
    left_behind: list[str] = field(default_factory=list)
    warned: Counter[Where] = field(default_factory=Counter)
    gone_by_bus: Counter[Where] = field(default_factory=Counter)
    gone_otherwise: Counter[Where] = field(default_factory=Counter)
    expected: int = 0


def known_of(day: MadeUp, now: float) -> Day:
    """Return what the server has recorded of the day by then."""
    return Day(
        tuple(bus.known(now) for bus in day.buses),
        tuple(person.booked for person in day.people if person.booked is not None),
        tuple(
            record.seen
            for person in day.people
            for record in person.records
            if record.known_at <= now
        ),
        tuple(answered for known_at, answered in day.answers if known_at <= now),
    )


def judge(day: MadeUp, warn: Warn, tally: Tally) -> None:
    """Count who is warned of before each bus and before the last ones, rightly or not."""
    for bus in day.buses:
        _judge_bus(day, bus, warn, tally)
    last = max(bus.left for bus in day.buses) - 10
    calls = {person.number: _last_call(day.buses, person.stop, last) for person in day.people}
    for now in sorted({*calls.values(), last}):
        called = warn(moment(now), known_of(day, now)).last_call
        due = [one for one in day.people if calls[one.number] <= now]
        _judge_call(due, {one.person for one in called}, now, tally, counted=now == last)
    people = {person.number: person for person in day.people}
    for one in called:
        tally.warned[one.where] += 1
        person = people[one.person]
        if not person.is_there(last):
            gone = tally.gone_by_bus if person.home_by_bus else tally.gone_otherwise
            gone[one.where] += 1


def _judge_call(
    due: Iterable[Person], called: set[int], now: float, tally: Tally, *, counted: bool
) -> None:
    for person in due:
        rides = person.by_bus or (person.booked is not None and person.booked.back is not None)
        if not rides or not person.is_there(now):
            continue
        shown = _shown(person, now)
        tally.there[shown] += counted
        if shown is Shown.YES and person.number not in called:
            tally.left_behind.append(f"last call at {now:.1f}: {person}")


def _judge_bus(day: MadeUp, bus: Bus, warn: Warn, tally: Tally) -> None:
    """Find who has a seat on a bus, is there a quarter of an hour before, and isn't named."""
    now = bus.left - 15
    soon = warn(moment(now), known_of(day, now)).soon
    named = {
        one.person for leaving in soon if leaving.departure == bus.number for one in leaving.missing
    }
    answered = {one.person for known_at, one in day.answers if known_at <= now}
    for person in day.people:
        seat = person.booked is not None and person.booked.back == bus.number
        if not seat or person.number in answered or not person.is_there(now):
            continue
        if _shown(person, now) is Shown.YES:
            tally.expected += 1
            if person.number not in named:
                tally.left_behind.append(f"bus {bus.number} at {now:.1f}: {person}")


def _last_call(buses: Iterable[Bus], stop: int, last: float) -> float:
    """Return ten minutes before the last bus to the stop really leaves."""
    return max((bus.left for bus in buses if stop in bus.stops), default=last + 10) - 10


def _shown(person: Person, now: float) -> Shown:
    """Tell whether the records show somebody who is there, and what hides them otherwise."""
    known = [record for record in person.records if record.known_at <= now]
    if not known:
        return Shown.NEVER
    if person.booked is None and not any(one.seen.kind in BUS_SIGHTS for one in known):
        return Shown.NO_BUS
    latest = max(record.at for record in known)
    kinds = {record.seen.kind for record in known if record.at == latest}
    on_the_way = {Sight.BOARD_BACK}, {Sight.ALIGHT_BACK}, {Sight.BOARD_BACK, Sight.ALIGHT_BACK}
    return Shown.ABOARD if kinds in on_the_way else Shown.YES
