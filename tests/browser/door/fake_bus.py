"""A bus as the phone of its attendant is told of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.browser.door.fake_api import FakeApi, Json, hash_of, instant

BRAMSCHE, HAGEN = 9, 10


def at(minutes: float) -> str:
    """Return the time in so many minutes, or before."""
    return instant(datetime.now(UTC) + timedelta(minutes=minutes))


def rider(code: str, name: str = "Amal Haddad", **more: Any) -> Json:
    """Return somebody with a seat, who gets on or off at Bramsche."""
    passenger = {
        "hash": hash_of(code),
        "name": name,
        "own_script": "",
        "stop": BRAMSCHE,
        "household": "h1",
        "party": 1,
        "wheelchair": False,
        "prams": 0,
        "seated": True,
        "boarded": None,
        "where": None,
        "seen": None,
        "answer": None,
    }
    return passenger | more


def bus_out(*people: Json, begins: float = -1, **more: Any) -> Json:
    """Return a bus that comes from Bramsche by Hagen to the fair; it is at Bramsche now."""
    trip = {
        "id": 5,
        "direction": "out",
        "line": 4,
        "wave": 0,
        "name": "Bus 4 · 08:10",
        "fair_at": at(begins + 45),
        "late": 0,
        "seats": 3,
        "wheelchairs": 1,
        "closed_at": None,
        "stops": [
            {"id": BRAMSCHE, "name": "Bramsche", "note": "Steig C", "at": at(begins), "late": 0},
            {"id": HAGEN, "name": "Hagen", "note": "", "at": at(begins + 20), "late": 0},
        ],
        "people": list(people),
    }
    return trip | more


def bus_back(*people: Json, leaves: float = 10, **more: Any) -> Json:
    """Return the same bus on its way home, which leaves in so many minutes."""
    trip = bus_out(*people)
    stops = [
        {**trip["stops"][1], "at": at(leaves + 25)},
        {**trip["stops"][0], "at": at(leaves + 45)},
    ]
    home = {"id": 6, "direction": "back", "name": "Bus 4 · 16:15", "fair_at": at(leaves)}
    return trip | home | {"stops": stops} | more


def board_bus(api: FakeApi, *trips: Json) -> None:
    """Have phones that are paired from now on go along with these trips, on the first one."""
    api.trips = list(trips)
    named = {name: trips[0][name] for name in ("id", "direction", "name")}
    api.place = {"station": None, "departure": named}
