"""A household changes its registration on its own pages, and nobody else's."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.queries import get_whole_household
from jobfair.attendees.rules import AttendeeState, HouseholdState, NeedKind
from jobfair.booking.service import changes
from jobfair.core.db import session, transaction
from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.fairs.rules import Phase
from jobfair.shuttle.models import Departure, RideRequest, Stop
from jobfair.web.links import token_for
from tests.client import Page, PageClient
from tests.factories import make_attendee, make_household, make_window

Walk = Callable[..., Page]
FAMILY = (("Amal", "Haddad"), ("Yusuf", "Haddad"))


@pytest.fixture
def mine(register: Walk, fair: Fair) -> str:
    """The address of a registered family's page, in English."""
    return register(*FAMILY, lang="en").url


def household() -> Household:
    """Return the household that registered first, as it is stored."""
    return get_whole_household(session().scalars(sa.select(sa.func.min(Household.id))).one())


def places_taken() -> int:
    return session().scalars(sa.select(Fair.places_taken)).one()


def change(**values: object) -> None:
    with transaction() as current:
        current.execute(sa.update(Fair).values(**values))


def test_names_change_and_the_badge_stays(page: PageClient, mine: str) -> None:
    before = household().people[1].badge
    page.get(mine)
    page.follow("Change Who is coming")
    back = page.submit(fields={"people-1-given": "Youssef", "people-1-own_given": "يوسف"})
    assert "Your change is stored." in back.text
    person = household().people[1]
    assert (person.given_name, person.own_given_name) == ("Youssef", "يوسف")
    assert "youssef" in person.name_key
    assert before is not None
    assert person.badge is not None
    assert person.badge.code == before.code


def test_name_in_another_script_is_proposed_before_it_is_stored(
    page: PageClient, mine: str
) -> None:
    page.get(f"{mine}/change/names")
    shown = page.submit(fields={"people-0-given": "أمل"})
    assert "Please check the Latin letters" in shown.text
    assert household().people[0].own_given_name == ""
    page.submit(fields={"people-0-latin_given": "Amaal"})
    assert household().people[0].latin_name == "Amaal Haddad"
    assert household().people[0].own_given_name == "أمل"


def test_contact_place_and_work_change(page: PageClient, mine: str) -> None:
    page.get(f"{mine}/change/contact")
    page.submit(fields={"email": "not an address"}, status=422)
    page.submit(fields={"email": "amal@example.org", "phone": "0541 12345"})
    page.get(f"{mine}/change/place")
    page.submit(fields={"municipality": "other"})
    page.get(f"{mine}/change/work")
    page.submit(fields={"adults-0-work": ["care"], "adults-0-german_level": "B1"})
    stored = household()
    assert (stored.email, stored.phone) == ("amal@example.org", "0541 12345")
    assert stored.municipality == "other"
    assert (stored.people[0].work, stored.people[0].german_level) == (["care"], "B1")
    shown = page.get(f"{mine}/change/work")
    assert [i.get("value") for i in shown.root.all("input", checked="")] == ["en", "care"]


def test_needs_change_and_can_be_taken_back(page: PageClient, mine: str) -> None:
    page.get(f"{mine}/change/needs")
    page.submit(fields={"wheelchair": ["1"], "childcare": "y"})
    assert {need.kind for need in household().people[1].needs} == {
        NeedKind.WHEELCHAIR,
        NeedKind.CHILDCARE,
    }
    assert "Wheelchair" in page.get(mine).text
    page.get(f"{mine}/change/needs")
    page.submit(fields={"wheelchair": None, "childcare": None})
    assert household().people[1].needs == []


def test_arrival_window_changes_once_it_is_sure(page: PageClient, fair: Fair, mine: str) -> None:
    roomy = make_window(fair)
    tight = make_window(fair, capacity=1)
    page.get(f"{mine}/change/when")
    page.submit(fields={"window": str(roomy.id)})
    assert household().window_id == roomy.id
    page.get(f"{mine}/change/when")
    shown = page.submit(fields={"window": str(tight.id)}, status=422)
    assert "You keep your present time." in shown.text
    assert household().window_id == roomy.id
    taken = session().scalars(sa.select(ArrivalWindow.taken).order_by(ArrivalWindow.id)).all()
    assert taken == [2, 0]


