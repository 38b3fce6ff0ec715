"""What needs the organiser now, the most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from jobfair.desk.queries import Counts
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase

SOON = timedelta(days=3)


@dataclass(frozen=True)
class Need:
    """Something to do: its pictogram and tone, what it is, and where it is done."""

    icon: str
    tone: str
    title: str
    detail: str
    action: str
    href: str


def needs_of(fair: Fair, counts: Counts, now: datetime) -> list[Need]:
    """Return what needs the organiser now."""
    if fair.phase is Phase.CANCELLED:
        return [*_telling(counts), *_mails(counts)]
    return [
        *_way_home(counts),
        *_draft(fair, now),
        *_late(fair, now),
        *_door(fair, counts),
        *_closing(fair, now),
        *_exhibitors(fair, counts),
        *_buses(fair, counts),
        *_feedback(fair, counts),
        *_telling(counts),
        *_mails(counts),
        *_helpers(counts),
        *_waiting(fair, counts),
        *_alike(counts),
        *_places(fair),
    ]


def _door(fair: Fair, counts: Counts) -> Iterator[Need]:
    watch = counts.watch
    if watch.without_shift and fair.phase in (Phase.OPEN, Phase.CLOSED, Phase.RUNNING):
        detail = _("The phones of the door can't be paired without one.")
        href = url_for("door_desk.devices")
        yield Need("phone", "no", _("No shift of the door has begun"), detail, _("Begin"), href)
    if number := watch.silent:
        title = ngettext(
            "%(num)s phone keeps scans and is silent",
            "%(num)s phones keep scans and are silent",
            number,
        )
        detail = _("No contact for ten minutes. Please bring them into a network.")
        yield Need("offline", "no", title, detail, _("See which"), url_for("door_desk.devices"))
    if number := watch.conflicts:
        title = ngettext("%(num)s conflict at the door", "%(num)s conflicts at the door", number)
        detail = _("Somebody was let in who would not have been, had the phone known all.")
        yield Need(
            "alert", "wait", title, detail, _("Look into it"), url_for("door_desk.conflicts")
        )


def _way_home(counts: Counts) -> Iterator[Need]:
    href = url_for("shuttle_day.home")
    if number := sum(bus.missing for bus in counts.home.leaving):
        title = ngettext(
            "%(num)s person is missing on a bus", "%(num)s people are missing on buses", number
        )
        detail = _("It leaves in less than 15 minutes, or should have left.")
        yield Need("bus", "no", title, detail, _("See who"), href)
    if number := counts.home.to_reach:
        title = ngettext("%(num)s person to call", "%(num)s people to call", number)
        detail = _("Their bus home has left without them.")
        yield Need("call", "no", title, detail, _("Call"), href)


def _exhibitors(fair: Fair, counts: Counts) -> Iterator[Need]:
    href = url_for("exhibitors_admin.index")
    if number := counts.exhibitors.confirmed:
        title = ngettext("%(num)s application to decide", "%(num)s applications to decide", number)
        detail = _("Who applied waits for an answer.")
        yield Need("stand", "wait", title, detail, _("Decide"), href)
    if (number := counts.exhibitors.without_stand) and fair.phase is not Phase.OVER:
        title = ngettext(
            "%(num)s exhibitor has no stand", "%(num)s exhibitors have no stand", number
        )
        detail = _("Approved so far: %(approved)s.", approved=counts.exhibitors.approved)
        yield Need("stand", "quiet", title, detail, _("Give stands"), href)


def _buses(fair: Fair, counts: Counts) -> Iterator[Need]:
    number = counts.shuttle.waiting_households
    if number and fair.phase is not Phase.OVER:
        title = ngettext(
            "%(num)s household waits for the bus", "%(num)s households wait for the bus", number
        )
        detail = ngettext("%(num)s person.", "%(num)s people.", counts.shuttle.waiting_people)
        yield Need("waiting", "wait", title, detail, _("Look"), url_for("shuttle_admin.index"))


def _feedback(fair: Fair, counts: Counts) -> Iterator[Need]:
    feedback = counts.feedback
    if fair.phase is Phase.OVER and feedback.exhibitors > feedback.asked:
        number = feedback.exhibitors - feedback.asked
        title = ngettext(
            "%(num)s exhibitor has not been asked", "%(num)s exhibitors have not been asked", number
        )
        detail = _("Most answer in the first days after the fair.")
        yield Need("mail", "wait", title, detail, _("Ask"), url_for("feedback_admin.index"))


def _telling(counts: Counts) -> Iterator[Need]:
    if number := counts.to_tell:
        title = ngettext("%(num)s household to tell", "%(num)s households to tell", number)
        detail = _("No mail reaches them. Call, or write an SMS.")
        yield Need("call", "wait", title, detail, _("Tell"), url_for("telling_admin.to_tell"))


def _mails(counts: Counts) -> Iterator[Need]:
    if number := counts.failed_mails:
        title = ngettext(
            "%(num)s mail could not be delivered", "%(num)s mails could not be delivered", number
        )
        detail = _("Perhaps the address is wrong.")
        yield Need("mail", "no", title, detail, _("Look"), url_for("desk.failed_mails"))


def _helpers(counts: Counts) -> Iterator[Need]:
    if number := counts.asked:
        title = ngettext("%(num)s person wants to help", "%(num)s people want to help", number)
        detail = _("They ask to register people who need help with it.")
        href = url_for("organisations.partners")
        yield Need("help", "wait", title, detail, _("Decide"), href)


def _waiting(fair: Fair, counts: Counts) -> Iterator[Need]:
    """Say that households wait beside places that nobody has."""
    left = fair.capacity - fair.places_taken
    if counts.waiting and left and fair.phase is not Phase.OVER:
        title = ngettext(
            "%(num)s household waits for places",
            "%(num)s households wait for places",
            counts.waiting,
        )
        detail = ngettext("%(num)s place is free.", "%(num)s places are free.", left)
        yield Need("waiting", "wait", title, detail, _("See why"), url_for("places_desk.waiting"))


def _alike(counts: Counts) -> Iterator[Need]:
    if number := counts.alike:
        title = ngettext(
            "%(num)s pair may be one person", "%(num)s pairs may be one person each", number
        )
        detail = _("Registered twice, they take the place of somebody else.")
        href = url_for("attendees_duplicates.pairs")
        yield Need("family", "quiet", title, detail, _("Compare"), href)


def _draft(fair: Fair, now: datetime) -> Iterator[Need]:
    if fair.phase is Phase.DRAFT and fair.starts_at > now:
        detail = _("Nobody sees the fair yet, and nobody can register.")
        href = url_for("fairs_admin.settings")
        yield Need("calendar", "quiet", _("The fair is a draft"), detail, _("Open it"), href)


def _late(fair: Fair, now: datetime) -> Iterator[Need]:
    """Say when the fair has not been moved on in time."""
    href = url_for("fairs_admin.settings")
    if fair.phase in (Phase.OPEN, Phase.CLOSED) and fair.starts_at <= now < fair.ends_at:
        detail = _("Its page still speaks of registration.")
        yield Need("clock", "no", _("The fair has begun"), detail, _("Start it"), href)
    elif fair.phase in (Phase.OPEN, Phase.CLOSED, Phase.RUNNING) and fair.ends_at <= now:
        detail = _("Its page still says that it is to come.")
        yield Need("clock", "no", _("The fair has ended"), detail, _("End it"), href)


def _closing(fair: Fair, now: datetime) -> Iterator[Need]:
    closes_at = fair.registration_closes_at
    if fair.phase is Phase.OPEN and closes_at and now < closes_at <= now + SOON:
        hours = int((closes_at - now) / timedelta(hours=1))
        detail = ngettext("In less than %(num)s hour.", "In less than %(num)s hours.", hours + 1)
        href = url_for("fairs_admin.settings")
        yield Need("clock", "wait", _("Registration ends soon"), detail, _("Change"), href)


def _places(fair: Fair) -> Iterator[Need]:
    left = fair.capacity - fair.places_taken
    if fair.phase is Phase.OPEN and left * 20 <= fair.capacity:
        title = ngettext("%(num)s place is left", "%(num)s places are left", left)
        detail = _(
            "%(taken)s of %(capacity)s are taken.", taken=fair.places_taken, capacity=fair.capacity
        )
        href = url_for("fairs_admin.settings")
        yield Need("person", "wait", title, detail, _("Allow more"), href)
