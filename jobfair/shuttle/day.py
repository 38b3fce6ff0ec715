"""A day of the buses: who has a seat, who is on board, who is expected, who is missing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from jobfair.checkin.lookup import Door, Moved
from jobfair.checkin.ports import Rider
from jobfair.checkin.room import Listed, room_left
from jobfair.checkin.rules import OUTSIDE, Presence, presence
from jobfair.checkin.rules import Direction as Way
from jobfair.shuttle import homeward
from jobfair.shuttle.lateness import Late, fair_position, late_at
from jobfair.shuttle.models import Departure
from jobfair.shuttle.rules import Direction
from jobfair.shuttle.sightings import Day, Seen, Sight, Standing, Warnings, Where

SIGHTS = {
    (Way.BOARD, Direction.OUT): Sight.BOARD_OUT,
    (Way.ALIGHT, Direction.OUT): Sight.ALIGHT_OUT,
    (Way.BOARD, Direction.BACK): Sight.BOARD_BACK,
    (Way.ALIGHT, Direction.BACK): Sight.ALIGHT_BACK,
}


@dataclass(frozen=True)
class Seat:
    """A person's place on a departure; `party` is how many ride together by the same request."""

    person: int
    departure: int
    direction: Direction
    stop: int
    party: int
    prams: int
    wheelchairs: int
    request: int


