"""Use case: a plan becomes the timetable, and nobody loses a seat silently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing, transaction
from jobfair.core.errors import Conflict
from jobfair.shuttle.document import (
    Document,
    TripKey,
    TripTimes,
    key_of,
    read_document,
    successors,
    times,
    unsound,
    with_rounds,
    write_document,
)
from jobfair.shuttle.models import Call, Departure, Ride, ShuttlePlan
from jobfair.shuttle.operations import (
    GONE,
    Shape,
    add_departures,
    calls_of,
    displace,
    lock_departures,
    place_displaced,
    remove_departures,
    tell_new_times,
)
from jobfair.shuttle.queries import published_plan
from jobfair.shuttle.queries.drafts import roads_of
from jobfair.shuttle.rules import CallInput, DepartureInput, PlanState, RunKind
from jobfair.shuttle.service.plans import lock_draft
from jobfair.shuttle.service.runs import want_run

TOLD_FROM = timedelta(minutes=5)
"""People are told of other times if they differ by more than that."""


@dataclass(frozen=True)
class _Going:
    """A departure as the plan has it."""

    plan: DepartureInput
    bus: str
    block: int | None

    @property
    def shape(self) -> Shape:
        stops = frozenset(call.stop_id for call in self.plan.calls)
        return Shape(self.plan.seats, self.plan.wheelchairs, stops)


def publish_plan(
    fair_id: int, plan_id: int, version: int, *, actor: Actor, now: datetime, people: int = 0
) -> None:
    """Have the draft be the timetable; whose bus is gone gets other seats first of all.

    Others who wait get theirs from the optimiser, which is asked at once: in turn, fewer would.
    Each bus goes on as the trip on which most of its riders keep their seats. `people`
    says how many are known to lose theirs: raises Conflict("riders_affected", people=…) where
    they are as many others. Raises Conflict("plan_unsound") for what can't be driven,
    Conflict("plan_bus_used", lines=…) where phones or scans tell of a bus that would not go, and
    Conflict("departures_gone", lines=…) where one that has left already would take seats away.
    """
    with transaction():
        departures = lock_departures(fair_id)
        row = lock_draft(fair_id, plan_id, version)
        plan = read_document(row.document)
        roads = roads_of(fair_id, plan)
        if unsound(plan, roads):
            raise Conflict("plan_unsound")
        plan = with_rounds(plan, roads)
        going = _going(plan, times(plan, roads))
        present = _present(going, departures.values())
        staying = {one.id for one in present.values()}
        gone = [one for one in departures.values() if one.id not in staying]
        shapes = {one.id: GONE for one in gone}
        shapes |= {present[key].id: going[key].shape for key in going if key in present}
        displaced = displace(departures, shapes, now=now)
        _remove(gone, now)
        _write(fair_id, going, present, now)
        _become_timetable(row, plan, now)
        place_displaced(displaced, lock_departures(fair_id), now=now, known=people)
        want_run(fair_id, RunKind.SEATS, {}, actor=actor, now=now)
        record(actor, "shuttle_plan.publish", "shuttle_plan", row.id, now=now, fair_id=fair_id)


def _going(plan: Document, told: Mapping[TripKey, TripTimes]) -> dict[TripKey, _Going]:
    """Return the departures that the plan is."""
    found = {}
    for wave, trip in plan.trips():
        key, bus = key_of(wave, trip), plan.bus[trip.bus]
        calls = zip(trip.stops, told[key].calls, strict=True)
        departure = DepartureInput(
            direction=key.direction,
            line=key.line,
            wave=key.wave,
            seats=bus.seats,
            fair_at=told[key].fair_at,
            calls=tuple(CallInput(stop, at) for stop, at in calls),
            wheelchairs=bus.wheelchairs,
        )
        found[key] = _Going(departure, bus.name, trip.block)
    return found


def _present(
    going: Mapping[TripKey, _Going], departures: Iterable[Departure]
) -> dict[TripKey, Departure]:
    """Return the departures that go on, by what they become."""
    query = sa.select(Ride.departure_id, Ride.stop_id, sa.func.sum(Ride.people))
    rows = {TripKey(one.direction, one.line, one.wave): one for one in departures}
    keys = {one.id: key for key, one in rows.items()}
    riders: dict[TripKey, dict[int, int]] = {key: {} for key in rows}
    theirs = query.where(Ride.departure_id.in_(keys)).group_by(Ride.departure_id, Ride.stop_id)
    for departure_id, stop_id, people in assert_writing().execute(theirs):
        riders[keys[departure_id]][stop_id] = int(people)
    found = successors({key: one.shape.stops for key, one in going.items()}, riders)
    return {key: rows[old] for key, old in found.items()}


def _remove(gone: Iterable[Departure], now: datetime) -> None:
    """Have these buses not go; raise Conflict with the lines of all that must."""
    used = set()
    for departure in gone:
        try:
            remove_departures([departure], now=now)
        except Conflict:
            used.add(departure.line)
    if used:
        raise Conflict("plan_bus_used", lines=", ".join(map(str, sorted(used))))


def _write(
    fair_id: int,
    going: Mapping[TripKey, _Going],
    present: Mapping[TripKey, Departure],
    now: datetime,
) -> None:
    """Have exactly these buses go, and those be told who ride at other times than they know."""
    renamed = {one.id for key, one in present.items() if one.line != key.line}
    _renumber(present)
    moved = {}
    for key, departure in present.items():
        moved[departure.id] = _change(departure, going[key], renamed=departure.id in renamed)
    tell_new_times(fair_id, moved, now=now)
    new = [key for key in going if key not in present]
    added = add_departures(fair_id, [going[key].plan for key in new])
    rows = {**present, **dict(zip(new, added, strict=True))}
    for key, one in going.items():
        rows[key].bus, rows[key].block = one.bus, one.block
    assert_writing().flush()


def _change(departure: Departure, going: _Going, *, renamed: bool) -> set[int]:
    """Have the departure be as planned; return the stops where riders must hear of it."""
    session = assert_writing()
    before = {call.stop_id: call.at for call in departure.calls}
    other = renamed or _differ(departure.fair_at, going.plan.fair_at)
    moved = {
        call.stop_id
        for call in going.plan.calls
        if other or _differ(before.get(call.stop_id), call.at)
    }
    departure.seats, departure.wheelchairs = going.plan.seats, going.plan.wheelchairs
    departure.fair_at = going.plan.fair_at
    session.execute(sa.delete(Call).where(Call.departure_id == departure.id))
    session.add_all(calls_of(departure, going.plan.calls))
    session.flush()
    return moved


def _renumber(present: Mapping[TripKey, Departure]) -> None:
    """Have the departures bear the lines of what they become, though two may swap theirs."""
    other = [(one, key.line) for key, one in present.items() if one.line != key.line]
    for lines in ([(one, -one.id) for one, _line in other], other):
        for departure, line in lines:
            departure.line = line
        assert_writing().flush()


def _differ(before: datetime | None, after: datetime) -> bool:
    return before is None or abs(after - before) > TOLD_FROM


def _become_timetable(row: ShuttlePlan, plan: Document, now: datetime) -> None:
    """Have the plan be the published one, and the one before it replaced."""
    if (former := published_plan(row.fair_id)) is not None:
        former.state = PlanState.REPLACED
    row.document = write_document(plan)
    row.state, row.published_at = PlanState.PUBLISHED, now
    row.version += 1
    assert_writing().flush()
