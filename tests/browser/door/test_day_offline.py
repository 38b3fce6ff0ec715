"""Without network the door goes on: scans, names in any script, new people, later sent and seen."""

import re

import pytest
from playwright.sync_api import expect

from jobfair.core.codes import group_code
from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.door.desk import AMAL, LINA, YUSUF, Desk, fair_today, family_of
from tests.browser.door.duty import SHOWN, assert_fits
from tests.browser.stage import Stage
from tests.factories import make_station

pytestmark = pytest.mark.browser
REPEAT = 10_500  # milliseconds; until then it is the same scan


@pytest.fixture
def desk(live_server: LiveServer, browser_context: ContextMaker) -> Desk:
    fair = fair_today()
    make_station(fair, name="Haupteingang")
    return Desk(Stage(live_server, browser_context, fair.slug), fair)


def key_figures(desk: Desk) -> list[str]:
    return desk.page.locator(".jf-key strong").all_inner_texts()


def test_what_was_scanned_without_network_outlives_the_page_and_reaches_the_desk(
    desk: Desk,
) -> None:
    amal, yusuf = family_of(desk.fair, AMAL, YUSUF)
    (lina,) = family_of(desk.fair, LINA)
    phone = desk.phone("Haupteingang")
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    desk.open()
    assert key_figures(desk)[:2] == ["0", "0"]

    phone.leave_network()
    phone.look()
    phone.scan(amal)
    phone.says("admitted")
    phone.look()
    phone.wait()
    phone.type(lina)
    phone.says("admitted")
    phone.wait()
    phone.counts("waiting", 2)

    phone.page.reload()
    expect(phone.screen("locked")).to_be_visible()
    expect(phone.page.locator("[data-waiting]")).to_contain_text("2")
    phone.look()
    phone.unlock(desk.shift_code.lower())
    phone.counts("waiting", 2)
    phone.page.wait_for_timeout(REPEAT)
    phone.scan(amal)
    phone.says("already_inside")
    phone.look()
    phone.act("next")
    phone.scan(yusuf)
    phone.says("admitted")
    phone.wait()
    phone.counts("waiting", 4)
    assert desk.scans() == []

    phone.return_to_network()
    assert [passed for _outcome, passed in desk.scans()] == [True, True, False, True]
    came = desk.page.locator(".jf-key strong").first
    expect(came).to_have_text("3", timeout=SHOWN)
    assert key_figures(desk) == ["3", "3", "3", "0", "0"]
    expect(desk.page.get_by_role("row", name=re.compile("Haupteingang 3 0"))).to_be_visible()
    assert_fits(desk.page)
    assert desk.page.url == desk.stage.url("/desk/FAIR/door")


def test_people_are_found_by_name_in_any_script(desk: Desk) -> None:
    family_of(desk.fair, AMAL, YUSUF)
    phone = desk.phone("Haupteingang")
    phone.leave_network()
    for spelling in ("Yousef", "Юсуф", "يوسف"):
        expect(phone.search(spelling)).to_have_count(1)
        expect(phone.page.locator("[data-hits]")).to_contain_text("Yusuf H.")
        expect(phone.page.locator("[data-hits] [data-own-script]")).to_contain_text("يوسف")
        phone.look()
        phone.page.click("#search [data-closes]")
    phone.search("يوسف").click()
    phone.says("admitted")
    phone.wait()
    phone.return_to_network()
    assert desk.scans() == [("admitted", True)]


def test_a_walk_in_is_registered_without_network_and_listed_at_the_desk(desk: Desk) -> None:
    phone = desk.phone("Haupteingang", "supervisor")
    other = desk.phone("Haupteingang", name="Emil, rot")
    phone.leave_network()
    phone.page.click("[data-opens=walk-in]")
    phone.look()
    phone.page.click("#walk-in [type=submit]")
    expect(phone.page.locator("[data-people] [data-part=given]")).to_be_focused()
    for part, text in (("given", "Olena"), ("family", "Kovalenko"), ("own-given", "Олена")):
        phone.page.fill(f"[data-people] [data-part={part}]", text)
    phone.page.select_option("#walk-in-lang", "uk")
    phone.page.select_option("#walk-in-municipality", "03459014")
    phone.look()
    phone.page.click("#walk-in [type=submit]")
    phone.says("admitted")
    phone.look()
    phone.wait()
    phone.counts("waiting", 2)

    phone.return_to_network()
    phone.counts("inside", 1)
    desk.visitor.open(desk.stage.url("/desk/FAIR/people"))
    desk.visitor.press(desk.page.get_by_role("link", name="Kovalenko"))
    expect(desk.page.locator("main")).to_contain_text(group_code(desk.code_of("Olena")))
    assert desk.scans() == [("admitted", True)]

    other.scan(desk.code_of("Olena"))
    other.says("already_inside")
    expect(other.page.locator("[data-who]")).to_have_text("Olena K.")
