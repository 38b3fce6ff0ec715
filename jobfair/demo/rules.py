"""Decisions about the demo fair: when it is, and how it grows with the number of people."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from jobfair.fairs.rules import TIME_ZONE, FairFacts
from jobfair.shuttle.rules import LINES_MOST

ATTENDEES, EXHIBITORS, SEED = 500, 20, 2026
ATTENDEES_MOST = 50_000
EXHIBITORS_MOST = 200
CAPACITY = 600
OUT_WAVES_MOST = 4
THURSDAY = 3
BEGINS, ENDS = time(14), time(18)
OPENS = time(9)
OPEN_BEFORE = timedelta(days=56)
OPEN_FOR = timedelta(days=28)
REGISTERING = timedelta(days=21)
PREPARING = timedelta(days=14)


@dataclass(frozen=True)
class DemoWish:
    """What the demo fair is to be like; by default its address names its year."""

    slug: str | None = None
    attendees: int = ATTENDEES
    exhibitors: int = EXHIBITORS
    seed: int = SEED


@dataclass(frozen=True)
class Calendar:
    """When things happen; the same all day long, so that a fair made again is the same."""

    made_at: datetime
    opens_at: datetime
    starts_at: datetime
    ends_at: datetime


def calendar_for(now: datetime) -> Calendar:
    """Return the dates of the next demo fair, whose registration is open since weeks."""
    today = now.astimezone(ZoneInfo(TIME_ZONE)).date()
    day = second_thursday_of_december(today.year)
    if _at(day, ENDS) <= now:
        day = second_thursday_of_december(today.year + 1)
    opens_at = _at(min(day - OPEN_BEFORE, today - OPEN_FOR), OPENS)
    return Calendar(opens_at - PREPARING, opens_at, _at(day, BEGINS), _at(day, ENDS))


def second_thursday_of_december(year: int) -> date:
    """Return the day of the year on which the fair is held."""
    first = date(year, 12, 1)
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7 + 7)


def facts_for(wish: DemoWish, calendar: Calendar, phone: str, email: str) -> FairFacts:
    """Return what the organiser says about the fair."""
    return FairFacts(
        name="#JobsForYou Osnabrück",
        slug=slug_for(wish, calendar),
        starts_at=calendar.starts_at,
        ends_at=calendar.ends_at,
        venue="Kreishaus Osnabrück",
        street="Am Schölerberg 1",
        postal_code="49082",
        city="Osnabrück",
        lat=52.2524,
        lon=8.0705,
        phone=phone,
        email=email,
        capacity=capacity_for(wish.attendees),
        registration_opens_at=calendar.opens_at,
        registration_closes_at=calendar.starts_at,
    )


def slug_for(wish: DemoWish, calendar: Calendar) -> str:
    """Return the fair's address."""
    return wish.slug or f"osnabrueck-{calendar.starts_at.year}"


def capacity_for(attendees: int) -> int:
    """Return how many places there are: a fifth more than people, in fifties."""
    return max(CAPACITY, ceil(attendees * 1.2 / 50) * 50)


def bus_loads(attendees: int, lines: int) -> tuple[int, int]:
    """Return how many buses a line has at a time, and how many times it goes to the fair."""
    wanted = ceil(attendees / ATTENDEES)
    waves = min(wanted, OUT_WAVES_MOST)
    return min(ceil(wanted / waves), LINES_MOST // lines), waves


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(TIME_ZONE))
