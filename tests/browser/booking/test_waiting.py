"""A full fair: households change, cancel, wait, and one takes its offer in two browsers at once."""

import re

import pytest

from jobfair.core.db import session
from jobfair.fairs.models import Fair
from tests.browser.booking.setting import fair_to_come, organiser_of, register
from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.papers import words_in
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
PLACES = 3
SOON = 300
YES, PHONE = "form[action$='/offer/accept'] button", "0541 501 0"
CLICK = """([button, at]) => {
    const click = () => document.querySelector(button).click();
    setTimeout(click, at - Date.now());
}"""


def test_who_waits_takes_what_others_leave(
    live_server: LiveServer, worker: None, browser_context: ContextMaker
) -> None:
    fair = fair_to_come("wallenhorst", capacity=PLACES)
    stage = Stage(live_server, browser_context, fair.slug)
    pair, single, asked, ready = (stage.visitor() for _ in range(4))
    register(stage, pair, "Anna", "Bert", email="anna@example.org")
    register(stage, single, "Carla", email="carla@example.org")
    own = register(stage, asked, "Dario", email="dario@example.org", at_once=False)
    register(stage, ready, "Emil", email="emil@example.org")
    for place, waiting in enumerate((asked, ready), 1):
        waiting.look()
        words = waiting.page.locator(".jf-banner--wait").inner_text()
        assert re.findall(r"\d+", words) == [str(place)]
    somebody_changes_and_one_does_not_come(stage, pair)
    an_offer_is_accepted_in_two_browsers(stage, asked, own)
    assert taken(fair) == PLACES
    the_desk_sees_who_waits(stage)
    everybody_cancels(single)
    the_next_gets_the_place(stage, ready)
    assert taken(fair) == PLACES


def somebody_changes_and_one_does_not_come(stage: Stage, pair: Visitor) -> None:
    """Have Anna leave a number, and Bert not come: his code is gone, hers stays."""
    page = pair.page
    codes = page.locator(".jf-code").all_text_contents()
    pair.press(page.locator("a[href$='/change/contact']"))
    pair.send(phone=PHONE)
    assert PHONE in pair.text()
    pair.press(page.locator("a[href$='/cancel/2']"))
    pair.press(page.locator("main form button"))
    assert page.locator(".jf-code").all_text_contents() == codes[:1]
    assert page.url in words_in(stage.mail("anna@example.org", "changed")).split()


def an_offer_is_accepted_in_two_browsers(stage: Stage, asked: Visitor, own: str) -> None:
    """Have Dario say yes on two devices in the same instant: both show that he has one place."""
    assert stage.mailed_link("dario@example.org", "offer") == own
    second = stage.visitor()
    asked.open(own)
    second.open(own)
    instant = asked.page.evaluate("Date.now()") + SOON
    with asked.page.expect_navigation(), second.page.expect_navigation():
        for visitor in (asked, second):
            visitor.page.evaluate(CLICK, [YES, instant])
    codes = set()
    for visitor in (asked, second):
        visitor.look()
        assert visitor.page.locator(".jf-banner--wait").count() == 0
        codes.update(visitor.page.locator(".jf-code").all_text_contents())
    assert len(codes) == 1


def the_desk_sees_who_waits(stage: Stage) -> None:
    """Have the organiser find Emil alone on the list, now the first of it."""
    organiser = organiser_of(stage)
    organiser.open(stage.url("/desk/FAIR/waiting"))
    (row,) = organiser.page.locator("tbody tr").all_inner_texts()
    assert row.startswith("1")
    assert "Emil" in row


def everybody_cancels(single: Visitor) -> None:
    """Have Carla cancel for everybody, who is nobody but her."""
    own = single.page.url
    single.press(single.page.locator("a[href$='/cancel']"))
    single.press(single.page.locator("main form button"))
    assert single.page.url == own
    assert single.page.locator(".jf-code").count() == 0


def the_next_gets_the_place(stage: Stage, ready: Visitor) -> None:
    """Have Emil, who takes places at once, hold Carla's and read so in a mail."""
    own = ready.page.url
    assert stage.mailed_link("emil@example.org", "places_found") == own
    ready.open(own)
    assert ready.page.locator(".jf-code").count() == 1


def taken(fair: Fair) -> int:
    """Return how many places are taken by now."""
    session().refresh(fair)
    return fair.places_taken
