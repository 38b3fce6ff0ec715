"""Decisions about the shuttle: its sets of words, and what a departure may be."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import asin, cos, hypot, radians, sin, sqrt

from jobfair.core.errors import Invalid

LINES_MOST = 99
WAVES_MOST = 20
SEATS_MOST = 200
CALLS_MOST = 20
NAME_MOST = 120
NOTE_MOST = 160
DECIDED_BEFORE = timedelta(days=3)
EARTH_KM = 6371.0

_KEY = re.compile(r"([1-9][0-9]?)-(out|back)-(0|[1-9][0-9]?)")


class Direction(StrEnum):
    """Out is to the fair, back is home."""

    OUT = "out"
    BACK = "back"


class Ways(StrEnum):
    """Which rides a household asks for."""

    BOTH = "both"
    OUT = "out"
    BACK = "back"


class RequestState(StrEnum):
    """Whether the household has its seats; a resting wish waits for places at the fair first."""

    SEATED = "seated"
    WAITING = "waiting"
    RESTING = "resting"
    CANCELLED = "cancelled"


class WaitReason(StrEnum):
    """Why a household has no seats yet.

    Of those who fit into what is free, some get it from the next run, and others are asked no more
    since they have left offers unanswered.
    """

    NO_TIMETABLE = "no_timetable"
    NO_DEPARTURE = "no_departure"
    PARTY_TOO_LARGE = "party_too_large"
    WHEELCHAIR_PLACES_FULL = "wheelchair_places_full"
    FULL = "full"
    NEXT_RUN = "next_run"
    UNASKED = "unasked"


class DemandSource(StrEnum):
    """What a plan was made from: what people asked for, or an estimate; or it was made by hand."""

    REQUESTS = "requests"
    ESTIMATE = "estimate"
    HAND = "hand"


class PlanState(StrEnum):
    """Whether a plan can be changed, is the timetable, or was it once."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REPLACED = "replaced"


class Roads(StrEnum):
    """Where road times come from: as the crow flies, a server, or the first as that one failed."""

    DIRECT = "direct"
    SERVER = "server"
    FALLBACK = "fallback"


class RunKind(StrEnum):
    """What an optimiser is asked for."""

    PLAN = "plan"
    SEATS = "seats"


class RunState(StrEnum):
    """What becomes of a run of an optimiser."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class StopInput:
    """A stop as the organiser describes it."""

    municipality: str
    name: str
    lat: float | None
    lon: float | None
    note: str = ""
    step_free: bool = False


@dataclass(frozen=True)
class CallInput:
    """A halt: when the bus leaves there on its way out, or arrives there on its way back."""

    stop_id: int
    at: datetime


@dataclass(frozen=True)
class DepartureInput:
    """A departure as planned; `fair_at` is when it arrives at the fair, or leaves from there."""

    direction: Direction
    line: int
    wave: int
    seats: int
    fair_at: datetime
    calls: tuple[CallInput, ...]
    wheelchairs: int = 0


def directions(ways: Ways) -> tuple[Direction, ...]:
    """Return the rides that belong to a wish, outbound first."""
    return tuple(d for d in Direction if ways in (Ways.BOTH, Ways(d.value)))


def shuttle_answer_by(decided_by: datetime | None, starts_at: datetime) -> datetime:
    """Return until when a waiting household hears about its seats: then the lists are fixed."""
    return decided_by or starts_at - DECIDED_BEFORE


def check_departure(plan: DepartureInput) -> None:
    """Raise Invalid where the calls don't make a journey to the fair, or home from it."""
    stops = [call.stop_id for call in plan.calls]
    times = [call.at for call in plan.calls]
    if not 1 <= len(stops) <= CALLS_MOST:
        raise Invalid("departure_calls", most=CALLS_MOST)
    if len(set(stops)) < len(stops) or len(set(times)) < len(times):
        raise Invalid("departure_calls_twice")
    if plan.direction is Direction.OUT and max(times) >= plan.fair_at:
        raise Invalid("departure_late")
    if plan.direction is Direction.BACK and min(times) <= plan.fair_at:
        raise Invalid("departure_early")


def departure_key(direction: Direction, line: int, wave: int) -> str:
    """Return what names a departure of a fair in an address, like `4-out-0`."""
    return f"{line}-{direction}-{wave}"


def parse_key(key: str) -> tuple[Direction, int, int] | None:
    """Return direction, line and wave of a departure's key, or None if it is none."""
    found = _KEY.fullmatch(key)
    return (Direction(found[2]), int(found[1]), int(found[3])) if found else None


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of two places, given as latitude and longitude, as the crow flies."""
    north, east = radians(b[0] - a[0]), radians(b[1] - a[1])
    across = sin(east / 2) * sqrt(cos(radians(a[0])) * cos(radians(b[0])))
    return 2 * EARTH_KM * asin(hypot(sin(north / 2), across))
