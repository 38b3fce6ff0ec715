"""The bus on the household's pages: what is sure, offers, delays, changes, giving it back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from pypdfium2 import PdfDocument

from jobfair.attendees.models import Household
from jobfair.attendees.queries import get_whole_household
from jobfair.attendees.rules import NeedKind
from jobfair.booking.queries import token_of
from jobfair.booking.tidings import tell_reminder
from jobfair.core.clock import frozen
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import TextKey
from jobfair.mail.models import OutboxMail
from jobfair.places.models import Offer
from jobfair.places.rules import OfferKind, OfferState
from jobfair.shuttle.models import Departure, Stop
from jobfair.shuttle.queries import list_departures
from jobfair.shuttle.rules import Direction, RequestState
from tests.client import Page, PageClient
from tests.factories import (
    NOW,
    make_delay,
    make_departure,
    make_hold,
    make_household,
    make_need,
    make_offer,
    make_request,
    make_ride,
    make_stop,
    make_text,
)
from tests.web.booking.conftest import wish

HOUR = timedelta(hours=1)
Walk = Callable[..., Page]


def riding(fair: Fair, stop: Stop, *, people: int = 2, **given: Any) -> Household:
    """Make a household that rides both ways with the first buses."""
    household = make_household(fair, people, 0, lang="en")
    request = make_request(household, stop, people=people, state=RequestState.SEATED, **given)
    for way in Direction:
        make_ride(request, next(one for one in list_departures(fair.id) if one.direction is way))
    return household


def waiting(fair: Fair, stop: Stop, *, people: int = 2, **given: Any) -> Household:
    """Make a household that waits for seats both ways."""
    household = make_household(fair, people, 0, lang="en")
    make_request(household, stop, people=people, state=RequestState.WAITING, **given)
    return household


def offered(
    household: Household, departures: list[Departure], stop: Stop, kind: OfferKind
) -> Offer:
    """Make an offer that holds seats on these departures."""
    offer = make_offer(
        household,
        kind=kind,
        people=2,
        window_id=None,
        told_at=NOW,
        expires_at=NOW + timedelta(days=2),
    )
    for departure in departures:
        make_hold(offer, departure, stop)
    return offer


def mine(household: Household) -> str:
    return f"/my/{token_of(household)}"


def test_the_sheet_of_who_waits_names_no_day_that_is_over(page: PageClient, fair: Fair) -> None:
    household = waiting(fair, make_stop())
    assert "We will tell you by" in _sheet(page, household)
    with transaction() as current:
        current.execute(sa.update(Fair).values(shuttle_decided_by=NOW))
    sheet = _sheet(page, household)
    assert "We will tell you by" not in sheet
    assert "If seats become free before the bus leaves, we tell you." in sheet


def _sheet(page: PageClient, household: Household) -> str:
    """Return the words of the household's sheet on one line."""
    document = PdfDocument(page.open(f"{mine(household)}/badges.pdf").data)
    try:
        return " ".join(" ".join(one.get_textpage().get_text_range() for one in document).split())
    finally:
        document.close()


def test_who_waits_reads_why_and_where_it_stands(page: PageClient, fair: Fair) -> None:
    stop = make_stop()
    make_departure(fair, [stop], seats=2, taken=2)
    make_departure(fair, [stop], direction=Direction.BACK, fair_at=fair.ends_at)
    waiting(fair, stop, requested_at=NOW - HOUR)
    second = waiting(fair, stop, only_by_bus=True)
    shown = page.get(mine(second))
    assert "You are number 2 on the list for the bus. The bus is full." in shown.text
    assert "You can only come with the bus" in shown.text


@pytest.mark.parametrize(("unanswered", "words"), [(1, "giving out the seats"), (2, "call us.")])
def test_who_waits_beside_free_seats_reads_what_comes_next(
    page: PageClient, fair: Fair, bramsche: Stop, unanswered: int, words: str
) -> None:
    household = waiting(fair, bramsche)
    with transaction() as current:
        current.execute(sa.update(Household).values(take_at_once=False))
    for _ in range(unanswered):
        make_offer(household, kind=OfferKind.SEATS, state=OfferState.EXPIRED)
    shown = page.get(mine(household)).text
    assert "There are free seats on the bus." in shown
    assert words in shown[shown.index("Waiting for the bus") : shown.index("You wait for 2 seats")]
    assert "There is no seat yet." not in shown


def test_who_waits_is_promised_nothing_of_a_bus_that_has_gone(
    page: PageClient, fair: Fair, bramsche: Stop
) -> None:
    household = waiting(fair, bramsche)
    with transaction() as current:
        current.execute(sa.update(Fair).values(shuttle_decided_by=NOW))
        current.execute(sa.update(Departure).values(seats=0))
    promise = "If seats become free before the bus leaves, we tell you."
    assert promise in page.get(mine(household)).text
    with frozen(fair.starts_at + HOUR):
        shown = page.get(mine(household)).text
    assert "No bus goes from your stop at your time." in shown
    assert promise not in shown


