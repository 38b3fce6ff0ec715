"""The key figures of a fair, at most six, each with its "of how many"."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.desk.queries import Counts
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase

MOST = 6


@dataclass(frozen=True)
class Figure:
    """A figure with its name above and what it means below."""

    label: str
    value: int
    meaning: str


def key_figures(fair: Fair, counts: Counts) -> list[Figure]:
    """Return the figures that matter in the fair's phase, the most important first."""
    day = _day(fair.phase, counts) if fair.phase in (Phase.RUNNING, Phase.OVER) else []
    places = Figure(
        _("registered"), counts.attendees.people, _("of %(places)s places", places=fair.capacity)
    )
    rest = (_stands(counts), *_buses(counts), *_people(counts))
    return [*day, places, *_waiting(counts), *rest][:MOST]


def _day(phase: Phase, counts: Counts) -> list[Figure]:
    door, people, feedback = counts.door, counts.attendees.people, counts.feedback
    came = Figure(_("came"), door.came, _("of %(people)s registered", people=people))
    if phase is Phase.RUNNING:
        inside = Figure(_("inside now"), door.inside, _("of %(came)s who came", came=door.came))
        return [came, inside]
    answers = ngettext("of %(num)s exhibitor asked", "of %(num)s exhibitors asked", feedback.asked)
    return [came, Figure(_("answers"), feedback.answered, answers)]


def _stands(counts: Counts) -> Figure:
    found = counts.exhibitors
    asked = found.applied + found.confirmed + found.approved + found.declined
    return Figure(
        _("exhibitors"),
        found.approved,
        ngettext("of %(num)s application", "of %(num)s applications", asked),
    )


def _waiting(counts: Counts) -> list[Figure]:
    if not counts.waiting:
        return []
    households = ngettext("household without places", "households without places", counts.waiting)
    return [Figure(_("waiting list"), counts.waiting, households)]


def _buses(counts: Counts) -> list[Figure]:
    shuttle = counts.shuttle
    if not shuttle.departures:
        return []
    households = ngettext(
        "people in %(num)s household", "people in %(num)s households", shuttle.waiting_households
    )
    return [
        Figure(
            _("seats taken"), shuttle.taken, _("of %(seats)s in the buses", seats=shuttle.seats)
        ),
        Figure(_("waiting for the bus"), shuttle.waiting_people, households),
    ]


def _people(counts: Counts) -> list[Figure]:
    found = counts.attendees
    return [
        Figure(
            _("children"),
            found.children,
            ngettext("of %(num)s person", "of %(num)s people", found.people),
        ),
        Figure(
            _("cancelled"),
            found.cancelled,
            ngettext("of %(num)s person", "of %(num)s people", found.people + found.cancelled),
        ),
    ]
