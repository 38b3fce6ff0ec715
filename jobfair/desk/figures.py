"""The key figures of a fair, at most six, each with its "of how many"."""

from dataclasses import dataclass

from flask_babel import gettext as _

from jobfair.desk.queries import Counts
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase

MOST = 6


@dataclass(frozen=True)
class Figure:
    """A figure with its name above and what it means below."""

    label: str
    value: str
    meaning: str


def key_figures(fair: Fair, counts: Counts) -> list[Figure]:
    """Return the figures that matter in the fair's phase, the most important first."""
    came = fair.phase in (Phase.RUNNING, Phase.OVER)
    return ((_door(counts) if came else []) + _before(fair, counts))[:MOST]


def _door(counts: Counts) -> list[Figure]:
    door, people = counts.door, counts.attendees.people
    return [
        Figure(_("came"), str(door.came), _("of %(people)s registered", people=people)),
        Figure(_("inside now"), str(door.inside), _("of %(came)s who came", came=door.came)),
    ]


def _before(fair: Fair, counts: Counts) -> list[Figure]:
    people = counts.attendees
    return [
        Figure(
            _("registered"), str(people.people), _("of %(places)s places", places=fair.capacity)
        ),
        Figure(
            _("children"), str(people.children), _("of %(people)s people", people=people.people)
        ),
        Figure(
            _("households"),
            str(people.households),
            _("%(cancelled)s people have cancelled", cancelled=people.cancelled),
        ),
    ]
