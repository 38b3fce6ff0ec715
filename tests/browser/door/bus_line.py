"""A bus to the fair and home again, and those who ride on it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from jobfair.attendees.models import Attendee, Household
from jobfair.core.db import session
from jobfair.shuttle.models import Departure, Stop
from jobfair.shuttle.rules import Direction, RequestState
from tests.browser.door.desk import Desk, family_of
from tests.browser.door.duty import Phone
from tests.factories import make_departure, make_request, make_ride, make_scan, make_stop


class Line:
    """A bus of few seats that calls at two stops, ten minutes apart, and drives back."""

    def __init__(
        self, desk: Desk, number: int, *, arrives: float, leaves: float, seats: int = 4
    ) -> None:
        self.desk, self.number, self.seats = desk, number, seats
        self.stops = [make_stop(note="Steig C"), make_stop()]
        self.out = self._departure(self.stops, Direction.OUT, arrives)
        self.home = self._departure(self.stops[::-1], Direction.BACK, leaves)

    def _departure(self, stops: list[Stop], direction: Direction, minutes: float) -> Departure:
        at = datetime.now(UTC) + timedelta(minutes=minutes)
        given: dict[str, Any] = {"line": self.number, "seats": self.seats, "fair_at": at}
        return make_departure(self.desk.fair, stops, direction=direction, **given)

    def ride(self, *names: tuple[str, str]) -> list[str]:
        """Have a family ride both ways from the first stop; return the codes of its badges."""
        codes = family_of(self.desk.fair, *names)
        newest = sa.select(Household).where(Household.fair_id == self.desk.fair.id)
        household = session().scalars(newest.order_by(Household.id.desc())).first()
        assert household is not None
        seated = {"people": len(names), "state": RequestState.SEATED}
        request = make_request(household, self.stops[0], **seated)
        make_ride(request, self.out)
        make_ride(request, self.home)
        return codes

    def see(self, *names: str) -> None:
        """Have them be scanned at the door of the fair half an hour ago."""
        query = sa.select(Attendee).where(Attendee.fair_id == self.desk.fair.id)
        at = datetime.now(UTC) - timedelta(minutes=30)
        for person in session().scalars(query.where(Attendee.given_name.in_(names))).all():
            badge = self.desk.code_of(person.given_name)
            make_scan(person, badge, scanned_at=at, device_at=at, received_at=at)

    def phone(self, departure: Departure) -> Phone:
        """Pair the attendant's phone with one of the trips."""
        if not self.desk.shift_code:
            self.desk.begin_shift()
        page = self.desk.open("/devices/new").page
        label = page.locator(f"main [name=place] option[value=d{departure.id}]").inner_text()
        return self.desk.phone(label)