def test_who_lost_a_sure_bus_comes_first_and_reads_so(page: PageClient, fair: Fair) -> None:
    stop = make_stop()
    make_departure(fair, [stop], seats=2, taken=2)
    household = waiting(fair, stop, displaced_at=NOW)
    assert "Your bus was taken out of the timetable." in page.get(mine(household)).text


def test_a_delay_is_shown_at_the_stops_that_it_concerns(
    page: PageClient, fair: Fair, bramsche: Stop
) -> None:
    household = riding(fair, bramsche)
    assert "late" not in page.get(mine(household)).text
    out = next(one for one in list_departures(fair.id) if one.direction is Direction.OUT)
    make_delay(out, minutes=10, position=0)
    shown = page.get(mine(household)).text
    assert shown.count("10 minutes late.") == 2, "at the stop and at the fair"
    early = "Your bus is 10 minutes late"
    assert shown.index(early) < shown.index("You are registered")
    with frozen(out.fair_at):
        assert early not in page.get(mine(household)).text


def test_nothing_is_sure_any_more_when_the_fair_is_over(
    page: PageClient, fair: Fair, bramsche: Stop
) -> None:
    household = riding(fair, bramsche)
    assert "Fair and bus are safe." in page.get(mine(household)).text
    with frozen(fair.ends_at):
        shown = page.get(mine(household)).text
    assert "This fair is over" in shown
    assert "Fair and bus are safe." not in shown


def test_what_to_do_when_the_bus_is_missed(page: PageClient, fair: Fair, bramsche: Stop) -> None:
    household = riding(fair, bramsche)
    assert "You can also come on your own" in page.get(mine(household)).text
    make_text(fair, key=TextKey.MISSED_BUS, lang="de", body="Rufen Sie das Taxi.")
    assert "Rufen Sie das Taxi." in page.get(mine(household)).text


@pytest.mark.parametrize(
    ("button", "state", "words"),
    [(0, RequestState.SEATED, "are yours"), (1, RequestState.CANCELLED, "without the bus")],
)
def test_offered_seats_are_taken_or_refused(
    page: PageClient, fair: Fair, bramsche: Stop, button: int, state: RequestState, words: str
) -> None:
    household = waiting(fair, bramsche)
    buses = list_departures(fair.id)
    offered(household, [buses[0], buses[1]], bramsche, OfferKind.SEATS)
    shown = page.get(mine(household))
    assert "There are 2 seats for you on the bus" in shown.text
    next_steps = [one for one in shown.root.walk() if "jf-btn--next" in one.get("class")]
    assert len(next_steps) == 1, "one yellow thing on a page"
    assert "on the list for the bus" not in shown.text
    answers = [one for one in shown.forms if "/offer/" in (one.get("action") or "")]
    shown = page.submit(shown.forms.index(answers[button]))
    assert words in shown.text
    assert wish().state is state
    assert session().scalar(sa.select(Offer.state)) is not OfferState.OPEN


@pytest.mark.parametrize(("button", "line"), [(0, 7), (1, 4)])
def test_a_proposed_move_is_accepted_or_refused(
    page: PageClient, fair: Fair, bramsche: Stop, button: int, line: int
) -> None:
    household = riding(fair, bramsche)
    other = make_departure(fair, [bramsche], line=7)
    offered(household, [other], bramsche, OfferKind.MOVE)
    shown = page.get(mine(household))
    assert "Would you take another bus?" in shown.text
    assert shown.text.count("Home: line") == 2, "beside both, the one that would stay"
    answers = [one for one in shown.forms if "/offer/" in (one.get("action") or "")]
    shown = page.submit(shown.forms.index(answers[button]))
    assert f"Line {line}," in shown.text
    assert "Would you take another bus?" not in shown.text
    assert wish().state is RequestState.SEATED


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_an_offer_that_was_seen_is_the_one_that_is_answered(
    page: PageClient, fair: Fair, bramsche: Stop, answer: str
) -> None:
    household = waiting(fair, bramsche)
    offer = offered(household, [], bramsche, OfferKind.SEATS)
    token = page.get(mine(household)).csrf_token
    with transaction() as current:
        current.execute(sa.update(Offer).values(state=OfferState.EXPIRED))
    said = {"csrf_token": token, "offer": str(offer.id)}
    shown = page.post(f"{mine(household)}/offer/{answer}", said)
    assert "This offer is no longer open." in shown.text
    assert wish().state is RequestState.WAITING


def test_two_taps_take_the_seats_once(page: PageClient, fair: Fair, bramsche: Stop) -> None:
    household = waiting(fair, bramsche)
    offer = offered(household, list_departures(fair.id)[:2], bramsche, OfferKind.SEATS)
    said = {"csrf_token": page.get(mine(household)).csrf_token, "offer": str(offer.id)}
    first, again = (page.post(f"{mine(household)}/offer/accept", said) for _ in range(2))
    assert "The seats on the bus are yours." in first.text
    assert "no longer open" not in again.text


