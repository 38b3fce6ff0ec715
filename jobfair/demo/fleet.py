"""Says which buses the demo fair has and when they go, and has its timetable as a plan."""

from datetime import datetime, timedelta

from jobfair.core.db import assert_writing
from jobfair.data import demo_facts
from jobfair.demo.buses import BETWEEN_WAVES
from jobfair.demo.rules import bus_loads
from jobfair.shuttle.document import key_of, vehicles, write_document
from jobfair.shuttle.models import BusType, ShuttlePlan, ShuttleSettings, Wave
from jobfair.shuttle.queries import list_departures
from jobfair.shuttle.queries.drafts import timetable_document
from jobfair.shuttle.rules import DemandSource, PlanState, Roads

COACHES = {54: "Reisebus 54", 50: "Reisebus 50", 40: "Midibus 40", 30: "Kleinbus 30"}
DAY_CENTS, SEAT_CENTS = 15_000, 600
"""What a bus costs for the day, and for each of its seats."""
STOP_S, BOARD_S = 30, 6
"""So the timetable was made: with short stops, where people board quickly."""


def add_waves(fair_id: int, starts_at: datetime, attendees: int) -> None:
    """Have the fair the waves in which its buses arrive and leave."""
    lines = demo_facts().lines
    _sets, out = bus_loads(attendees, len(lines))
    latest = timedelta(minutes=min(line.arrives_before for line in lines))
    back = sorted({leaves for line in lines for leaves in line.back})
    for number in range(max(out, len(back))):
        arrives_at = starts_at + number * BETWEEN_WAVES - latest
        leaves = back[number] if number < len(back) else None
        assert_writing().add(
            Wave(
                fair_id=fair_id,
                number=number,
                arrives_at=arrives_at if number < out else None,
                returns_at=leaves and datetime.combine(starts_at, leaves, starts_at.tzinfo),
            )
        )


def publish_timetable(fair_id: int, riders: int, *, now: datetime) -> None:
    """Have the buses that go be the published plan, and as many vehicles as it takes."""
    session = assert_writing()
    kinds = {bus.name: bus for bus in _kinds(fair_id)}
    settings = ShuttleSettings(fair_id=fair_id, stop_s=STOP_S, board_s=BOARD_S, riders=riders)
    session.add_all([*kinds.values(), settings])
    session.flush()
    plan = timetable_document(fair_id)
    for name, count in vehicles(plan).items():
        kinds[name].count = count
    rows = {(one.direction, one.line, one.wave): one for one in list_departures(fair_id)}
    for wave, trip in plan.trips():
        row = rows[key_of(wave, trip)]
        row.bus, row.block = trip.bus, trip.block
    session.flush()
    session.add(
        ShuttlePlan(
            fair_id=fair_id,
            source=DemandSource.HAND,
            state=PlanState.PUBLISHED,
            roads=Roads.DIRECT,
            document=write_document(timetable_document(fair_id)),
            made_at=now,
            published_at=now,
        )
    )


def _kinds(fair_id: int) -> list[BusType]:
    """Return the kinds of buses that drive the lines, as many of each as are known: none."""
    places = sorted({(line.seats, line.wheelchairs) for line in demo_facts().lines})
    return [
        BusType(
            fair_id=fair_id,
            name=COACHES[seats],
            seats=seats,
            wheelchairs=wheelchairs,
            count=0,
            cost_cents=DAY_CENTS + SEAT_CENTS * seats,
        )
        for seats, wheelchairs in places
    ]
