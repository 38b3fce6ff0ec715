"""The mother's way: herself and two children, in Arabic, without e-mail, by bus and back."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.queries import get_household
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from jobfair.privacy.models import Consent
from jobfair.shuttle.models import Departure, Stop
from jobfair.shuttle.rules import Direction
from tests.client import PageClient
from tests.factories import FAIR_STARTS, make_departure, make_fair, make_stop

CONTACT = {"email": "", "phone": "", "lang": "ar", "consent": "y"}


@pytest.fixture
def fair(app: Flask) -> Fair:
    return make_fair(slug="osnabrueck-2026", capacity=20)


@pytest.fixture
def bramsche(fair: Fair) -> Stop:
    stop = make_stop(name="Bramsche, Bahnhof", note="Bussteig C", step_free=True)
    make_departure(fair, [stop], line=4, seats=8)
    for wave in (0, 1):
        make_departure(
            fair,
            [stop],
            line=4,
            seats=8,
            wave=wave,
            direction=Direction.BACK,
            fair_at=FAIR_STARTS + timedelta(hours=4 + wave),
        )
    return stop


def households() -> list[Household]:
    ids = session().scalars(sa.select(Household.id).order_by(Household.id)).all()
    return [get_household(household_id) for household_id in ids]


def who(page: PageClient, *names: tuple[str, str], children: int = 0, lang: str = "en") -> None:
    """Fill in the first step, adding children as needed."""
    page.get(f"/osnabrueck-2026/register?lang={lang}")
    for _ in range(children):
        page.submit(button="child")
    fields = {}
    for place, (given, family) in enumerate(names):
        fields |= {f"people-{place}-given": given, f"people-{place}-family": family}
    page.submit(fields=fields, button="next")


def register(page: PageClient, *names: tuple[str, str], **contact: object) -> None:
    """Walk through all steps of a fair without buses."""
    who(page, *names, children=len(names) - 1)
    page.submit(fields={"municipality": "03459014"}, button="next")
    page.submit(fields={**CONTACT, **contact}, button="next")


def test_family_in_arabic_with_bus(page: PageClient, fair: Fair, bramsche: Stop) -> None:
    who(page, ("أمل", "حداد"), ("يوسف", "حداد"), ("لينا", "حداد"), children=2, lang="ar")
    assert page.last is not None
    proposed = page.last.root.all("input", name="people-0-latin_given")[0].get("value")
    assert proposed == "Amal"
    page.submit(
        fields={"people-0-latin_given": "Amaal", "people-0-birth_year": "١٩٨٨"}, button="next"
    )
    assert page.last.url.endswith("/register/place")
    page.submit(fields={"municipality": "03459014"}, button="next")
    page.submit(
        fields={"ways": "both", "stop": str(bramsche.id), "back": "1"}, button="next"
    )
    mine = page.submit(fields=CONTACT, button="next")
    assert "/my/" in mine.url
    assert mine.root.all("html")[0].get("lang") == "ar"
    assert mine.response.headers["Cache-Control"] == "no-store"
    assert "Bramsche, Bahnhof" in mine.text

    (household,) = households()
    assert [p.latin_name for p in household.people] == ["Amaal Haddad", "Yusuf Haddad", "Lina Haddad"]
    assert household.people[0].own_name == "أمل حداد"
    assert household.people[0].birth_year == 1988
    assert all(person.badge for person in household.people)
    assert session().get_one(Fair, fair.id).places_taken == 3
    taken = session().scalars(sa.select(Departure.taken).order_by(Departure.id)).all()
    assert taken == [3, 0, 3]
    consent = session().scalars(sa.select(Consent)).one()
    assert (consent.subject_id, consent.lang) == (household.id, "ar")
    pdf = page.get(f"{mine.url}/badges.pdf")
    assert pdf.response.data.startswith(b"%PDF")
    assert "Haddad" not in pdf.response.headers["Content-Disposition"]