def test_one_button_gives_the_seats_back(page: PageClient, fair: Fair, bramsche: Stop) -> None:
    household = riding(fair, bramsche)
    page.get(mine(household))
    page.follow("We come, but we do not need the bus")
    shown = page.submit()
    assert "Your places at the fair stay yours." in shown.text
    assert wish().state is RequestState.CANCELLED
    assert {one.taken for one in list_departures(fair.id)} == {0}
    mail = session().scalars(sa.select(OutboxMail)).one()
    assert "You do not ride with the bus any more." in mail.text
    assert page.get(f"{mine(household)}/bus/cancel").url.endswith(mine(household)), "once only"


def test_seats_stay_until_the_new_ones_are_sure(
    page: PageClient, fair: Fair, bramsche: Stop
) -> None:
    full = make_stop(name="Engter, Kirche")
    make_departure(fair, [full], line=5, seats=1, taken=1)
    household = riding(fair, bramsche)
    page.get(f"{mine(household)}/change/bus")
    shown = page.submit(fields={"stop": str(full.id), "ways": "out"}, status=422)
    assert "You keep your present seats until other seats are sure." in shown.text
    assert wish().stop_id == bramsche.id


def test_a_change_counts_the_own_seats_as_free(
    page: PageClient, fair: Fair, bramsche: Stop
) -> None:
    household = riding(fair, bramsche)
    with transaction() as current:
        current.execute(sa.update(Departure).values(seats=2))
    shown = page.get(f"{mine(household)}/change/bus")
    assert "2 places free" in shown.text
    assert "you would wait" not in shown.text


def test_a_change_asks_for_all_and_shows_the_present_answers(
    page: PageClient, fair: Fair, bramsche: Stop
) -> None:
    household = riding(fair, bramsche, prams=1, flexibility=20)
    make_need(get_whole_household(household.id).people[0], kind=NeedKind.WHEELCHAIR)
    with transaction() as current:
        current.execute(sa.update(Departure).values(wheelchairs=1))
    page.get(f"{mine(household)}/change/bus")
    page.submit(fields={"prams": "2"})
    made = wish()
    assert (made.prams, made.flexibility, made.wheelchairs) == (2, 20, 1)


@pytest.mark.parametrize(
    ("places", "words"), [(1, "Your change is stored."), (0, "Please call us")]
)
def test_a_wheelchair_that_is_said_later_gets_its_place_or_a_call(
    page: PageClient, fair: Fair, bramsche: Stop, places: int, words: str
) -> None:
    with transaction() as current:
        current.execute(sa.update(Departure).values(wheelchairs=places))
    household = riding(fair, bramsche)
    shown = page.get(f"{mine(household)}/change/needs")
    key = shown.root.all("input", name="wheelchair")[0].get("value")
    assert words in page.submit(fields={"wheelchair": [key]}).text
    made = wish()
    assert (made.state, made.wheelchairs) == (RequestState.SEATED, places)
    taken = [(one.taken, one.wheelchairs_taken) for one in list_departures(fair.id)[:2]]
    assert taken == [(2 - places, places)] * 2


@pytest.mark.parametrize(
    ("seats", "said_of_bus", "kept"), [(2, 1, 0), (1, 1, 1), (2, 2, 1)], ids=str
)
def test_a_wheelchair_that_is_needed_no_more_frees_its_place_for_a_seat(
    page: PageClient, fair: Fair, bramsche: Stop, seats: int, said_of_bus: int, kept: int
) -> None:
    with transaction() as current:
        current.execute(sa.update(Departure).values(wheelchairs=2, seats=seats))
    household = riding(fair, bramsche, wheelchairs=said_of_bus)
    make_need(get_whole_household(household.id).people[0], kind=NeedKind.WHEELCHAIR)
    page.get(f"{mine(household)}/change/needs")
    shown = page.submit(fields={"wheelchair": None})
    assert "Your change is stored." in shown.text
    assert "Please call us" not in shown.text
    assert (wish().state, wish().wheelchairs) == (RequestState.SEATED, kept)
    taken = [(one.taken, one.wheelchairs_taken) for one in list_departures(fair.id)[:2]]
    assert taken == [(2 - kept, kept)] * 2


def test_the_reminder_says_where_and_how_to_give_the_seats_back(fair: Fair, bramsche: Stop) -> None:
    household = riding(fair, bramsche)
    with transaction():
        tell_reminder(household.id, "reminder_day", NOW)
    mail = session().scalars(sa.select(OutboxMail)).one()
    assert "Bramsche, Bahnhof, Bussteig C" in mail.text
    for text in (mail.text, mail.html):
        assert f"{mine(household)}/bus/cancel" in text
        assert "You have missed the bus?" in text
