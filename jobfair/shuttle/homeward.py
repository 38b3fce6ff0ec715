"""The way home: who is expected on which return, who is missing, who may be left behind.

Everything follows from what was recorded; nothing here asks a clock or a table. A person concerns
these rules once a record shows them at a bus, or at the fair with a seat on one. Of a person's
sightings the latest counts, in corrected time; at the same moment the one that leaves them at the
fair. So scans may arrive in any order, and twice.

The one thing that ends a warning is a boarding of a return with no sighting after it. A scan at the
exit doesn't, since people smoke and wait outside, nor does an answer, since answers can be wrong:
both only put the person further down the list.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from jobfair.shuttle.sightings import (
    Answer,
    Answered,
    Booked,
    Day,
    Leaving,
    Return,
    Seen,
    Sight,
    Standing,
    Warnings,
    Where,
)

SOON = timedelta(minutes=15)
LAST_CALL = timedelta(minutes=10)
STILL_AT_THE_FAIR = timedelta(minutes=5)  # no stop is nearer than this to a bus that has left
URGENCY = {where: rank for rank, where in enumerate(Where)}
Known = Sequence[Standing] | None
Row = TypeVar("Row", Seen, Answered)
GONE = frozenset({Answer.OTHERWISE, Answer.REACHED})
_SIGHTS = {sight: rank for rank, sight in enumerate(Sight)}
_ANSWERS = {answer: rank for rank, answer in enumerate(Answer)}


def came_by_bus(seen: Iterable[Seen], booked: Booked | None) -> bool:
    """Tell whether a person was seen on a bus to the fair, or at its door with a seat on one."""
    kinds = {sighting.kind for sighting in seen}
    if kinds & {Sight.BOARD_OUT, Sight.ALIGHT_OUT}:
        return True
    return booked is not None and booked.out is not None and bool(kinds & {Sight.IN, Sight.OUT})


def standings(day: Day) -> list[Standing]:
    """Return how it stands with everybody who needs a bus home, the most urgent first."""
    returns = {bus.id: bus for bus in day.returns}
    booked = {seat.person: seat for seat in day.booked}
    answers = _by_person(set(day.answered))
    found = [
        _standing(seen, booked.get(person), sorted(answers[person], key=_said), returns)
        for person, seen in _by_person(day.seen).items()
        if _needs_bus(seen, booked.get(person))
    ]
    return sorted(found, key=_urgency)


def _by_person(rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.person].append(row)
    return found


def expected_home(day: Day, found: Known = None) -> dict[int, frozenset[int]]:
    """Return who is on each return or expected on it; nobody is expected on two.

    Here and below `found` are the standings of the day, where they were worked out before.
    """
    return _expected(day, _known(day, found))


def missing(day: Day, departure_id: int, found: Known = None) -> list[Standing]:
    """Return who is or was expected on a return and has boarded none, the most urgent first.

    Those for whom an answer was given are among them: `answer_for` has it.
    """
    return _missing(_known(day, found), departure_id)


def concerned(day: Day, departure_id: int, found: Known = None) -> frozenset[int]:
    """Return of whom something can be said when a return is closed, by a list that may be old.

    Whoever has a seat on it, seen or not; is or was expected on it; or is expected on none and
    hasn't boarded any. Whoever rides home on another one is asked for there.
    """
    seated = {seat.person for seat in day.booked if seat.back == departure_id}
    return frozenset(
        seated.union(one.person for one in _known(day, found) if _asks(one, departure_id))
    )


def call_list(day: Day, found: Known = None) -> list[Standing]:
    """Return whom the desk has to reach: not found, or a return has gone without them.

    Those who were said to go home otherwise, or to take a later bus that there is, are not on it.
    """
    waiting = (Where.THERE, Where.SEEN_OUT)
    return [one for one in _known(day, found) if one.where in waiting and _lost(one)]


def warnings(now: datetime, day: Day, found: Known = None) -> Warnings:
    """Return who hasn't boarded the returns about to leave, and whom the last call is for.

    Both begin by the planned time, however late the bus is said to be. A return is warned of until
    it is closed; the last call for a person begins before the last bus to their stop (where that
    isn't known, before the first bus that is the last to any stop) and lasts until they board.
    """
    found = _known(day, found)
    expected = _expected(day, found)
    soon = (
        Leaving(bus.id, expected[bus.id], _awaited(found, bus.id))
        for bus in sorted(day.returns, key=_order)
        if bus.closed_at is None and now >= bus.leaves_at - SOON
    )
    last = _last_buses(day.returns)
    return Warnings(
        tuple(leaving for leaving in soon if leaving.missing),
        tuple(one for one in found if _called(one, last, now)),
    )


def _known(day: Day, found: Known) -> Sequence[Standing]:
    return standings(day) if found is None else found


def _needs_bus(seen: Sequence[Seen], booked: Booked | None) -> bool:
    rides_back = booked is not None and booked.back is not None
    boarded = any(sighting.kind in (Sight.BOARD_BACK, Sight.ALIGHT_BACK) for sighting in seen)
    return rides_back or boarded or came_by_bus(seen, booked)


def _standing(
    seen: Sequence[Seen],
    booked: Booked | None,
    answers: Sequence[Answered],
    returns: Mapping[int, Return],
) -> Standing:
    last = max(seen, key=_moment)
    where = _where(seen, last, answers, returns)
    missed: tuple[int, ...] = ()
    returning = None
    if where is Where.ABOARD:
        returning = last.departure
    elif where is Where.SAID_GONE:
        missed = tuple(dict.fromkeys(given.departure for given in answers))
    else:
        missed, returning = _way(booked, answers, returns)
    stop = booked.stop if booked else None
    return Standing(last.person, where, last, stop, returning, missed, tuple(answers))


def _where(
    seen: Sequence[Seen], last: Seen, answers: Sequence[Answered], returns: Mapping[int, Return]
) -> Where:
    if _is_aboard(last, returns):
        return Where.ABOARD
    if _is_said_gone(answers, seen):
        return Where.SAID_GONE
    return Where.SEEN_OUT if last.kind is Sight.OUT else Where.THERE


def _is_aboard(last: Seen, returns: Mapping[int, Return]) -> bool:
    if last.kind is Sight.ALIGHT_BACK:
        return _rode(last, returns)
    return last.kind is Sight.BOARD_BACK


def _is_said_gone(answers: Sequence[Answered], seen: Iterable[Seen]) -> bool:
    if not answers or answers[-1].answer not in GONE:
        return False
    return not _contradicted(answers[-1], seen)


def _rode(alighted: Seen, returns: Mapping[int, Return]) -> bool:
    """Tell whether the bus had left the fair when they got off; unknown means that it hadn't."""
    bus = None if alighted.departure is None else returns.get(alighted.departure)
    if bus is None or bus.closed_at is None:
        return False
    return alighted.at > bus.closed_at + STILL_AT_THE_FAIR


def _contradicted(answer: Answered, seen: Iterable[Seen]) -> bool:
    """Tell whether they were seen after they were said to have gone; a scan out fits with that."""
    return any(one.at >= answer.at and one.kind is not Sight.OUT for one in seen)


def _way(
    booked: Booked | None, answers: Sequence[Answered], returns: Mapping[int, Return]
) -> tuple[tuple[int, ...], int | None]:
    """Return the returns that were missed, one after the other, and the one that comes next."""
    stop = booked.stop if booked else None
    bus = _first(booked, answers, returns)
    missed: list[int] = []
    while bus is not None and bus.id not in missed:
        later = _later_bus(bus.id, answers)
        let_go_at = later.at if later else bus.closed_at
        if let_go_at is None:
            return tuple(missed), bus.id
        missed.append(bus.id)
        if later is not None and later.later is not None:
            bus = returns.get(later.later)
        else:
            bus = _next_to(stop, bus, let_go_at, returns.values())
    return tuple(missed), None


def _first(
    booked: Booked | None, answers: Sequence[Answered], returns: Mapping[int, Return]
) -> Return | None:
    """Return the bus on which somebody has a seat back, else the one that they were missed on."""
    if booked is not None and booked.back is not None:
        return returns.get(booked.back)
    return returns.get(answers[0].departure) if answers else None


def _later_bus(departure_id: int, answers: Sequence[Answered]) -> Answered | None:
    """Return the last answer for this return where it is that they take a later bus."""
    given = [one for one in answers if one.departure == departure_id]
    return given[-1] if given and given[-1].answer is Answer.LATER_BUS else None


def _next_to(
    stop: int | None, bus: Return, at: datetime, returns: Iterable[Return]
) -> Return | None:
    """Return the next bus to the stop after this one that hadn't left at this time."""
    coming = (
        other
        for other in returns
        if stop in other.stops
        and _order(other) > _order(bus)
        and (other.closed_at is None or other.closed_at > at)
    )
    return min(coming, key=_order, default=None)


def _expected(day: Day, found: Iterable[Standing]) -> dict[int, frozenset[int]]:
    people: dict[int, set[int]] = {bus.id: set() for bus in day.returns}
    for one in found:
        if one.returning in people:
            people[one.returning].add(one.person)
    return {bus_id: frozenset(expected) for bus_id, expected in people.items()}


def _missing(found: Iterable[Standing], departure_id: int) -> list[Standing]:
    return [
        one
        for one in found
        if one.where is not Where.ABOARD and departure_id in (*one.missed, one.returning)
    ]


def _awaited(found: Iterable[Standing], departure_id: int) -> tuple[Standing, ...]:
    return tuple(
        one for one in found if one.where is not Where.ABOARD and one.returning == departure_id
    )


def _asks(one: Standing, departure_id: int) -> bool:
    """Tell whether the list of the return has or had them, or no other one has."""
    return one.returning is None or departure_id in (*one.missed, one.returning)


def _lost(one: Standing) -> bool:
    if one.answers and one.answers[-1].answer is Answer.NOT_FOUND:
        return True
    if not one.missed:
        return False
    return one.returning is None or one.answer_for(one.missed[-1]) is not Answer.LATER_BUS


def _last_buses(returns: Iterable[Return]) -> dict[int, datetime]:
    """Return when the last bus to each stop leaves, as planned."""
    last: dict[int, datetime] = {}
    for bus in returns:
        for stop in bus.stops:
            last[stop] = max(last.get(stop, bus.leaves_at), bus.leaves_at)
    return last


def _called(one: Standing, last: Mapping[int, datetime], now: datetime) -> bool:
    if one.where is Where.ABOARD or not last:
        return False
    first = min(last.values())
    leaves_at = first if one.stop is None else last.get(one.stop, first)
    return now >= leaves_at - LAST_CALL


def _moment(seen: Seen) -> tuple[datetime, int, int, str]:
    return (seen.at, _SIGHTS[seen.kind], seen.departure or 0, seen.door)


def _said(given: Answered) -> tuple[datetime, int, int, int]:
    return (given.at, _ANSWERS[given.answer], given.departure, given.later or 0)


def _order(bus: Return) -> tuple[datetime, int]:
    return (bus.due_at, bus.id)


def _urgency(one: Standing) -> tuple[int, datetime, int]:
    return (URGENCY[one.where], one.last.at, one.person)
