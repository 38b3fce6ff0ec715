"""The organiser registers by hand, on the same page, and prints chosen sheets."""

import pypdfium2
import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Household
from jobfair.attendees.rules import HouseholdState
from jobfair.core.actor import Role
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from tests.client import PageClient
from tests.factories import NOW, make_fair, make_household, make_partner

FAMILY = {"people-0-given_name": "Amal", "municipality": "03459014", "lang": "ar", "consent": "y"}


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Make a fair whose registration has ended."""
    return make_fair(phase=Phase.OPEN, registration_closes_at=NOW)


@pytest.fixture
def desk(page: PageClient, fair: Fair) -> PageClient:
    """Give the page of the fair's organiser."""
    page.sign_in(Role.ORGANISER, fair.id)
    return page


def registered() -> Household:
    return session().scalars(sa.select(Household)).one()


def test_the_desk_registers_also_after_the_end_of_registration(
    desk: PageClient, fair: Fair
) -> None:
    desk.get(f"/desk/{fair.slug}/people/new")
    desk.submit(1, FAMILY)
    household = registered()
    assert household.state is HouseholdState.REGISTERED
    assert household.partner_id is None
    assert household.registered_by is not None
    assert desk.last is not None
    assert desk.last.url == f"/desk/{fair.slug}/people/{household.id}"


def test_the_desk_registers_for_a_partner(desk: PageClient, fair: Fair) -> None:
    partner = make_partner(fair, name="Café Mondial")
    make_partner(make_fair(), name="Anderswo")
    page = desk.get(f"/desk/{fair.slug}/people/new")
    assert "Anderswo" not in page.text
    desk.submit(1, {**FAMILY, "group": partner.id})
    assert registered().partner_id == partner.id


def test_chosen_sheets_are_one_document_by_family(desk: PageClient, fair: Fair) -> None:
    chosen = [make_household(fair, 1, 0) for _n in range(3)]
    make_household(fair, 1, 0)
    waiting = make_household(fair, 1, 0, state=HouseholdState.WAITLISTED)
    elsewhere = make_household(make_fair(), 1, 0)
    desk.get(f"/desk/{fair.slug}/people/new")
    assert desk.last is not None
    fields = {
        "csrf_token": desk.last.csrf_token,
        "household": [*(one.id for one in (*chosen, waiting, elsewhere)), "9" * 25, "-1", "²"],
    }
    found = desk.open(f"/desk/{fair.slug}/sheets", method="POST", data=fields)
    assert found.mimetype == "application/pdf"
    assert len(pypdfium2.PdfDocument(found.data)) == 3


def test_nobody_chosen_is_said(desk: PageClient, fair: Fair) -> None:
    desk.get(f"/desk/{fair.slug}/people/new")
    assert desk.last is not None
    fields = {"csrf_token": desk.last.csrf_token}
    shown = desk.post(f"/desk/{fair.slug}/sheets", fields)
    assert shown.url == f"/desk/{fair.slug}/people"
    assert "Bitte wählen Sie zuerst aus" in shown.text
