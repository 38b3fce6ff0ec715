"""Seat problems at random, as large as wished: people who want to ride, and too few buses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from jobfair.shuttle.allocation.problem import Departure, Problem, SeatRequest, Stop
from jobfair.shuttle.rules import Direction

WAVES = 3
REQUESTS_A_STOP = 40
STOPS_A_TOWN = 3
BUSES = ((8, 1), (17, 1), (30, 2), (33, 1), (50, 2))
PARTIES = [(1, 0)] * 60 + [(2, 0)] * 20 + [(3, 0)] * 8 + [(4, 0)] * 4 + [(5, 0)] * 4
PARTIES += [(6, 0), (7, 0), (0, 1), (1, 1)]
PRIORITIES = (0,) * 65 + (1,) * 25 + (2,) * 10
FLEXIBILITIES = (0, 0, 0, 1, 1, 2)
PLACES_A_PERSON = 0.8


@dataclass(frozen=True)
class Place:
    """A stop on the map."""

    stop: Stop
    near: tuple[str, ...]


def one_fair(requests: int, seed: int, prefix: str = "") -> Problem:
    """Return one fair that so many parties want to reach, all of whom compete for places."""
    random = Random(seed)
    places = _places(max(6, requests // REQUESTS_A_STOP), random, prefix)
    wishes = tuple(_request(f"{prefix}R{n}", n, places, random) for n in range(requests))
    people = sum(wish.people for wish in wishes)
    departures = [
        departure
        for way in Direction
        for departure in _departures(way, people * PLACES_A_PERSON, places, random, prefix)
    ]
    stops = tuple(place.stop for place in places)
    return Problem(f"{prefix}{requests} parties", WAVES, stops, tuple(departures), wishes)


def many_fairs(fairs: int, requests: int, seed: int) -> Problem:
    """Return so many fairs of so many parties each, which share nothing, as one problem."""
    parts = [one_fair(requests, seed + n, f"F{n}") for n in range(fairs)]
    return Problem(
        name=f"{fairs} fairs",
        waves=WAVES,
        stops=tuple(stop for part in parts for stop in part.stops),
        departures=tuple(departure for part in parts for departure in part.departures),
        requests=tuple(request for part in parts for request in part.requests),
    )


def _places(count: int, random: Random, prefix: str) -> list[Place]:
    """Return stops on a map, each with those that are nearest."""
    points = [(random.random(), random.random()) for _ in range(count)]
    points.sort(key=lambda point: (int(point[0] * count**0.5), point[1]))
    names = [f"{prefix}S{n}" for n in range(count)]
    places = []
    for n, (x, y) in enumerate(points):
        window = range(max(0, n - 60), min(count, n + 60))
        nearest = sorted(window, key=lambda m: (points[m][0] - x) ** 2 + (points[m][1] - y) ** 2)
        town = f"{prefix}M{n // STOPS_A_TOWN}"
        places.append(Place(Stop(names[n], town), tuple(names[m] for m in nearest[1:9])))
    return places


def _request(name: str, number: int, places: Sequence[Place], random: Random) -> SeatRequest:
    place = random.choice(places)
    seats, wheelchairs = random.choice(PARTIES)
    out_wave, back_wave = sorted((random.randrange(WAVES), random.randrange(WAVES)))
    return SeatRequest(
        id=name,
        stop=place.stop.id,
        seats=seats,
        wheelchairs=wheelchairs,
        priority=random.choice(PRIORITIES),
        municipality=place.stop.municipality,
        requested=number,
        out_wave=out_wave,
        back_wave=back_wave if random.random() < 0.85 else None,
        alternatives=tuple(random.sample(place.near[:4], random.choice((0, 0, 0, 1, 1, 2)))),
        flexibility=random.choice(FLEXIBILITIES),
    )


def _departures(
    way: Direction, places_wanted: float, places: Sequence[Place], random: Random, prefix: str
) -> Iterable[Departure]:
    """Give buses until there are so many places; each begins where the last one didn't call."""
    left: list[Place] = []
    number = 0
    while places_wanted > 0:
        left = left or random.sample(places, len(places))
        start = left.pop()
        seats, wheelchairs = random.choice(BUSES)
        calls = (start.stop.id, *random.sample(start.near, min(len(start.near), 4)))
        wave = number % WAVES
        yield Departure(f"{prefix}{way}{number}", way, wave, calls, seats, wheelchairs)
        places_wanted -= seats + wheelchairs
        number += 1
