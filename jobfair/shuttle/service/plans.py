"""Use cases about plans: made by the optimiser or from the timetable, changed by hand, deleted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.util import find_spec
from typing import Any

import sqlalchemy as sa

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing, transaction
from jobfair.core.errors import Conflict, Invalid, NotFound
from jobfair.fairs.operations import lock_fair
from jobfair.shuttle.document import (
    Document,
    compose,
    numbered_like,
    read_document,
    with_rounds,
    write_document,
)
from jobfair.shuttle.models import ShuttlePlan, ShuttleRun
from jobfair.shuttle.planning import planner
from jobfair.shuttle.planning.types import RoutePlan, RouteProblem
from jobfair.shuttle.queries import list_departures
from jobfair.shuttle.queries.demand import Asked, demand_of, frame_of
from jobfair.shuttle.queries.drafts import open_plan, roads_of, timetable_document
from jobfair.shuttle.rules import DemandSource, PlanState, Roads
from jobfair.shuttle.service.roads import road_times
from jobfair.shuttle.service.work import Errand

SECONDS = 60
SECONDS_MOST = 600
LEAST_A_WAVE = 3.0
OPTIMISER = "pyvrp"
DOUBLE_CLICK = timedelta(seconds=10)

Change = Callable[[Document], Document]


def plan_wish(source: DemandSource, seconds: int = SECONDS) -> dict[str, Any]:
    """Return what `ask_for_run` is given for a plan from that demand, within about that time."""
    return {"source": source.value, "seconds": max(1, min(seconds, SECONDS_MOST))}


def make_plan(errand: Errand) -> int:
    """Have a draft of all waves be made, and return its id.

    Raises Cancelled, SolverFault, and Invalid where something is missing for it.
    """
    if find_spec(OPTIMISER) is None:
        raise Invalid("no_optimiser")
    source = DemandSource(errand.wish["source"])
    frame = frame_of(errand.fair_id)
    wanted = demand_of(errand.fair_id, frame, source)
    if not any(wanted.values()):
        raise Invalid("plan_without_riders")
    roads, kind, digest = road_times(errand.fair_id, frame, errand.clock(), errand.check)
    plan = compose(frame, wanted, roads, _Planning(errand, wanted, frame.policy.km_cents).solve)
    if list_departures(errand.fair_id):
        plan = numbered_like(plan, timetable_document(errand.fair_id))
    plan = replace(plan, roads=digest)
    row = _draft(errand.fair_id, plan, source, kind, errand.actor, errand.clock())
    with transaction():
        _add(row, errand.actor)
    return row.id


def plan_from_timetable(fair_id: int, *, actor: Actor, now: datetime) -> ShuttlePlan:
    """Have a draft that is the present timetable, to be changed; raise Invalid without one.

    Asked for twice, as by a double click, it is one.
    """
    with transaction():
        lock_fair(fair_id)
        plan = timetable_document(fair_id)
        row = _draft(fair_id, plan, DemandSource.HAND, Roads.DIRECT, actor, now)
        return _just_made(row) or _add(row, actor)


def copy_plan(fair_id: int, plan_id: int, *, actor: Actor, now: datetime) -> ShuttlePlan:
    """Have another draft like that plan; like the timetable as it is now, if it is published.

    Asked for twice, as by a double click, it is one.
    """
    with transaction():
        lock_fair(fair_id)
        origin = open_plan(fair_id, plan_id)
        source, roads = origin.row.source, origin.row.roads
        row = _draft(fair_id, origin.document, source, roads, actor, now)
        return _just_made(row, beside=plan_id) or _add(row, actor)


def edit_plan(
    fair_id: int, plan_id: int, version: int, change: Change, *, actor: Actor, now: datetime
) -> ShuttlePlan:
    """Have the draft changed like this, and its trips given to vehicles anew.

    Raises Conflict("plan_changed") where the version is not what it was changed from,
    Conflict("plan_published") where it is no draft, and what the change raises.
    """
    with transaction():
        row = lock_draft(fair_id, plan_id, version)
        changed = change(read_document(row.document))
        row.document = write_document(with_rounds(changed, roads_of(fair_id, changed)))
        row.version += 1
        record(actor, "shuttle_plan.edit", "shuttle_plan", row.id, now=now, fair_id=fair_id)
    return row


def delete_plan(fair_id: int, plan_id: int, *, actor: Actor, now: datetime) -> None:
    """Have the plan be no more, unless it is the timetable: Conflict("plan_published")."""
    with transaction() as session:
        row = _lock_plan(fair_id, plan_id)
        if row.state is PlanState.PUBLISHED:
            raise Conflict("plan_published")
        runs = sa.update(ShuttleRun).where(ShuttleRun.plan_id == plan_id)
        session.execute(runs.where(ShuttleRun.fair_id == fair_id).values(plan_id=None))
        session.delete(row)
        record(actor, "shuttle_plan.delete", "shuttle_plan", plan_id, now=now, fair_id=fair_id)


def lock_draft(fair_id: int, plan_id: int, version: int) -> ShuttlePlan:
    """Return the draft of that version, unchanged by others until the end; raise Conflict."""
    row = _lock_plan(fair_id, plan_id)
    if row.state is not PlanState.DRAFT:
        raise Conflict("plan_published")
    if row.version != version:
        raise Conflict("plan_changed")
    return row


def _lock_plan(fair_id: int, plan_id: int) -> ShuttlePlan:
    query = sa.select(ShuttlePlan).where(ShuttlePlan.fair_id == fair_id, ShuttlePlan.id == plan_id)
    row = assert_writing().scalar(query.with_for_update())
    if row is None:
        raise NotFound("not_found")
    return row


def _draft(
    fair_id: int, plan: Document, source: DemandSource, roads: Roads, actor: Actor, now: datetime
) -> ShuttlePlan:
    return ShuttlePlan(
        fair_id=fair_id,
        source=source,
        state=PlanState.DRAFT,
        roads=roads,
        document=write_document(plan),
        made_at=now,
        made_by=actor.id,
    )


def _just_made(row: ShuttlePlan, beside: int | None = None) -> ShuttlePlan | None:
    """Return the draft like this one that the same person has made a moment ago."""
    theirs = sa.select(ShuttlePlan).where(
        ShuttlePlan.fair_id == row.fair_id,
        ShuttlePlan.made_by == row.made_by,
        ShuttlePlan.made_at > row.made_at - DOUBLE_CLICK,
        ShuttlePlan.state == PlanState.DRAFT,
        ShuttlePlan.id.is_distinct_from(beside),
    )
    same = (made for made in assert_writing().scalars(theirs) if made.document == row.document)
    return next(same, None)


def _add(row: ShuttlePlan, actor: Actor) -> ShuttlePlan:
    session = assert_writing()
    session.add(row)
    session.flush()
    record(actor, "shuttle_plan.make", "shuttle_plan", row.id, now=row.made_at, fair_id=row.fair_id)
    return row


class _Planning:
    """The planner's work for one draft: wave by wave, told as it goes."""

    def __init__(self, errand: Errand, wanted: dict[int, Asked], km_cents: int) -> None:
        self._errand = errand
        self._km_cents = km_cents
        self._waves = sum(bool(asked) for asked in wanted.values())
        self._wave = 0
        self._wanted = 0

    def solve(self, problem: RouteProblem) -> RoutePlan:
        """Return the best plan of the wave that is found in its share of the time."""
        if not problem.people:
            return RoutePlan((), (), 0)
        self._errand.check()
        self._wave = min(self._wave + 1, self._waves)
        self._wanted = problem.people
        self._tell(RoutePlan((), (), 0))
        found = planner.plan(
            problem,
            seconds=max(LEAST_A_WAVE, self._errand.wish["seconds"] / self._waves),
            on_progress=self._tell,
            cancelled=self._errand.cancelled,
        )
        self._errand.check()
        return found

    def _tell(self, best: RoutePlan) -> None:
        self._errand.tell(
            {
                "wave": self._wave,
                "waves": self._waves,
                "people": best.people,
                "wanted": self._wanted,
                "cost_cents": best.cost_m * self._km_cents // 1000,
            }
        )
