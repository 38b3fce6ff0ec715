"""What the list of a partner's people costs, and that it says how each stands."""

import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.rules import HouseholdState
from jobfair.core.db import db
from jobfair.fairs.rules import Phase
from jobfair.shuttle.rules import RequestState
from tests.client import PageClient
from tests.factories import (
    make_departure,
    make_fair,
    make_group,
    make_household,
    make_member,
    make_partner,
    make_request,
    make_ride,
    make_stop,
)
from tests.web.partners.conftest import sign_in_for


def test_more_households_cost_no_more_statements(app: Flask, page: PageClient) -> None:
    fair, stop = make_fair(phase=Phase.OPEN), make_stop()
    partner = make_partner(fair)
    bus, group = make_departure(fair, [stop]), make_group(partner)
    sign_in_for(page, make_member(partner))

    def add() -> None:
        seated = make_household(fair, partner_id=partner.id, group_id=group.id)
        make_ride(make_request(seated, stop, state=RequestState.SEATED), bus)
        make_household(fair, partner_id=partner.id, state=HouseholdState.WAITLISTED, email="")

    def statements() -> int:
        sent: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
            sent.append(statement)

        sa.event.listen(db.engine, "before_cursor_execute", note)
        try:
            page.get(f"/partner/{fair.slug}/")
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", note)
        return len(sent)

    add()
    page.get(f"/partner/{fair.slug}/")
    few = statements()
    for _n in range(4):
        add()
    assert statements() <= few
    assert few <= 40
