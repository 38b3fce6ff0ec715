"""A day of the attendant: on board by tick and badge without network, late, and home again."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import Locator, expect

from jobfair.core.db import session
from jobfair.shuttle.models import BusAnswer, Delay
from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.door.bus_line import Line
from tests.browser.door.desk import AMAL, LINA, YUSUF, Desk, fair_today, family_of
from tests.browser.door.duty import Phone
from tests.browser.stage import Stage
from tests.factories import make_station

pytestmark = pytest.mark.browser

OLENA, PETRO = ("Olena", "Олена"), ("Petro", "Петро")


@pytest.fixture
def desk(live_server: LiveServer, browser_context: ContextMaker) -> Desk:
    fair = fair_today()
    make_station(fair, name="Nord")
    return Desk(Stage(live_server, browser_context, fair.slug), fair)


def row(phone: Phone, name: str) -> Locator:
    """Return somebody's row on the list."""
    return phone.page.locator("[data-halts] .jf-rider", has_text=name)


def ticked(phone: Phone, name: str, *, yes: bool = True) -> None:
    """Wait until the list says that somebody is on board, or isn't."""
    expect(row(phone, name)).to_have_attribute("aria-pressed", str(yes).lower())


def told(phone: Phone, name: str, **values: int) -> str:
    """Return how the page words it."""
    words: str = phone.words["words"]["bus"][name]
    return words % values


def look_both_ways(phone: Phone) -> None:
    """Assert that what is in sight fits, held upright and sideways."""
    upright = phone.page.viewport_size
    assert upright is not None
    phone.look()
    phone.page.set_viewport_size({"width": 740, "height": 360})
    phone.look()
    phone.page.set_viewport_size(upright)


def delays(desk: Desk) -> list[tuple[int, int]]:
    """Return the delays that the server knows: minutes, and from which call on."""
    session().rollback()
    query = sa.select(Delay.minutes, Delay.position).where(Delay.fair_id == desk.fair.id)
    return [(minutes, position) for minutes, position in session().execute(query)]


def test_people_get_on_without_network(desk: Desk) -> None:
    line = Line(desk, 4, arrives=30, leaves=200)
    _amal, yusuf = line.ride(AMAL, YUSUF)
    (lina,) = family_of(desk.fair, LINA)
    phone = line.phone(line.out)
    halts = phone.page.locator("[data-halts] > li")
    expect(halts.locator("h2")).to_have_text(
        [*(stop.name for stop in line.stops), told(phone, "fair")]
    )
    expect(row(phone, "Amal")).to_contain_text("أمل حداد")
    look_both_ways(phone)

    phone.leave_network()
    row(phone, "Amal").dblclick()
    ticked(phone, "Amal")
    expect(halts.first).to_contain_text(told(phone, "of", count=1, most=2))
    look_both_ways(phone)
    phone.page.click("[data-view=scan]")
    phone.look()
    phone.scan(yusuf)
    phone.says("boarded")
    phone.wait()
    phone.scan(lina)
    phone.says("wrong_departure")
    look_both_ways(phone)
    phone.act("spot")
    phone.says("boarded")
    phone.wait()
    phone.page.click("[data-view=list]")
    phone.counts("inside", 3)
    expect(halts.last).to_contain_text(told(phone, "of", count=1, most=1))

    row(phone, "Yusuf").click()
    phone.look()
    phone.page.click("[data-rider-undo]")
    ticked(phone, "Yusuf", yes=False)
    phone.return_to_network()
    assert [passed for _, passed in desk.scans()] == [True, True, False, True]
    expect(halts.last).to_contain_text("Lina Haddad")
    ticked(phone, "Amal")
    look_both_ways(phone)


def test_a_long_list_leaves_the_top_of_the_page_in_sight(desk: Desk) -> None:
    line = Line(desk, 4, arrives=30, leaves=200, seats=40)
    for number in range(5):
        line.ride(*((f"Rider{number}{letter}", "") for letter in "abcd"))
    phone = line.phone(line.out)
    expect(phone.page.locator("[data-halts] .jf-rider")).to_have_count(20)
    expect(phone.page.locator("[data-menu]")).to_be_in_viewport()
    assert phone.page.evaluate("scrollY") == 0
    look_both_ways(phone)


def test_two_phones_on_a_bus_may_tick_the_same_person(desk: Desk) -> None:
    line = Line(desk, 4, arrives=30, leaves=200)
    line.ride(AMAL)
    one, two = line.phone(line.out), line.phone(line.out)
    for phone in (one, two):
        row(phone, "Amal").click()
        ticked(phone, "Amal")
        phone.counts("waiting", 0)
    assert [outcome for outcome, _ in desk.scans()] == ["boarded", "already_boarded"]
    expect(two.page.locator("[data-answer]")).to_be_hidden()
    two.counts("inside", 1)