def test_window_of_another_fair_is_none_here(
    page: PageClient, fair: Fair, mine: str, other_fair: Fair
) -> None:
    make_window(fair)
    theirs = make_window(other_fair)
    token = page.get(f"{mine}/change/when").csrf_token
    page.post(f"{mine}/change/when", {"csrf_token": token, "window": str(theirs.id)}, 422)
    assert household().window_id is None


def test_bus_can_be_taken_changed_and_given_up(
    page: PageClient, fair: Fair, mine: str, bramsche: Stop
) -> None:
    page.get(f"{mine}/change/bus")
    page.submit(fields={"ways": "both", "stop": str(bramsche.id), "back": "0"})
    page.get(f"{mine}/change/bus")
    page.submit(fields={"back": "1"})
    assert _taken() == [2, 0, 2]
    page.get(f"{mine}/change/bus")
    page.submit(fields={"stop": "no"})
    assert _taken() == [0, 0, 0]


def _taken() -> list[int]:
    return list(session().scalars(sa.select(Departure.taken).order_by(Departure.id)))


def test_one_more_person_has_a_place_and_a_badge(page: PageClient, mine: str) -> None:
    page.get(mine)
    shown = page.follow("One more person is coming")
    assert "18 places free" in shown.text
    back = page.submit(fields={"people-0-given": "Lina", "people-0-kind": "child"})
    assert "One more person comes along." in back.text
    assert places_taken() == 3
    assert household().people[2].badge is not None


def test_one_more_is_refused_where_nothing_is_free(page: PageClient, mine: str) -> None:
    page.get(f"{mine}/people/new")
    form = page.last
    change(capacity=2)
    shown = page.get(f"{mine}/people/new")
    assert "There is no free place for one more person now" in shown.text
    assert len(shown.forms) == 0
    page.last = form
    page.submit(fields={"people-0-given": "Lina"}, status=422)
    assert (places_taken(), len(household().people)) == (2, 2)


def test_lost_badge_is_replaced(page: PageClient, mine: str) -> None:
    before = household().people[0].badge
    page.get(mine)
    page.follow("Amal has lost the badge")
    page.submit()
    after = household().people[0].badge
    assert before is not None
    assert after is not None
    assert after.code != before.code
    voided = session().scalars(sa.select(BadgeCode.code).where(BadgeCode.voided_at.is_not(None)))
    assert voided.all() == [before.code]
    page.get(f"{mine}/badge/9", 404)


