"""The words about plans: what they break, why people are left over, what became of runs."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from babel.numbers import format_decimal
from flask_babel import get_locale, gettext, ngettext
from flask_babel import lazy_gettext as _l

from jobfair.core.errors import Conflict
from jobfair.shuttle.document import BY_HAND, NO_PLACE, Change, Document, Rule, Violation
from jobfair.shuttle.models import ShuttleRun
from jobfair.shuttle.planning.checker import Fault
from jobfair.shuttle.planning.types import Reason
from jobfair.shuttle.rules import (
    DemandSource,
    PlanState,
    Roads,
    RunState,
    WaitReason,
)
from jobfair.web.problems import message_of

_IN_MINUTES = frozenset({Fault.RIDE.value})

VIOLATIONS: Mapping[str, Any] = {
    Fault.UNKNOWN_BUS.value: _l("Line %(line)s: there is no bus “%(bus)s”."),
    Fault.UNKNOWN_STOP.value: _l("Line %(line)s: one of its stops doesn't exist."),
    Fault.NO_CALLS.value: _l("Line %(line)s: the bus halts nowhere."),
    Fault.CALLS_TWICE.value: _l("Line %(line)s: the bus halts twice at %(stop)s."),
    Fault.SEATS.value: lambda found, **more: ngettext(
        "Line %(line)s: %(num)s person needs a seat, the bus has %(allowed)s.",
        "Line %(line)s: %(num)s people need seats, the bus has %(allowed)s.",
        found,
        **more,
    ),
    Fault.WHEELCHAIRS.value: lambda found, **more: ngettext(
        "Line %(line)s: %(num)s person in a wheelchair, the bus has %(allowed)s such places.",
        "Line %(line)s: %(num)s people in wheelchairs, the bus has %(allowed)s such places.",
        found,
        **more,
    ),
    Fault.RIDE.value: _l(
        "Line %(line)s: the ride from or to %(stop)s takes %(found)s minutes, at most %(allowed)s."
    ),
    Fault.FLEET.value: lambda found, **more: ngettext(
        "%(num)s bus “%(bus)s” at the same time, there are %(allowed)s.",
        "%(num)s buses “%(bus)s” at the same time, there are %(allowed)s.",
        found,
        **more,
    ),
    Fault.DEMAND.value: lambda found, **more: ngettext(
        "%(stop)s: %(num)s person is planned, but %(allowed)s ask.",
        "%(stop)s: %(num)s people are planned, but %(allowed)s ask.",
        found,
        **more,
    ),
    Fault.COST.value: _l("The stated cost of the plan is not right."),
    Rule.NO_PLACE.value: _l("Line %(line)s: %(stop)s has no place on the map."),
    Rule.CALLS_MOST.value: _l("Line %(line)s: %(found)s stops, at most %(allowed)s."),
    Rule.LINE_MOST.value: _l("Line %(line)s: the highest number is %(allowed)s."),
    Rule.LINE_TWICE.value: _l("Line %(line)s: two buses have this number at the same time."),
    Rule.LATE.value: lambda found, **more: ngettext(
        "Line %(line)s: the bus arrives %(num)s minute too late.",
        "Line %(line)s: the bus arrives %(num)s minutes too late.",
        found,
        **more,
    ),
    Rule.EARLY.value: lambda found, **more: ngettext(
        "Line %(line)s: the bus leaves %(num)s minute too early.",
        "Line %(line)s: the bus leaves %(num)s minutes too early.",
        found,
        **more,
    ),
    Rule.TIGHT.value: lambda found, **more: ngettext(
        "Line %(line)s: %(num)s minute between %(stop)s and the fair, it takes %(allowed)s.",
        "Line %(line)s: %(num)s minutes between %(stop)s and the fair, it takes %(allowed)s.",
        found,
        **more,
    ),
    Rule.VEHICLES.value: lambda found, **more: ngettext(
        "%(num)s bus “%(bus)s” on this day, there are %(allowed)s.",
        "%(num)s buses “%(bus)s” on this day, there are %(allowed)s.",
        found,
        **more,
    ),
}
LEFT_REASONS: Mapping[str, Any] = {
    Reason.TOO_LARGE.value: _l("no bus is large enough for this group"),
    Reason.NO_WHEELCHAIR_PLACES.value: _l("no bus has enough places for wheelchairs"),
    Reason.TOO_FAR.value: _l("even a bus of their own takes longer than the limit"),
    Reason.TOO_FEW_BUSES.value: _l("there are too few buses"),
    BY_HAND: _l("taken off a bus by hand"),
    NO_PLACE: _l("the stop has no place on the map"),
}
SOURCES = {
    DemandSource.REQUESTS: _l("from what people asked for"),
    DemandSource.ESTIMATE: _l("from an estimate"),
    DemandSource.HAND: _l("from the timetable, by hand"),
}
STATES = {
    PlanState.DRAFT: _l("Draft"),
    PlanState.PUBLISHED: _l("Published"),
    PlanState.REPLACED: _l("Published before"),
}
ROADS = {
    Roads.DIRECT: _l("Times are computed from straight lines and the detour."),
    Roads.SERVER: _l("Times come from the server for road times."),
    Roads.FALLBACK: _l(
        "The server for road times gave no usable answer. Times are computed from straight lines."
    ),
}
CHANGES = {
    Change.GONE: _l("No bus any more"),
    Change.MOVED: _l("Other times"),
    Change.NEW: _l("New stops"),
}
RUNS = {
    RunState.QUEUED: _l("It begins in a moment."),
    RunState.RUNNING: _l("It is being worked out."),
    RunState.DONE: _l("It is done."),
    RunState.FAILED: _l("It did not work."),
    RunState.CANCELLED: _l("It was cancelled."),
}
WAIT_REASONS = {
    WaitReason.NO_TIMETABLE: _l("the timetable is not made yet"),
    WaitReason.NO_DEPARTURE: _l("no bus at these stops and times"),
    WaitReason.PARTY_TOO_LARGE: _l("too many people for any bus that they could take"),
    WaitReason.WHEELCHAIR_PLACES_FULL: _l("the places for wheelchairs are taken"),
    WaitReason.FULL: _l("the buses are full"),
    WaitReason.NEXT_RUN: _l("there are free seats now, which the next allocation can give"),
    WaitReason.UNASKED: _l("there are free seats, but offers were not answered: please call them"),
}


def violation_words(violation: Violation, plan: Document) -> str:
    """Return the violation in one sentence."""
    stop = plan.stop.get(violation.stop) if violation.stop is not None else None
    found, allowed = violation.found, violation.allowed
    if violation.code in _IN_MINUTES:
        found, allowed = full_minutes(found), allowed // 60
    said = {
        "line": violation.line,
        "stop": stop.name if stop else gettext("a stop"),
        "bus": violation.bus,
        "found": found,
        "allowed": allowed,
    }
    words = VIOLATIONS[violation.code]
    return str(words(**said) if callable(words) else str(words) % said)


def full_minutes(seconds: float) -> int:
    """Return how many minutes a ride takes; one that has begun counts."""
    return ceil(seconds / 60)


def run_words(run: ShuttleRun) -> str:
    """Return how far a run is, or what became of it, in one sentence or two."""
    told = run.progress
    if run.state is RunState.FAILED:
        return message_of(Conflict(run.error or "run_failed"))
    if run.cancel_asked and run.state is RunState.RUNNING:
        return gettext("It is being cancelled.")
    if "people" in told and run.state is RunState.RUNNING:
        return gettext(
            "Wave %(wave)s of %(waves)s: %(people)s of %(wanted)s people ride, for %(euros)s €.",
            wave=told["wave"],
            waves=told["waves"],
            people=told["people"],
            wanted=told["wanted"],
            euros=euros(told["cost_cents"] // 100 * 100),
        )
    if "served" in told:
        return gettext(
            "Households with new seats or an offer: %(served)s. Asked to move: %(moved)s. "
            "Still waiting after that: %(waiting)s.",
            served=told["served"],
            moved=told["asked_to_move"],
            waiting=told["waiting"],
        )
    return str(RUNS[run.state])


def euros(cents: int) -> str:
    """Return an amount as people write it here, without noughts behind the point."""
    digits = "#,##0.00" if cents % 100 else "#,##0"
    return str(format_decimal(cents / 100, digits, locale=get_locale() or "de"))


def kilometres(km: float) -> str:
    """Return a distance in whole kilometres."""
    return str(format_decimal(round(km), locale=get_locale() or "de"))


def plan_page_words() -> dict[str, object]:
    """Return these words for the templates of the plan's pages."""
    return {
        "LEFT_REASONS": LEFT_REASONS,
        "SOURCES": SOURCES,
        "STATES": STATES,
        "ROADS": ROADS,
        "CHANGES": CHANGES,
        "RUNS": RUNS,
        "WAIT_REASONS": WAIT_REASONS,
        "RunState": RunState,
        "PlanState": PlanState,
    }
