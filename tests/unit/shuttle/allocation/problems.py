"""Small seat problems, and the best that can be had of them, found by trying everything."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

from hypothesis import strategies as st

from jobfair.shuttle.allocation.greedy import allocate_greedy
from jobfair.shuttle.allocation.problem import (
    Allocation,
    Departure,
    Problem,
    Ride,
    Rides,
    Seat,
    SeatRequest,
    Stop,
)
from jobfair.shuttle.allocation.scene import Scene
from jobfair.shuttle.rules import Direction

WAVES = 2
STOPS = ("S0", "S1", "S2")
OUT, BACK = Direction.OUT, Direction.BACK
stops = st.sampled_from(STOPS)
waves = st.integers(0, WAVES - 1)
small = st.integers(0, 2)


def departure(
    name: str, way: Direction = OUT, wave: int = 0, seats: int = 2, wheelchairs: int = 0
) -> Departure:
    """Return a departure that calls everywhere."""
    return Departure(name, way, wave, STOPS, seats, wheelchairs)


def request(name: str, **changes: object) -> SeatRequest:
    """Return one person who rides out and back in the first wave from the first stop."""
    asked = SeatRequest(name, "S0", 1, 0, 0, "M0", 0, 0, 0)
    return replace(asked, **changes)  # type: ignore[arg-type]


def problem(departures: list[Departure], requests: list[SeatRequest]) -> Problem:
    """Return a problem with these departures and requests."""
    places = tuple(Stop(name, f"M{index}") for index, name in enumerate(STOPS))
    return Problem("small", WAVES, places, tuple(departures), tuple(requests))


def to_and_fro(seats: int = 2, wheelchairs: int = 0) -> list[Departure]:
    """Return one bus out and one back."""
    return [
        departure("O0", OUT, 0, seats, wheelchairs),
        departure("B0", BACK, 0, seats, wheelchairs),
    ]


def rides(out: str | None = "O0", back: str | None = "B0", stop: str = "S0") -> Rides:
    """Return rides on these departures from and to this stop."""
    return Rides(Ride(out, stop) if out else None, Ride(back, stop) if back else None)


def confirm(given: Problem, allocation: Allocation) -> Problem:
    """Return the problem with everybody confirmed who has a seat."""
    return replace(
        given,
        requests=tuple(
            replace(asked, confirmed=allocation.rides.get(asked.id)) for asked in given.requests
        ),
    )


@st.composite
def problems(draw: st.DrawFn, most: int = 4) -> Problem:
    """Draw a problem with up to so many requests, nobody confirmed yet."""
    departures = [
        Departure(
            id=f"D{number}",
            direction=OUT if number % 2 == 0 else BACK,
            wave=draw(waves),
            stops=tuple(draw(st.lists(stops, min_size=2, max_size=3, unique=True))),
            seats=draw(st.integers(1, 4)),
            wheelchairs=draw(st.integers(0, 1)),
        )
        for number in range(draw(st.integers(3, 6)))
    ]
    asked = [_request(draw, number) for number in range(draw(st.integers(2, most)))]
    return problem(departures, asked)


def _request(draw: st.DrawFn, number: int) -> SeatRequest:
    out_wave, back_wave = draw(
        st.sampled_from([(0, 0), (0, 1), (1, 1), (0, 0), (0, 1), (0, None), (None, 1)])
    )
    seats, wheelchairs = draw(st.sampled_from([(1, 0), (1, 0), (2, 0), (3, 0), (0, 1), (1, 1)]))
    return SeatRequest(
        id=f"R{number}",
        stop=draw(stops),
        seats=seats,
        wheelchairs=wheelchairs,
        priority=draw(small),
        municipality=draw(st.sampled_from(["M0", "M1"])),
        requested=number,
        out_wave=out_wave,
        back_wave=back_wave,
        alternatives=tuple(draw(st.lists(stops, max_size=1))),
        flexibility=draw(st.integers(0, 1)),
    )


@st.composite
def confirmed_problems(draw: st.DrawFn) -> Problem:
    """Draw a problem in which some hold rides, of which buses have been cancelled or shrunk."""
    given = draw(problems(4))
    given = confirm(given, allocate_greedy(given))
    changed = [
        replace(bus, seats=max(0, bus.seats - draw(small)))
        for bus in given.departures
        if draw(st.integers(0, 4)) > 0
    ]
    return replace(given, departures=tuple(changed))


def crowd(random: Random, requests: int = 60) -> Problem:
    """Return a problem in which many compete for few places."""
    buses = [
        departure(f"{way}{wave}{n}", way, wave, random.randint(3, 9), 1)
        for way in Direction
        for wave in range(WAVES)
        for n in range(2)
    ]
    asked = [
        request(
            f"R{n}",
            stop=random.choice(STOPS),
            seats=random.choice((1, 1, 1, 2, 3)),
            priority=random.choice((0, 0, 0, 1, 2)),
            municipality=random.choice(("M0", "M1", "M2")),
            requested=n,
            out_wave=random.randrange(WAVES),
            back_wave=random.choice((0, 1, None)),
            flexibility=random.randint(0, 1),
        )
        for n in range(requests)
    ]
    return problem(buses, asked)


def vector(given: Problem, allocation: Allocation) -> tuple[float, ...]:
    """Return what allocations are compared by, the better one greater."""
    scene = Scene(given, allocation)
    displaced = sum(scene.requests[name].people for name in scene.given if _displaced(scene, name))
    aims = (value if aim.more_is_better else -value for aim, value in scene.figures.items())
    return (displaced, *aims)


def best(given: Problem) -> tuple[float, ...]:
    """Return the vector of the best allocation there is."""
    return max(vector(given, allocation) for allocation in _allocations(given))


def _displaced(scene: Scene, name: str) -> bool:
    confirmed = scene.requests[name].confirmed
    return confirmed is not None and not all(map(scene.goes, confirmed.all()))


def _allocations(given: Problem) -> Iterator[Allocation]:
    """Go through every way to seat people within the places that there are."""
    scene = Scene(given, Allocation((), ()))
    wishes = [_candidates(scene, asked) for asked in given.requests]
    for chosen in product(*wishes):
        seats = [seat for seat in chosen if seat]
        allocation = Allocation(tuple(seats), ())
        load = Scene(given, allocation).load
        if all(
            places[0] <= scene.departures[name].seats
            and places[1] <= scene.departures[name].wheelchairs
            for name, places in load.items()
        ):
            yield allocation


def _candidates(scene: Scene, asked: SeatRequest) -> list[Seat | None]:
    """Return the ways to seat a request; what is confirmed and goes is the only one."""
    if asked.confirmed and not _displaced(scene, asked.id):
        return [Seat(asked.id, asked.confirmed)]
    legs: list[list[Ride | None]] = [
        [
            Ride(bus.id, stop)
            for bus in scene.departures.values()
            for stop in dict.fromkeys((asked.stop, *asked.alternatives))
            if way in asked.directions and scene.suits(asked, Ride(bus.id, stop), way)
        ]
        or [None]
        for way in Direction
    ]
    found = [Rides(*pair) for pair in product(*legs)]
    whole = [r for r in found if len(r.all()) == len(asked.directions)]
    return [None, *(Seat(asked.id, given) for given in whole)]
