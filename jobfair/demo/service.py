"""Use case: make the demo fair, all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from jobfair.attendees.operations import draw_codes
from jobfair.attendees.rules import POOL_FACTOR
from jobfair.audit.operations import record
from jobfair.core.actor import SYSTEM, Role
from jobfair.core.db import transaction
from jobfair.demo.accounts import add_accounts
from jobfair.demo.buses import (
    Seated,
    add_all_stops,
    add_buses,
    request_all,
    stops_by_municipality,
)
from jobfair.demo.door import add_stations, let_in
from jobfair.demo.exhibitors import ROOMS, add_exhibitors
from jobfair.demo.fleet import add_waves, publish_timetable
from jobfair.demo.households import add_households
from jobfair.demo.partners import add_partners, leave_calls
from jobfair.demo.people import draw_families
from jobfair.demo.rules import REGISTERING, Calendar, DemoWish, calendar_for, facts_for
from jobfair.demo.texts import fair_texts
from jobfair.fairs.models import Fair
from jobfair.fairs.operations import add_fair
from jobfair.fairs.queries import get_fair
from jobfair.fairs.rules import FairFacts, Phase

Say = Callable[[str], None]


@dataclass(frozen=True)
class Demo:
    """What was made."""

    slug: str
    capacity: int
    exhibitors: int
    postings: int
    households: int
    people: int
    departures: int
    seated: Seated
    inside: int


def make_demo(wish: DemoWish, *, phone: str, email: str, now: datetime, say: Say) -> Demo:
    """Have the demo fair with registration open; the same seed makes the same on the same day.

    Raises Conflict("slug_taken").
    """
    calendar = calendar_for(now)
    with transaction():
        say("Fair and badge codes")
        facts = facts_for(wish, calendar, phone, email)
        fair = _add_fair(facts, calendar, _random(wish, facts, "codes"))
        users = add_accounts(fair.id, now=calendar.made_at)
        say("Exhibitors")
        rooms = get_fair(fair.id).rooms
        postings = add_exhibitors(fair.id, rooms, wish.exhibitors, calendar)
        add_stations(fair.id, rooms)
        say("Buses")
        stop_ids = add_all_stops()
        departures = add_buses(fair.id, calendar.starts_at, stop_ids, wish.attendees)
        add_waves(fair.id, calendar.starts_at, wish.attendees)
        say("Households")
        rng = _random(wish, facts, "people")
        families = draw_families(wish.attendees, calendar, stops_by_municipality(stop_ids), rng)
        household_ids = add_households(fair.id, families, now=calendar.opens_at + REGISTERING)
        add_partners(fair.id, household_ids, now=calendar.made_at)
        say("Seats")
        seated = request_all(fair.id, household_ids, families)
        publish_timetable(fair.id, wish.attendees // 2, now=calendar.opens_at)
        leave_calls(fair.id, now=calendar.opens_at + REGISTERING)
        rng = _random(wish, facts, "door")
        inside = let_in(fair.id, wish.attendees, calendar.starts_at, users[Role.DOOR], rng)
    return Demo(
        fair.slug,
        fair.capacity,
        wish.exhibitors,
        postings,
        len(families),
        wish.attendees,
        departures,
        seated,
        inside,
    )


def _add_fair(facts: FairFacts, calendar: Calendar, rng: Random) -> Fair:
    """Add the fair; its codes are drawn while it has no places, so that they follow the seed."""
    empty = replace(facts, capacity=0)
    fair = add_fair(empty, now=calendar.made_at, phase=Phase.OPEN, rooms=ROOMS, texts=fair_texts())
    draw_codes(fair.id, POOL_FACTOR * facts.capacity, rng=rng)
    fair.capacity = facts.capacity
    record(SYSTEM, "fair.make", "fair", fair.id, now=calendar.made_at, fair_id=fair.id)
    return fair


def _random(wish: DemoWish, facts: FairFacts, part: str) -> Random:
    """Return chances for one part of this fair, however many another part took."""
    return Random(f"{facts.slug} {part} {wish.seed}")  # noqa: S311  # the same again is what it is for
