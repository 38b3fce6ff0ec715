"""What the demo fair is made of: invented people, exhibitors, stops and bus lines."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoName:
    """A name in its bearer's own script and in Latin letters."""

    own: str
    latin: str


@dataclass(frozen=True, slots=True)
class DemoFamilyName:
    """A family name; many Slavic ones have a form of their own for women."""

    male: DemoName
    female: DemoName


@dataclass(frozen=True, slots=True)
class DemoNames:
    """The names to draw from for speakers of one language."""

    female: tuple[DemoName, ...]
    male: tuple[DemoName, ...]
    family: tuple[DemoFamilyName, ...]


@dataclass(frozen=True, slots=True)
class DemoPosting:
    """What an exhibitor offers: a job, a training place, a course or advice."""

    title: str
    field: str
    german_level: str
    licence: str
    place: str  # official key of the municipality
    bus: bool  # whether the place of work can be reached by bus
    text: str


@dataclass(frozen=True, slots=True)
class DemoCompany:
    """An invented exhibitor."""

    name: str
    kind: str  # employer, training, advice or authority
    branch: str
    place: str  # official key of the municipality
    contact: str
    needs: tuple[str, ...]
    postings: tuple[DemoPosting, ...]


@dataclass(frozen=True, slots=True)
class DemoStop:
    """A stop of the shuttle buses."""

    key: str
    name: str
    municipality: str  # official key
    lat: float
    lon: float
    platform: str
    step_free: bool


@dataclass(frozen=True, slots=True)
class DemoCall:
    """A bus calling at a stop; the ride back takes as long as the ride out."""

    stop: str
    ride_minutes: int
    minutes_before: int  # departure of the bus out, before the fair begins


@dataclass(frozen=True, slots=True)
class DemoLine:
    """A line from its farthest stop to the fair, and back at three times."""

    number: int
    name: str
    seats: int
    wheelchairs: int
    arrives_before: int  # minutes before the fair begins
    back: tuple[time, ...]
    calls: tuple[DemoCall, ...]


@dataclass(frozen=True, slots=True)
class DemoFacts:
    """All that the demo fair is made of, names by language code."""

    names: Mapping[str, DemoNames]
    companies: tuple[DemoCompany, ...]
    stops: tuple[DemoStop, ...]
    lines: tuple[DemoLine, ...]


@cache
def demo_facts() -> DemoFacts:
    """The facts of the demo fair, read once."""
    return DemoFacts(
        names={lang: _names(pool) for lang, pool in _read("demo_names.json").items()},
        companies=tuple(_company(entry) for entry in _read("demo_companies.json")),
        stops=tuple(DemoStop(**entry) for entry in _read("demo_stops.json")),
        lines=tuple(_line(entry) for entry in _read("demo_lines.json")),
    )


def _read(file_name: str) -> Any:
    return json.loads(files(__package__).joinpath(file_name).read_text(encoding="utf-8"))


def _names(pool: dict[str, list[list[str]]]) -> DemoNames:
    return DemoNames(
        female=tuple(DemoName(*spellings) for spellings in pool["female"]),
        male=tuple(DemoName(*spellings) for spellings in pool["male"]),
        family=tuple(_family_name(forms) for forms in pool["family"]),
    )


def _family_name(forms: list[str]) -> DemoFamilyName:
    """Two spellings for everybody, or two for men and two for women."""
    return DemoFamilyName(male=DemoName(*forms[:2]), female=DemoName(*forms[-2:]))


def _company(entry: dict[str, Any]) -> DemoCompany:
    postings = tuple(DemoPosting(**posting) for posting in entry["postings"])
    return DemoCompany(**entry | {"needs": tuple(entry["needs"]), "postings": postings})


def _line(entry: dict[str, Any]) -> DemoLine:
    arrives_before = entry["arrives_before"]
    calls = tuple(
        DemoCall(call["stop"], call["ride_minutes"], call["ride_minutes"] + arrives_before)
        for call in entry["calls"]
    )
    back = tuple(time.fromisoformat(departure) for departure in entry["back"])
    return DemoLine(**entry | {"back": back, "calls": calls})
