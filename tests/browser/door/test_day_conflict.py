"""Two phones that could not know of each other, and clocks that are wrong."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.door.desk import AMAL, LINA, Desk, fair_today, family_of
from tests.browser.door.duty import assert_fits
from tests.browser.stage import Stage
from tests.factories import make_station

pytestmark = pytest.mark.browser

NINE_MINUTES = timedelta(minutes=9)


@pytest.fixture
def desk(live_server: LiveServer, browser_context: ContextMaker) -> Desk:
    fair = fair_today()
    for name in ("Nord", "Süd"):
        make_station(fair, name=name)
    return Desk(Stage(live_server, browser_context, fair.slug), fair)


def test_conflicts_of_phones_whose_clocks_differ_are_settled_with_a_reason(desk: Desk) -> None:
    (amal,), (lina,) = family_of(desk.fair, AMAL), family_of(desk.fair, LINA)
    north = desk.phone("Nord", "supervisor", name="Nora, grün", ahead=NINE_MINUTES)
    south = desk.phone("Süd", name="Sami, gelb", ahead=timedelta())
    for phone in (north, south):
        phone.leave_network()
    before = datetime.now(UTC)
    for phone in (north, south):
        for badge in (amal, lina):
            phone.scan(badge)
            phone.says("admitted")
            phone.wait()
        phone.page.wait_for_timeout(2_000)  # closer than that, clocks can't tell who was first
    after = datetime.now(UTC)
    south.return_to_network()
    north.return_to_network()
    assert desk.device(north.name).offset_ms == pytest.approx(-540_000, abs=5_000)

    desk.visitor.hurried = False
    desk.open("/conflicts")
    assert_fits(desk.page)
    conflicts = desk.page.locator(".jf-conflicts > li")
    expect(conflicts).to_have_count(2)
    at_desk = conflicts.filter(has_text="Amal Haddad")
    first, second = at_desk.locator("dd").all_inner_texts()
    assert first.endswith("Nord, Nora, grün")
    assert second.endswith("Süd, Sami, gelb")
    zone = ZoneInfo(desk.fair.time_zone)
    assert any(f"{at.astimezone(zone):%H:%M}" in first for at in (before, after))
    desk.visitor.press(at_desk.locator("button"))
    expect(desk.page.locator(".jf-summary")).to_be_visible()
    at_desk.locator("[name=reason]").fill("Zwei Telefone, eine Person")
    desk.visitor.press(at_desk.locator("button"))
    expect(conflicts).to_have_count(1)

    north.open_menu("data-opens=conflicts")
    listed = north.page.locator("[data-conflicts] > li")
    expect(listed).to_have_count(1)
    expect(listed).to_contain_text("Lina H.")
    times = listed.locator("[data-times] li")
    expect(times).to_contain_text(["Nord, Nora, grün", "Süd, Sami, gelb"])
    north.look()
    listed.locator("button").click()
    expect(listed.locator("input")).to_be_focused()
    listed.locator("input").fill("Beide sind drin")
    listed.locator("button").click()
    expect(listed).to_have_count(0)
    north.look()

    desk.open("/conflicts")
    expect(conflicts).to_have_count(0)
    settled = desk.page.locator("section[aria-labelledby=resolved]")
    for reason in ("Zwei Telefone, eine Person", "Beide sind drin"):
        expect(settled).to_contain_text(reason)
    north.page.click("#conflicts [data-closes]")
    for phone in (north, south):
        phone.page.evaluate("dispatchEvent(new Event('focus'))")
        phone.counts("inside", 2)
