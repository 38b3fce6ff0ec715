"""The household's own page, its sheet, cancelling, and the badge's address."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
import zxingcpp
from flask import Flask
from pypdfium2 import PdfDocument

from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.rules import AttendeeState
from jobfair.core.actor import Role
from jobfair.core.db import session, transaction
from jobfair.core.tokens import make_token
from jobfair.fairs.models import Fair
from jobfair.shuttle.models import Departure, Stop
from jobfair.web.links import token_for
from tests.client import Page, PageClient
from tests.factories import make_household, signed_in

Walk = Callable[..., Page]
FAMILY = (("Amal", "Haddad"), ("Yusuf", "Haddad"), ("Lina", "Haddad"))


@pytest.fixture
def mine(register: Walk, fair: Fair) -> str:
    """The address of a registered family's page, in English."""
    return register(*FAMILY, lang="en").url


def states() -> list[AttendeeState]:
    return list(session().scalars(sa.select(Attendee.state).order_by(Attendee.position)))


def places_taken(fair: Fair) -> int:
    return session().scalar(sa.select(Fair.places_taken).where(Fair.id == fair.id)) or 0


def test_every_person_has_a_code_to_show(page: PageClient, mine: str) -> None:
    shown = page.get(mine)
    codes = shown.root.all("p", class_="jf-code") or [
        p for p in shown.root.all("p") if p.get("class") == "jf-code"
    ]
    assert len({code.text for code in codes}) == 3
    assert len([s for s in shown.root.all("svg") if s.get("role") == "img"]) == 3


def test_one_person_can_be_cancelled(page: PageClient, fair: Fair, mine: str) -> None:
    page.get(mine)
    asked = page.follow("Yusuf does not come")
    assert "1 place at the fair" in asked.text
    assert states() == [AttendeeState.REGISTERED] * 3
    back = page.submit()
    assert back.url == mine
    assert states().count(AttendeeState.CANCELLED) == 1
    assert places_taken(fair) == 2
    assert "Yusuf Haddad" not in back.root.all("section")[0].text
    page.get(f"{mine}/cancel/2", 404)


def test_whole_household_can_be_cancelled(page: PageClient, fair: Fair, mine: str) -> None:
    page.get(mine)
    page.follow("Cancel for everybody")
    gone = page.submit()
    assert "You have cancelled" in gone.text
    assert places_taken(fair) == 0
    assert page.get(f"{mine}/badges.pdf").url == mine
    assert page.follow("Register again").url.endswith("/register")


def test_cancelled_person_is_not_on_the_sheet(page: PageClient, mine: str) -> None:
    assert _codes_on_sheet(page, mine) == 3
    page.get(f"{mine}/cancel/3")
    page.submit()
    assert _codes_on_sheet(page, mine) == 2


def _codes_on_sheet(page: PageClient, mine: str) -> int:
    document = PdfDocument(page.get(f"{mine}/badges.pdf").response.data)
    try:
        found = {
            code.text
            for sheet in document
            for code in zxingcpp.read_barcodes(sheet.render(scale=2).to_pil().convert("L"))
            if "/B/" in code.text
        }
    finally:
        document.close()
    return len(found)


def test_bus_is_shown_with_its_times(
    page: PageClient, fair: Fair, bramsche: Stop, who: Walk, to_summary: Walk
) -> None:
    who(("Amal", "Haddad"))
    page.submit(fields={"municipality": "03459014"}, button="next")
    page.submit(fields={"ways": "both", "stop": str(bramsche.id), "back": "0"}, button="next")
    to_summary(lang="en")
    mine = page.submit(fields={"consent": "y"}, button="go")
    for words in ("09:50", "10:00", "14:00", "14:10", "Bussteig C", "Be there 5 minutes early."):
        assert words in mine.text, words
    asked = page.follow("Cancel")
    assert "seat on the bus" in asked.text
    page.submit()
    assert set(session().scalars(sa.select(Departure.taken))) == {0}


def test_page_is_in_the_household_s_language(page: PageClient, fair: Fair) -> None:
    household = make_household(fair, lang="ar")
    with page.app.test_request_context():
        token = token_for("my", household.id, household.link_version)
    assert page.get(f"/my/{token}").root.all("html")[0].get("dir") == "rtl"
    assert page.get(f"/my/{token}?lang=de").root.all("html")[0].get("lang") == "de"


def test_false_links_all_look_the_same(page: PageClient, app: Flask, fair: Fair) -> None:
    household = make_household(fair)
    erased = make_household(fair, erased_at=household.registered_at)
    with app.test_request_context():
        revoked = token_for("my", household.id, household.link_version + 1)
        gone = token_for("my", erased.id, erased.link_version)
        other_kind = token_for("exhibitor", household.id, household.link_version)
    forged = make_token(b"another key" * 3, "my", household.id, 1)
    pages = [
        page.get(f"/my/{token}", 404).text
        for token in (revoked, gone, other_kind, forged, "x" * 32, "short", "ü" * 10)
    ]
    assert len(set(pages)) == 1
    assert "0541 501 0000" in pages[0]
    page.get(f"/my/{forged}/badges.pdf", 404)
    page.get(f"/my/{forged}/cancel", 404)


def test_fair_that_is_over_takes_no_cancelling(page: PageClient, fair: Fair, mine: str) -> None:
    page.get(f"{mine}/cancel")
    with transaction() as current:
        current.execute(sa.update(Fair).values(phase="over"))
    page.submit(status=422)
    assert AttendeeState.CANCELLED not in states()
    assert "/cancel" not in "".join(a.get("href") for a in page.get(mine).root.all("a"))


def test_badge_page_says_the_same_of_every_code(page: PageClient, fair: Fair) -> None:
    household = make_household(fair, adults=1, children=0)
    code = session().scalar(sa.text("SELECT code FROM badge_code"))
    known = page.get(f"/B/{code}").text
    assert known == page.get(f"/b/{str(code).lower()}").text == page.get("/B/nonsense").text
    assert household.email not in known


def test_door_duty_is_led_to_the_scanner(page: PageClient, app: Flask, fair: Fair) -> None:
    signed_in(app, Role.DOOR, fair.id)
    response = page.open("/B/0123456789AB")
    assert response.status_code == 302
    assert response.location.endswith("/door")


def test_forgotten_household_has_no_page(page: PageClient, mine: str) -> None:
    with transaction() as current:
        current.execute(sa.update(Household).values(link_version=2))
    page.get(mine, 404)