def test_calendar_file(page: PageClient, mine: str) -> None:
    answer = page.open(f"{mine}/calendar.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"BEGIN:VEVENT" in answer.data


def test_people_of_another_household_can_not_be_reached(
    page: PageClient, fair: Fair, mine: str
) -> None:
    other = make_household(fair, adults=1, children=0)
    stranger = make_attendee(other, position=7)
    token = page.get(f"{mine}/change/names").csrf_token
    forged = {
        "csrf_token": token,
        "people-0-key": "7",
        "people-0-kind": "adult",
        "people-0-given": "Mallory",
    }
    page.post(f"{mine}/change/names", forged)
    page.post(
        f"{mine}/change/work",
        {"csrf_token": token, "adults-0-key": "7", "adults-0-german_level": "C1"}
        | {"adults-0-licence": "", "adults-0-work": "care"},
    )
    page.post(
        f"{mine}/change/needs",
        {"csrf_token": token, "wheelchair": "7", "interpreter_lang": "ar"},
        422,
    )
    page.get(f"{mine}/badge/8", 404)
    page.get(f"{mine}/cancel/8", 404)
    unchanged = session().scalars(sa.select(Attendee).where(Attendee.id == stranger.id)).one()
    assert unchanged.given_name == stranger.given_name
    assert unchanged.german_level is None


@pytest.mark.parametrize(
    "values", [{"phase": Phase.OVER}, {"phase": Phase.CANCELLED}], ids=["over", "cancelled"]
)
def test_nothing_changes_once_the_fair_is_over_or_off(
    page: PageClient, mine: str, values: dict[str, object]
) -> None:
    page.get(f"{mine}/change/contact")
    form = page.last
    change(**values)
    shown = page.get(mine)
    assert "/change/" not in "".join(a.get("href") for a in shown.root.all("a"))
    page.last = form
    page.submit(fields={"email": "amal@example.org"})
    assert household().email == ""
    for path in ("people/new", "badge/1", "change/names"):
        assert page.get(f"{mine}/{path}").url == mine


def test_pages_of_changing_in_every_language(page: PageClient, fair: Fair, mine: str) -> None:
    make_window(fair)
    for path in ("names", "contact", "place", "when", "work", "needs", "bus"):
        for lang in ("de", "ar"):
            page.get(f"{mine}/change/{path}?lang={lang}")
    page.get(f"{mine}/change/everything", 404)


def test_deleting_frees_the_places_and_ends_the_link(page: PageClient, mine: str) -> None:
    page.get(mine)
    page.follow("Delete everything about us")
    page.submit(status=422)
    gone = page.submit(fields={"sure": "y"})
    assert "Everything that we had stored about you is deleted." in gone.text
    assert places_taken() == 0
    page.get(mine, 404)
    people = session().scalars(sa.select(Attendee)).all()
    assert {person.given_name for person in people} == {""}
    assert {person.state for person in people} == {AttendeeState.CANCELLED}


def test_waiting_household_sees_its_place_and_can_change(page: PageClient, fair: Fair) -> None:
    make_household(fair, state=HouseholdState.WAITLISTED, adults=2, children=0)
    later = make_household(
        fair,
        state=HouseholdState.WAITLISTED,
        waiting_since=fair.created_at + timedelta(hours=1),
        lang="en",
    )
    change(places_taken=20)
    with page.app.test_request_context():
        mine = f"/my/{token_for('my', later.id, later.link_version)}"
    shown = page.get(mine)
    assert "You are number 2 on the list." in shown.text
    assert not shown.root.all("p", class_="jf-code")
    assert page.get(f"{mine}/badges.pdf").url == mine
    assert page.get(f"{mine}/calendar.ics").url == mine
    page.get(mine)
    shown = page.follow("One more person is coming")
    assert "One more person waits with you" in shown.text
    page.submit(fields={"people-0-given": "Lina"})
    assert get_whole_household(later.id).people[-1].given_name == "Lina"
    assert places_taken() == 20


def test_resting_wish_for_the_bus_is_told(
    page: PageClient, fair: Fair, mine: str, bramsche: Stop
) -> None:
    page.get(f"{mine}/change/bus")
    page.submit(fields={"ways": "out", "stop": str(bramsche.id)})
    with transaction() as current:
        current.execute(sa.update(RideRequest).values(state="resting"))
        waiting = {"state": "waitlisted", "waiting_since": fair.created_at}
        current.execute(sa.update(Household).values(**waiting))
    assert "We look for seats on the bus as soon as" in page.get(mine).text
    asked = page.get(f"{mine}/bus/cancel")
    assert "You are still on the waiting list." in asked.text
    for shown in (asked, page.submit()):
        assert "Your places at the fair" not in shown.text
    assert session().scalars(sa.select(RideRequest.state)).one() == "cancelled"


def test_a_time_that_is_gone_when_it_is_chosen_is_said(
    page: PageClient, fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    early, late = make_window(fair), make_window(fair)
    family = make_household(fair, window_id=early.id)
    choose, gone, label = changes.change_window, late.id, late.label

    def too_late(*given: int, **more: Any) -> None:
        with transaction() as current:
            current.execute(sa.delete(ArrivalWindow).where(ArrivalWindow.id == gone))
        choose(*given, **more)

    monkeypatch.setattr(changes, "change_window", too_late)
    page.get(f"/my/{token_for('my', family.id, family.link_version)}/change/when?lang=en")
    shown = page.submit(fields={"window": str(gone)}, status=422)
    assert "Please choose a time from the list." in shown.text
    assert early.label in shown.text
    assert label not in shown.text
