"""Registering without JavaScript: every step, every refusal, nothing lost on the way."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobfair.attendees.models import Household
from jobfair.attendees.queries import get_household, get_whole_household
from jobfair.attendees.rules import HouseholdState
from jobfair.booking.models import RegistrationDraft
from jobfair.core.clock import frozen
from jobfair.core.db import session, transaction
from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.fairs.rules import Phase
from jobfair.mail.models import OutboxMail
from jobfair.privacy.models import Consent
from jobfair.shuttle.models import Departure, RideRequest, Stop
from jobfair.shuttle.rules import RequestState
from tests.client import Page, PageClient
from tests.factories import NOW, make_fair, make_household, make_window
from tests.web.booking.conftest import BRAMSCHE, CONTACT

START = "/osnabrueck-2026/register"
Walk = Callable[..., Page]


def households() -> list[Household]:
    ids = session().scalars(sa.select(Household.id).order_by(Household.id)).all()
    return [get_household(household_id) for household_id in ids]


def places_taken(fair: Fair) -> int:
    return session().scalar(sa.select(Fair.places_taken).where(Fair.id == fair.id)) or 0


def change(fair: Fair, **values: object) -> None:
    with transaction() as current:
        current.execute(sa.update(Fair).where(Fair.id == fair.id).values(**values))


def value(page: Page, name: str) -> str:
    return page.root.all("input", name=name)[0].get("value")


def test_family_in_arabic_with_bus(
    page: PageClient, fair: Fair, bramsche: Stop, who: Walk, to_summary: Walk
) -> None:
    shown = who(("أمل", "حداد"), ("يوسف", "حداد"), ("لينا", "حداد"), lang="ar")
    assert value(shown, "people-0-latin_given") == "Amal"
    shown = page.submit(
        fields={"people-0-latin_given": "Amaal", "people-0-birth_year": "١٩٨٨"}, button="next"
    )
    assert shown.url.endswith("/register/place")
    page.submit(fields={"municipality": BRAMSCHE}, button="next")
    page.submit(fields={"ways": "both", "stop": str(bramsche.id), "back": "1"}, button="next")
    shown = to_summary()
    assert "Bramsche, Bahnhof" in shown.text
    mine = page.submit(fields={"consent": "y"}, button="go")
    assert "/my/" in mine.url
    assert mine.root.all("html")[0].get("lang") == "ar"
    assert mine.response.headers["Cache-Control"] == "no-store"
    assert "Bramsche, Bahnhof" in mine.text

    (household,) = households()
    names = [person.latin_name for person in household.people]
    assert names == ["Amaal Haddad", "Yusuf Haddad", "Lina Haddad"]
    assert household.people[0].own_name == "أمل حداد"
    assert household.people[0].birth_year == 1988
    assert all(person.badge for person in household.people)
    assert places_taken(fair) == 3
    taken = session().scalars(sa.select(Departure.taken).order_by(Departure.id)).all()
    assert taken == [3, 0, 3]
    consent = session().scalars(sa.select(Consent)).one()
    assert (consent.subject_id, consent.lang) == (household.id, "ar")
    assert session().scalars(sa.select(RegistrationDraft)).one().data == {}


def test_latin_names_are_asked_nothing_more(page: PageClient, fair: Fair, who: Walk) -> None:
    assert who(("Amal", "Haddad")).url.endswith("/register/place")


def test_changed_name_is_proposed_anew(page: PageClient, fair: Fair, who: Walk) -> None:
    who(("أمل", "حداد"))
    shown = page.submit(fields={"people-0-given": "يوسف"}, button="next")
    assert value(shown, "people-0-latin_given") == "Yusuf"


def test_removing_a_person_keeps_the_others(page: PageClient, fair: Fair) -> None:
    page.get(f"{START}?lang=en")
    page.submit(button="child", fields={"people-0-given": "Amal", "people-0-birth_year": "abc"})
    page.submit(button="child", fields={"people-1-given": "Yusuf"})
    shown = page.submit(button="Remove Yusuf", fields={"people-2-given": "Lina"})
    assert value(shown, "people-0-given") == "Amal"
    assert value(shown, "people-0-birth_year") == "abc"
    assert value(shown, "people-1-given") == "Lina"


def test_group_of_twelve_at_most(page: PageClient, fair: Fair) -> None:
    page.get(START)
    for _ in range(11):
        shown = page.submit(button="adult")
    assert not [b for b in shown.root.all("button") if b.get("name") == "add"]
    token = shown.csrf_token
    forged = page.post(START, {"csrf_token": token, "add": "adult"})
    assert len(forged.root.all("fieldset")) <= 12


def test_faults_are_named_and_nothing_is_lost(page: PageClient, fair: Fair, who: Walk) -> None:
    page.get(f"{START}?lang=en")
    shown = page.submit(
        fields={"people-0-given": " ", "people-0-family": "Haddad", "people-0-birth_year": "17"},
        button="next",
        status=422,
    )
    assert value(shown, "people-0-family") == "Haddad"
    assert shown.root.all("title")[0].text.startswith("Please check 2 entries")
    assert "Please write the first name." in shown.text


def test_another_language_keeps_what_was_refused(page: PageClient, fair: Fair, who: Walk) -> None:
    page.get(START)
    page.submit(fields={"people-0-family": "Haddad"}, button="next", status=422)
    assert value(page.get(f"{START}?lang=ar"), "people-0-family") == "Haddad"
    who(("Amal", "Haddad"))
    page.submit(fields={"municipality": BRAMSCHE}, button="next")
    page.submit(button="next")
    page.submit(button="next")
    page.submit(fields=CONTACT | {"email": "amal@"}, button="next", status=422)
    assert value(page.get(f"{START}/contact?lang=uk"), "email") == "amal@"


def test_back_keeps_what_was_typed(page: PageClient, fair: Fair, who: Walk) -> None:
    who(("Amal", "Haddad"))
    page.submit(fields={"municipality": BRAMSCHE}, button="next")
    page.submit(fields={"adults-0-german_level": "A2", "adults-0-work": ["care"]}, button="next")
    page.submit(button="next")
    page.submit(fields={"phone": "not finished", "lang": "ar"}, button="back")
    shown = page.submit(button="next")
    assert value(shown, "phone") == "not finished"
    shown = page.get(f"{START}/work")
    assert [o.get("value") for o in shown.root.all("option", selected="")] == ["A2", ""]
    ticked = [i.get("value") for i in shown.root.all("input", checked="")]
    assert ticked == ["en", "care"]


def test_steps_that_are_reached_too_early_lead_back(
    page: PageClient, fair: Fair, who: Walk
) -> None:
    assert page.get(f"{START}/contact").url.endswith("/register")
    who(("Amal", "Haddad"))
    assert page.get(f"{START}/contact").url.endswith("/register/place")
    assert page.get(f"{START}/summary").url.endswith("/register/place")
    assert page.get(f"{START}/bus").url.endswith("/register/place")
    page.get(f"{START}/everything", 404)


def test_draft_survives_and_ends_after_a_week(page: PageClient, fair: Fair, who: Walk) -> None:
    who(("Amal", "Haddad"))
    with frozen(NOW + timedelta(days=6)):
        assert value(page.get(START), "people-0-given") == "Amal"
    with frozen(NOW + timedelta(days=8)):
        assert value(page.get(START), "people-0-given") == ""
        assert page.get(f"{START}/contact").url.endswith("/register")


def test_draft_of_another_fair_is_none_here(page: PageClient, fair: Fair, who: Walk) -> None:
    who(("Amal", "Haddad"))
    make_fair(slug="bad-laer-2026")
    key = page.client.get_cookie("registration", path=START)
    assert key is not None
    page.client.set_cookie("registration", key.value, path="/bad-laer-2026/register")
    assert page.get("/bad-laer-2026/register/place").url.endswith("/bad-laer-2026/register")


def test_sent_twice_is_one_household(
    page: PageClient, fair: Fair, who: Walk, to_summary: Walk
) -> None:
    change(fair, capacity=1)
    who(("Amal", "Haddad"))
    page.submit(fields={"municipality": BRAMSCHE}, button="next")
    form = to_summary()
    first = page.submit(fields={"consent": "y"}, button="go")
    page.last = form
    second = page.submit(fields={"consent": "y"}, button="go")
    assert second.url == first.url
    assert page.get(f"{START}/contact").url == first.url
    assert len(households()) == 1
    assert places_taken(fair) == 1


def test_another_family_can_follow_on_the_same_device(
    page: PageClient, fair: Fair, register: Walk
) -> None:
    first = register(("Amal", "Haddad"))
    assert value(page.get(START), "people-0-given") == ""
    second = register(("Olena", "Koval"))
    assert second.url != first.url
    assert len(households()) == 2


def test_full_fair_means_the_waiting_list(
    page: PageClient, fair: Fair, who: Walk, to_summary: Walk
) -> None:
    make_household(fair)
    make_household(fair, state=HouseholdState.WAITLISTED)
    change(fair, capacity=3)
    assert page.get("/osnabrueck-2026?lang=en").link("Join the waiting list")
    who(("Amal", "Haddad"), ("Lina", "Haddad"))
    page.submit(fields={"municipality": BRAMSCHE}, button="next")
    shown = to_summary(lang="en")
    assert "The fair is full" in shown.text
    assert "1 household is before you" in shown.text
    page.submit(fields={"take_at_once": None, "consent": "y"}, button="go")
    waiting = households()[-1]
    assert waiting.state is HouseholdState.WAITLISTED
    assert not waiting.take_at_once
    assert places_taken(fair) == 3


def test_free_places_may_be_kept_for_those_who_wait(
    page: PageClient, fair: Fair, who: Walk, to_summary: Walk
) -> None:
    make_household(fair, state=HouseholdState.WAITLISTED, passed_over=3)
    change(fair, capacity=3, places_taken=1)
    who(("Amal", "Haddad"))
    page.submit(fields={"municipality": BRAMSCHE}, button="next")
    assert "The free places are for those who wait already" in to_summary().text
    page.submit(fields={"consent": "y"}, button="go")
    assert households()[-1].state is HouseholdState.WAITLISTED


def test_places_taken_in_the_meantime_mean_waiting_not_an_error(
    page: PageClient, fair: Fair, who: Walk, to_summary: Walk
) -> None:
    change(fair, capacity=2)
    who(("Amal", "Haddad"), ("Lina", "Haddad"))
    page.submit(fields={"municipality": BRAMSCHE}, button="next")
    assert "waiting list" not in to_summary().text
    change(fair, places_taken=1)
    page.submit(fields={"consent": "y"}, button="go")
    (waiting,) = households()
    assert waiting.state is HouseholdState.WAITLISTED
    assert waiting.take_at_once


def test_group_that_can_never_fit_is_told_so(
    page: PageClient, fair: Fair, who: Walk, to_summary: Walk
) -> None:
    change(fair, capacity=1)
    who(("Amal", "Haddad"), ("Lina", "Haddad"))
    page.submit(fields={"municipality": BRAMSCHE}, button="next")
    assert "At most 1 person can come together." in to_summary().text
    page.submit(fields={"consent": "y"}, button="go", status=422)
    assert households() == []


def test_windows_say_what_is_free_and_full_ones_can_be_chosen(
    page: PageClient, fair: Fair, who: Walk, to_summary: Walk
) -> None:
    morning = make_window(fair, label="Bramsche", capacity=3)
    make_household(fair, adults=2, children=0, window_id=morning.id)
    make_window(fair, label="Glandorf", ends_at=fair.starts_at + timedelta(hours=2), capacity=1)
    make_window(fair, label="Melle", ends_at=fair.starts_at + timedelta(hours=3))
    who(("Amal", "Haddad"), ("Lina", "Haddad"))
    shown = page.submit(fields={"municipality": BRAMSCHE}, button="next")
    assert "1 place free, you are 2: you would wait" in shown.text
    assert "At most 1 person can come together" in shown.text
    page.submit(button="next", status=422)
    page.post(
        f"{START}/when", {"csrf_token": shown.csrf_token, "window": str(morning.id + 99)}, 422
    )
    page.submit(fields={"window": str(morning.id)}, button="next")
    assert "Only 1 place is free, you are 2" in to_summary().text
    page.follow("Change Arrival")
    later = page.last.root.all("input", type="radio")[2].get("value")  # type: ignore[union-attr]
    assert page.submit(fields={"window": later}, button="next").url.endswith("/summary")
    page.submit(fields={"consent": "y"}, button="go")
    assert str(households()[-1].window_id) == later


def test_window_that_vanished_is_asked_again(
    page: PageClient, fair: Fair, who: Walk, to_summary: Walk
) -> None:
    window = make_window(fair)
    make_window(fair)
    who(("Amal", "Haddad"))
    page.submit(fields={"municipality": BRAMSCHE}, button="next")
    page.submit(fields={"window": str(window.id)}, button="next")
    to_summary()
    with transaction() as current:
        current.execute(sa.delete(ArrivalWindow).where(ArrivalWindow.id == window.id))
    assert page.get(f"{START}/summary").url.endswith("/when")


def test_what_people_look_for_and_need_is_stored_with_each(
    page: PageClient, fair: Fair, who: Walk
) -> None:
    who(("Amal", "Haddad"), ("Lina", "Haddad"))
    page.submit(fields={"municipality": BRAMSCHE}, button="next")
    sought = {"german_level": "B1", "licence": "B", "work": ["care", "it"], "speaks": ["ar", "fr"]}
    shown = page.submit(
        fields={f"adults-0-{name}": value for name, value in sought.items()}, button="next"
    )
    wheelchair = shown.root.all("input", name="wheelchair")
    interpreter = shown.root.all("input", name="interpreter")
    assert (len(wheelchair), len(interpreter)) == (2, 1)
    page.submit(
        fields={
            "wheelchair": [wheelchair[1].get("value")],
            "interpreter": [interpreter[0].get("value")],
            "interpreter_lang": "ar",
            "childcare": "y",
        },
        button="next",
    )
    shown = page.submit(fields=CONTACT, button="next")
    for words in ("Care and health", "Driving licence for cars (B)", "Wheelchair", "Childcare"):
        assert words in shown.text
    page.submit(fields={"consent": "y"}, button="go")
    (household,) = (get_whole_household(one.id) for one in households())
    amal, lina = household.people
    assert (amal.speaks, amal.german_level, amal.work) == (["ar", "fr"], "B1", ["care", "it"])
    assert [(need.kind, need.lang) for need in amal.needs] == [("interpreter", "ar")]
    assert {need.kind for need in lina.needs} == {"wheelchair", "childcare"}


def test_answers_of_a_removed_person_go_with_them(page: PageClient, fair: Fair, who: Walk) -> None:
    page.get(f"{START}?lang=en")
    page.submit(button="adult")
    names = {"people-0-given": "Amal", "people-1-given": "Omar"}
    page.submit(fields=names, button="next")
    page.submit(fields={"municipality": BRAMSCHE}, button="next")
    page.submit(fields={"adults-1-german_level": "C1"}, button="next")
    page.get(START)
    page.submit(button="remove")
    page.submit(button="adult")
    page.submit(fields={"people-1-given": "Samir"}, button="next")
    shown = page.get(f"{START}/work")
    assert "Samir" in shown.text
    assert "C1" not in [o.get("value") for o in shown.root.all("option", selected="")]


def test_summary_leads_to_each_step_and_back(
    page: PageClient, fair: Fair, who: Walk, to_summary: Walk
) -> None:
    who(("Amal", "Haddad"))
    page.submit(fields={"municipality": BRAMSCHE}, button="next")
    to_summary()
    for step in ("Who is coming", "Where from", "Work", "Help you need", "Contact"):
        page.follow(f"Change {step}")
        assert page.submit(button="next").url.endswith("/summary")
    assert page.submit(button="back").url.endswith("/contact")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"phase": Phase.RUNNING}, "The fair is running"),
        ({"phase": Phase.CANCELLED}, "This fair is cancelled"),
        ({"registration_opens_at": NOW + timedelta(days=1)}, "Registration is not open yet"),
        ({"phase": Phase.CLOSED, "starts_at": NOW}, "Registration is closed"),
        ({"phase": Phase.OVER}, "This fair is over"),
    ],
)
def test_closed_registration_says_why(
    page: PageClient, fair: Fair, values: dict[str, object], words: str
) -> None:
    change(fair, **values)
    assert words in page.get(f"{START}?lang=en").text
    assert words in page.get("/osnabrueck-2026?lang=en").text


@pytest.mark.parametrize("values", [{"phase": Phase.CLOSED}, {"registration_closes_at": NOW}])
def test_closed_while_typing_offers_the_waiting_list(
    page: PageClient,
    fair: Fair,
    who: Walk,
    to_summary: Walk,
    values: dict[str, object],
) -> None:
    who(("Amal", "Haddad"))
    page.submit(fields={"municipality": BRAMSCHE}, button="next")
    to_summary()
    change(fair, **values)
    shown = page.submit(fields={"consent": "y"}, button="go", status=422)
    assert "You can still join the waiting list." in shown.text
    assert households() == []
    page.submit(button="wait")
    (household,) = households()
    assert household.state is HouseholdState.WAITLISTED
    assert places_taken(fair) == 0


def test_closed_fair_takes_those_who_wait(page: PageClient, fair: Fair, register: Walk) -> None:
    change(fair, phase=Phase.CLOSED)
    page.get("/osnabrueck-2026?lang=en")
    assert page.follow("Join the waiting list").url.endswith("/register")
    register(("Amal", "Haddad"))
    assert [one.state for one in households()] == [HouseholdState.WAITLISTED]


def test_over_while_typing_writes_nothing(
    page: PageClient, fair: Fair, who: Walk, to_summary: Walk
) -> None:
    who(("Amal", "Haddad"))
    page.submit(fields={"municipality": BRAMSCHE}, button="next")
    to_summary()
    change(fair, phase=Phase.OVER)
    page.submit(fields={"consent": "y"}, button="go", status=409)
    assert households() == []


def test_draft_fair_is_hidden(page: PageClient, app: Flask) -> None:
    make_fair(slug="secret-2026", phase=Phase.DRAFT)
    page.get("/secret-2026", 404)
    page.get("/secret-2026/register", 404)


def test_forged_choices_are_refused(
    page: PageClient, fair: Fair, bramsche: Stop, who: Walk
) -> None:
    token = who(("Amal", "Haddad")).csrf_token
    page.post(f"{START}/place", {"csrf_token": token, "municipality": "99"}, 422)
    page.post(f"{START}/place", {"csrf_token": token, "municipality": BRAMSCHE})
    forged = {"csrf_token": token, "ways": "both", "stop": "9999", "back": "77"}
    page.post(f"{START}/bus", forged, 422)
    page.post(f"{START}/bus", forged | {"ways": "flying"}, 422)
    assert page.get(f"{START}/contact").url.endswith("/bus")


def test_stop_that_vanished_writes_nothing(
    page: PageClient, fair: Fair, bramsche: Stop, who: Walk, to_summary: Walk
) -> None:
    who(("Amal", "Haddad"))
    page.submit(fields={"municipality": BRAMSCHE}, button="next")
    page.submit(fields={"ways": "back", "stop": str(bramsche.id), "back": "1"}, button="next")
    to_summary()
    with transaction() as current:
        current.execute(sa.text("DELETE FROM call"))
    page.submit(fields={"consent": "y"}, button="go", status=422)
    assert households() == []
    assert places_taken(fair) == 0


def test_no_seats_means_places_and_waiting(
    page: PageClient, fair: Fair, bramsche: Stop, who: Walk, to_summary: Walk
) -> None:
    with transaction() as current:
        current.execute(sa.update(Departure).values(taken=7))
    who(("Amal", "Haddad"), ("Lina", "Haddad"))
    shown = page.submit(fields={"municipality": BRAMSCHE}, button="next")
    assert "1 place free, you are 2" in shown.text
    page.submit(fields={"ways": "both", "stop": str(bramsche.id), "back": "0"}, button="next")
    to_summary(lang="en")
    mine = page.submit(fields={"consent": "y"}, button="go")
    assert "There is no seat yet. You don't have to do anything." in mine.text
    assert session().scalars(sa.select(RideRequest.state)).one() is RequestState.WAITING
    assert places_taken(fair) == 2


def test_confirmation_mail_in_the_household_s_language(
    page: PageClient, fair: Fair, register: Walk
) -> None:
    mine = register(("Amal", "Haddad"), email="amal@example.org", lang="en")
    mail = session().scalars(sa.select(OutboxMail)).one()
    assert (mail.recipient, mail.lang) == ("amal@example.org", "en")
    assert mine.url.rpartition("/")[2] in mail.text


def test_without_consent_nothing_is_stored(page: PageClient, fair: Fair, register: Walk) -> None:
    register(("Amal", "Haddad"), status=422, consent=None)
    assert households() == []


def test_lost_token_loses_nothing(page: PageClient, fair: Fair) -> None:
    page.get(START)
    shown = page.submit(
        fields={"csrf_token": "false", "people-0-given": "Amal"}, button="next", status=422
    )
    assert value(shown, "people-0-given") == "Amal"
    page.submit(button="next")


def test_sixty_households_from_one_address(limited: Flask, fair: Fair) -> None:
    """A shelter is one address: sixty families in ten minutes all pass the limits."""
    change(fair, capacity=60)
    for browser in [PageClient(limited) for _ in range(60)]:
        token = browser.get(START).csrf_token
        person = {"people-0-kind": "adult", "people-0-given": "Amal"}
        for step, typed in (
            (START, person),
            (f"{START}/place", {"municipality": BRAMSCHE}),
            (f"{START}/work", {}),
            (f"{START}/needs", {"interpreter_lang": "ar"}),
            (f"{START}/contact", CONTACT),
            (f"{START}/summary", {"consent": "y"}),
        ):
            answer = browser.open(step, method="POST", data={"csrf_token": token, **typed})
            assert answer.status_code == 302
        assert "/my/" in answer.location
    assert places_taken(fair) == 60


def test_one_browser_that_hammers_is_stopped(limited: Flask, fair: Fair) -> None:
    browser = PageClient(limited)
    token = browser.get(START).csrf_token
    sent = {"csrf_token": token, "add": "child", "people-0-kind": "adult"}
    answers = {browser.open(START, method="POST", data=sent).status_code for _ in range(301)}
    assert 429 in answers


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.one_of(
        st.text(max_size=120),
        st.sampled_from(
            [
                "x" * 10_000,
                "<script>alert(1)</script>",
                "'; DROP TABLE attendee; --",
                "\u202eAmal\u202c",
                "👩‍👧‍👦",
                "A\u200bm\u200cal",
                "O’Neill-Müller",
                "Amal أمل",
                "李小龙",
            ]
        ),
    )
)
def test_any_name_is_taken_or_kindly_asked_for_again(
    page: PageClient, fair: Fair, name: str
) -> None:
    page.get(START)
    token = page.last.csrf_token if page.last else ""
    fields = {"csrf_token": token, "go": "next", "people-0-kind": "adult", "people-0-given": name}
    response = page.open(START, method="POST", data=fields)
    assert response.status_code in (302, 422)