@dataclass(frozen=True)
class BusDay:
    """What is recorded of the buses of a fair's day, and what follows from it.

    `moves` are the scans that count of everybody who concerns the buses that were asked for, and
    `wheelchairs` those of them who come in one.
    """

    departures: Mapping[int, Departure]
    lates: Mapping[int, Sequence[Late]]
    seats: Sequence[Seat]
    wheelchairs: Collection[int]
    moves: Mapping[int, Sequence[Moved]]
    facts: Day

    @cached_property
    def standings(self) -> dict[int, Standing]:
        """Return how it stands with the way home of everybody who needs a bus."""
        return {one.person: one for one in self._found}

    @cached_property
    def _found(self) -> list[Standing]:
        return homeward.standings(self.facts)

    @cached_property
    def _seats_of(self) -> dict[int, list[Seat]]:
        found: dict[int, list[Seat]] = defaultdict(list)
        for seat in self.seats:
            found[seat.departure].append(seat)
        return found

    def missing(self, departure: Departure) -> list[Standing]:
        """Return who is missing on the return, or was when it left, the most urgent first."""
        return homeward.missing(self.facts, departure.id, self._found)

    def concerned(self, departure: Departure) -> frozenset[int]:
        """Return of whom something can be said when the return is closed."""
        return homeward.concerned(self.facts, departure.id, self._found)

    def call_list(self) -> list[Standing]:
        """Return whom the desk has to reach, the most urgent first."""
        return homeward.call_list(self.facts, self._found)

    def warnings(self, now: datetime) -> Warnings:
        """Return which returns are about to leave without somebody, and whom the last is for."""
        return homeward.warnings(now, self.facts, self._found)

    @cached_property
    def expected_home(self) -> dict[int, frozenset[int]]:
        """Return who is on each return or expected on it."""
        return homeward.expected_home(self.facts, self._found)

    @property
    def homeward(self) -> list[Departure]:
        """Return the buses that go home."""
        return [bus for bus in self.departures.values() if bus.direction is Direction.BACK]

    @cached_property
    def aboard(self) -> dict[int, dict[int, Presence]]:
        """Return for each departure who is on board, and since when."""
        found: dict[int, dict[int, Presence]] = defaultdict(dict)
        for person, moves in self.moves.items():
            for bus_id in {moved.door.departure_id for moved in moves} - {None}:
                door = Door(departure_id=bus_id)
                there = presence(moved.move for moved in moves if moved.door == door)
                if there.since is not None and bus_id is not None:
                    found[bus_id][person] = there
        return found

    @cached_property
    def rode_out(self) -> dict[int, set[int]]:
        """Return for each person the buses to the fair that they were seen on."""
        found: dict[int, set[int]] = defaultdict(set)
        for seen in self.facts.seen:
            if seen.kind in (Sight.BOARD_OUT, Sight.ALIGHT_OUT) and seen.departure is not None:
                found[seen.person].add(seen.departure)
        return found

    def came_by_bus(self) -> set[int]:
        """Return who came by bus: seen on one, or at the fair with a seat on one."""
        seen: dict[int, list[Seen]] = defaultdict(list)
        for one in self.facts.seen:
            seen[one.person].append(one)
        booked = {seat.person: seat for seat in self.facts.booked}
        return {
            person
            for person, theirs in seen.items()
            if homeward.came_by_bus(theirs, booked.get(person))
        }

    def late_at_fair(self, departure: Departure) -> int:
        """Return how many minutes late the bus arrives at the fair, or leaves from there."""
        position = fair_position(departure.direction, len(departure.calls))
        return late_at(self.lates.get(departure.id, ()), position)

    def late_at_calls(self, departure: Departure) -> list[int]:
        """Return how many minutes late the bus is at each of its calls."""
        lates = self.lates.get(departure.id, ())
        return [late_at(lates, call.position) for call in departure.calls]

    def due_at(self, departure: Departure) -> datetime:
        """Return when the bus arrives at the fair, or leaves from there, by the latest report."""
        return departure.fair_at + timedelta(minutes=self.late_at_fair(departure))

    def next_position(self, departure: Departure, now: datetime) -> int:
        """Return where the bus comes next by the clock: a call's position, or the fair's."""
        lates = self.lates.get(departure.id, ())
        fair = (fair_position(departure.direction, len(departure.calls)), departure.fair_at)
        places = sorted([fair, *((call.position, call.at) for call in departure.calls)])
        to_come = (
            position
            for position, at in places
            if at + timedelta(minutes=late_at(lates, position)) >= now
        )
        return next(to_come, places[-1][0])

    def riders(self, departure: Departure) -> list[Rider]:
        """Return the list of the bus: who has a seat, who is expected besides, who got on."""
        seats = self._seats_of[departure.id]
        listed = {seat.person: self._rider(departure, seat.person, seat) for seat in seats}
        others = {*self.expected_home.get(departure.id, ()), *self.aboard.get(departure.id, ())}
        for person in sorted(others - listed.keys()):
            listed[person] = self._rider(departure, person, None)
        return list(listed.values())

    def expected(self, departure: Departure) -> int:
        """Return how many people are on the bus or expected on it."""
        if departure.direction is Direction.BACK:
            return len(self.expected_home[departure.id])
        return sum(not rider.elsewhere for rider in self.riders(departure))

    def room(self, departure: Departure) -> int:
        """Return how many seats are free for people added on the spot."""
        halts = {call.stop_id: number for number, call in enumerate(departure.calls)}
        if departure.direction is Direction.BACK:
            halts = dict.fromkeys(halts, 0)
        listed = [
            Listed(
                halts.get(rider.stop_id or 0),
                rider.boarded.since is not None,
                rider.seated,
                rider.elsewhere,
                rider.wheelchair,
            )
            for rider in self.riders(departure)
        ]
        return room_left(departure.seats, listed, closed=departure.closed_at is not None)

    def _rider(self, departure: Departure, person: int, seat: Seat | None) -> Rider:
        standing = self.standings.get(person) if departure.direction is Direction.BACK else None
        boarded = self.aboard.get(departure.id, {}).get(person, OUTSIDE)
        where = standing.where if standing else None
        if departure.direction is Direction.OUT and self.rode_out[person] - {departure.id}:
            where = Where.ABOARD
        answer = standing.answer_for(departure.id) if standing else None
        return Rider(
            attendee_id=person,
            stop_id=seat.stop if seat else self._stop_of(departure, standing),
            party=seat.party if seat else 1,
            prams=seat.prams if seat else 0,
            wheelchair=person in self.wheelchairs,
            seated=seat is not None,
            boarded=boarded,
            where=where.value if where else None,
            seen=Presence(standing.last.at, standing.last.door) if standing else OUTSIDE,
            answer=answer.value if answer else None,
        )

    def _stop_of(self, departure: Departure, standing: Standing | None) -> int | None:
        """Return where somebody without a seat gets off, if the bus calls there."""
        calls = {call.stop_id for call in departure.calls}
        return standing.stop if standing and standing.stop in calls else None


def seen_of(
    moves: Mapping[int, Iterable[Moved]], departures: Mapping[int, Departure]
) -> list[Seen]:
    """Return the sightings that moves are: at a bus, at the house's door, or at a room's."""
    return [
        _seen(person, moved, departures) for person, theirs in moves.items() for moved in theirs
    ]


def _seen(person: int, moved: Moved, departures: Mapping[int, Departure]) -> Seen:
    move, bus_id = moved.move, moved.door.departure_id
    if bus_id is not None:
        kind = SIGHTS[move.direction, departures[bus_id].direction]
    elif move.direction is Way.OUT and moved.door.room_id is None:
        kind = Sight.OUT
    else:
        kind = Sight.IN
    return Seen(person, move.at, kind, bus_id, move.station)
