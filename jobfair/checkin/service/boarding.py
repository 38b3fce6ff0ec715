"""Buses as the door sees them: which there are, who is on their lists, and what is said of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.attendees.models import Attendee
from jobfair.checkin.duty import Duty
from jobfair.checkin.holders import holders_of
from jobfair.checkin.items import BusClosed, BusLate
from jobfair.checkin.ports import BusList, Closing, Lateness, Rider
from jobfair.checkin.rules import ItemKind
from jobfair.checkin.service import buses
from jobfair.checkin.service.items import Answer, answer_once
from jobfair.core.actor import Actor, ActorKind
from jobfair.core.db import session
from jobfair.core.errors import Invalid

DONE: Answer = {"outcome": None}


@dataclass(frozen=True)
class BusManifest:
    """A departure with its list, and the people by their ids."""

    bus: BusList
    people: dict[int, Attendee]

    @property
    def passengers(self) -> tuple[tuple[Rider, Attendee], ...]:
        """Return who is on the list, households together."""
        return tuple((rider, self.people[rider.attendee_id]) for rider in self.bus.riders)


def boarding_choices(fair_id: int) -> list[tuple[int, str]]:
    """Return the departures of the fair as a form offers them, those to the fair first."""
    return buses().choices(session(), fair_id)


def list_manifests(fair_id: int, departure_ids: Sequence[int]) -> list[BusManifest]:
    """Return who is on the lists of the departures, in their order."""
    lists = buses().lists(session(), fair_id, departure_ids)
    people = _people_of(rider for one in lists for rider in one.riders)
    return [BusManifest(one, people) for one in lists]


def _people_of(riders: Iterable[Rider]) -> dict[int, Attendee]:
    query = (
        sa.select(Attendee)
        .where(Attendee.id.in_({rider.attendee_id for rider in riders}))
        .options(selectinload(Attendee.badge))
    )
    return {person.id: person for person in session().scalars(query)}


def report_late(duty: Duty, item: BusLate, *, now: datetime) -> Answer:
    """Have the bus be later than was known, once for the same id.

    In a rehearsal, before the fair's day, nothing is kept of it. Raises Invalid("bad_departure")
    and Invalid("bad_stop"), Conflict("id_reused") and OffDuty.
    """
    _check_bus(duty, item.departure)
    late = Lateness(item.id, item.departure, item.minutes, item.stop)

    def act() -> Answer:
        if now >= duty.first_day:
            buses().delay(duty.fair_id, late, _actor(duty), now)
        return DONE

    return answer_once(duty, item, ItemKind.LATE, act, now=now)


def close_bus(duty: Duty, item: BusClosed, *, now: datetime) -> Answer:
    """Have the return be closed, with an answer for each who was missing, once for the same id.

    In a rehearsal nothing is kept of it. Raises Invalid("bad_departure"), Conflict("id_reused")
    and OffDuty.
    """
    _check_bus(duty, item.departure)

    def act() -> Answer:
        closing = Closing(item.id, item.departure, min(item.at, now), _answers(duty, item))
        if now >= duty.first_day:
            buses().close(duty.fair_id, closing, _actor(duty), now)
        return DONE

    return answer_once(duty, item, ItemKind.CLOSE, act, now=now)


def _check_bus(duty: Duty, departure_id: int) -> None:
    if departure_id not in duty.departures:
        raise Invalid("bad_departure")


def _actor(duty: Duty) -> Actor:
    return Actor(ActorKind.DEVICE, duty.device_id)


def _answers(duty: Duty, item: BusClosed) -> list[tuple[int, str]]:
    """Return for whom which answer was given; a badge that is nobody's any more tells nothing."""
    holders = holders_of(duty, [given.badge for given in item.answers])
    known = (given for given in item.answers if given.badge in holders)
    return list({holders[given.badge]: given.answer for given in known}.items())
