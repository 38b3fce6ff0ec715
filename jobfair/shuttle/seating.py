"""What a fair's departures have for those who ask: the rules of the allocation, on rows."""

from collections.abc import Collection, Iterable
from datetime import datetime

from jobfair.shuttle.allocation.options import Choices, options
from jobfair.shuttle.allocation.problem import Departure as Bus
from jobfair.shuttle.allocation.problem import Problem, Rides, SeatRequest
from jobfair.shuttle.allocation.room import Room
from jobfair.shuttle.models import Departure, RideRequest
from jobfair.shuttle.rules import Direction, WaitReason


class Seating:
    """The departures of a fair, loaded with their calls, and what is free on each.

    With `now` only those count that have not left yet, and those that are `kept`.
    """

    def __init__(
        self,
        departures: Iterable[Departure],
        now: datetime | None = None,
        kept: Collection[int] = (),
    ) -> None:
        planned = list(departures)
        rows = [row for row in planned if row.id in kept or _is_to_come(row, now)]
        self.is_planned = bool(planned)
        self._buses = tuple(bus_of(row) for row in rows)
        self.room = Room(self._buses)
        self.room.free = {str(row.id): _free(row) for row in rows}

    @property
    def has_room(self) -> bool:
        """Tell whether anything is free at all."""
        return any(seats or wheelchairs for seats, wheelchairs in self.room.free.values())

    def choices(self, requests: Iterable[SeatRequest]) -> dict[str, Choices]:
        """Return what each request may be given, by id."""
        asked = tuple(requests)
        return options(Problem("", 0, (), self._buses, asked)) if asked else {}

    def choices_of(self, request: SeatRequest) -> Choices:
        """Return what the request may be given."""
        return self.choices([request])[request.id]

    def seat(self, entry: Choices, present: Rides | None = None) -> Rides | None:
        """Take the places nearest to the wish on every ride; None where one has no room."""
        rides = self.room.nearest(entry, present.all() if present else ())
        if rides is not None:
            self.room.take(rides, entry.request)
        return rides

    def has_room_for(self, request: RideRequest, rides: Rides) -> bool:
        """Tell whether the whole household fits on each of these rides now."""
        people, wheelchairs = request.people - request.wheelchairs, request.wheelchairs
        free = (self.room.free.get(ride.departure, (-1, -1)) for ride in rides.all())
        return all(people <= seats and wheelchairs <= places for seats, places in free)

    def reason(self, entry: Choices, *, in_line: bool = True) -> WaitReason:
        """Return why the request waits, which gets free seats by itself if it is `in_line`."""
        if not self.is_planned:
            return WaitReason.NO_TIMETABLE
        if self.full_ways(entry):
            return WaitReason(self.room.reason(entry).value)
        return WaitReason.NEXT_RUN if in_line else WaitReason.UNASKED

    def full_ways(self, entry: Choices) -> tuple[Direction, ...]:
        """Return the ways on which no departure has room for the whole household."""
        request = entry.request
        ways = zip(request.directions, entry.legs, strict=True)
        return tuple(
            way for way, leg in ways if not any(self.room.fits(one, request) for one in leg)
        )


def sets_off(departure: Departure) -> datetime:
    """Return when the bus leaves: its first stop on the way out, the fair on the way back."""
    return min([departure.fair_at, *(call.at for call in departure.calls)])


def bus_of(departure: Departure) -> Bus:
    """Return the departure, loaded with its calls, as the allocation sees it."""
    return Bus(
        id=str(departure.id),
        direction=departure.direction,
        wave=departure.wave,
        stops=tuple(str(call.stop_id) for call in departure.calls),
        seats=departure.seats,
        wheelchairs=departure.wheelchairs,
        at=int(departure.fair_at.timestamp()) // 60,
    )


def seat_request(request: RideRequest) -> SeatRequest:
    """Return the request, loaded with its alternatives, as the allocation sees it."""
    return SeatRequest(
        id=str(request.id),
        stop=str(request.stop_id),
        alternatives=tuple(str(one.stop_id) for one in request.alternatives),
        seats=request.people - request.wheelchairs,
        wheelchairs=request.wheelchairs,
        priority=request.priority,
        municipality="",
        requested=0,
        out_wave=request.out_wave,
        back_wave=request.back_wave,
        flexibility=request.flexibility,
    )


def _is_to_come(departure: Departure, now: datetime | None) -> bool:
    """Tell whether the bus hasn't left; nobody asks where there is no `now`."""
    return now is None or sets_off(departure) > now


def _free(departure: Departure) -> tuple[int, int]:
    return (
        departure.seats - departure.taken,
        departure.wheelchairs - departure.wheelchairs_taken,
    )