def test_a_delay_is_one_tap_and_taken_back_by_another(desk: Desk) -> None:
    line = Line(desk, 4, arrives=30, leaves=200)
    line.ride(AMAL)
    phone = line.phone(line.out)
    first = phone.page.locator("[data-halts] > li").first.locator("s")
    phone.leave_network()
    phone.page.click("[data-late='10']")
    expect(first).to_be_visible()
    look_both_ways(phone)
    phone.page.click("[data-delay-undo]")
    expect(first).to_be_hidden()
    phone.page.click("[data-late='5']")
    expect(first).to_be_visible()
    phone.return_to_network()
    assert sum(minutes for minutes, _ in delays(desk)) == 5
    expect(first).to_be_visible()
    expect(phone.page.locator("[data-delay]")).to_be_hidden(timeout=15_000)


def test_all_get_off_and_the_phone_changes_over(desk: Desk) -> None:
    line = Line(desk, 4, arrives=-1, leaves=200)
    line.ride(AMAL, YUSUF)
    phone = line.phone(line.out)
    for name in ("Amal", "Yusuf"):
        row(phone, name).click()
        ticked(phone, name)
    phone.page.click("[data-opens=all-off]")
    phone.look()
    phone.page.click("#all-off [type=submit]")
    ticked(phone, "Amal", yes=False)
    phone.counts("waiting", 0)
    assert [outcome for outcome, _ in desk.scans()] == ["boarded"] * 2 + ["alighted"] * 2
    look_both_ways(phone)
    phone.page.click("[data-follow]")
    expect(phone.page.locator("[data-halts] h2").first).to_have_text(told(phone, "fair"))
    phone.page.click("[data-trip]")
    expect(phone.page.locator("[data-trips] [aria-current]")).to_have_count(1)
    phone.look()


def test_nobody_is_left_behind(desk: Desk) -> None:
    line = Line(desk, 4, arrives=-90, leaves=12)
    amal, _yusuf = line.ride(AMAL, YUSUF)
    line.ride(OLENA)
    line.see("Amal", "Yusuf")
    phone = line.phone(line.home)
    leaving = phone.page.locator("[data-leaving]")
    expect(leaving).to_contain_text("2")
    expect(row(phone, "Olena")).to_contain_text(told(phone, "unseen"))
    look_both_ways(phone)
    phone.scan(amal)
    phone.says("boarded")
    phone.wait()

    phone.leave_network()
    phone.page.click("[data-view=scan]")
    phone.look()
    leaving.locator("button").click()
    closing = phone.page.locator("#closing")
    expect(closing.locator("fieldset")).to_have_count(1)
    closing.locator("[type=submit]").click()
    expect(closing.locator("[data-fault]")).to_be_visible()
    look_both_ways(phone)
    closing.locator("[value=later_bus] + span").click()
    closing.locator("[type=submit]").click()
    expect(closing).to_be_hidden()
    expect(leaving).to_be_hidden()
    phone.page.click("[data-view=list]")
    expect(phone.page.locator("[data-closed]")).to_be_visible()
    look_both_ways(phone)

    phone.page.click("[data-busacts] [data-way=back]")
    expect(closing.locator("[value=later_bus]")).to_be_checked()
    closing.locator("[value=not_found] + span").click()
    closing.locator("[type=submit]").click()
    phone.return_to_network()
    session().rollback()
    query = sa.select(BusAnswer.answer).where(BusAnswer.departure_id == line.home.id)
    assert session().scalars(query).all()[-1].value == "not_found"
    session().refresh(line.home)
    assert line.home.closed_at is not None


def test_a_bus_with_everybody_on_board_has_nothing_to_ask(desk: Desk) -> None:
    line = Line(desk, 4, arrives=-90, leaves=12)
    line.ride(AMAL)
    line.see("Amal")
    phone = line.phone(line.home)
    row(phone, "Amal").click()
    ticked(phone, "Amal")
    phone.page.click("[data-busacts] [data-way=back]")
    closing = phone.page.locator("#closing")
    expect(closing.locator("[data-closing-none]")).to_be_visible()
    expect(closing.locator("fieldset")).to_have_count(0)
    phone.look()
    closing.locator("[type=submit]").click()
    expect(phone.page.locator("[data-closed]")).to_be_visible()


def test_the_door_sees_which_buses_come(desk: Desk) -> None:
    line = Line(desk, 4, arrives=8, leaves=200)
    line.ride(AMAL, YUSUF)
    Line(desk, 5, arrives=18, leaves=200).ride(OLENA)
    phone = desk.phone("Nord")
    expect(phone.page.locator("[data-coming] li")).to_have_count(2)
    expect(phone.page.locator("[data-coming]")).to_contain_text("2")
    alone = phone.words["words"]["bus"]["coming_one"].split(":")[1].split(",")[0]
    expect(phone.page.locator("[data-coming] li").last).to_contain_text(alone)
    expect(phone.page.locator("[data-trip]")).to_be_hidden()
    expect(phone.page.locator("[data-list]")).to_be_hidden()
    look_both_ways(phone)


def test_whoever_locks_a_bus_phone_leaves_no_names_on_the_page(
    desk: Desk, accessible: Callable[..., None]
) -> None:
    line = Line(desk, 4, arrives=30, leaves=200)
    line.ride(AMAL)
    phone = line.phone(line.out)
    expect(row(phone, "Amal")).to_be_visible()
    phone.open_menu("data-lock")
    expect(phone.page.locator("[data-screen=locked]")).to_be_visible()
    assert "أمل حداد" not in phone.page.content()
    accessible(phone.page)
