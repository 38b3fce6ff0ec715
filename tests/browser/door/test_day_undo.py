"""A supervisor takes back what another phone has scanned."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.door.desk import AMAL, LINA, Desk, fair_today, family_of
from tests.browser.door.duty import SHOWN
from tests.browser.stage import Stage
from tests.factories import make_station

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(live_server: LiveServer, browser_context: ContextMaker) -> Desk:
    fair = fair_today()
    for name in ("Nord", "Süd"):
        make_station(fair, name=name)
    return Desk(Stage(live_server, browser_context, fair.slug), fair)


def test_a_supervisor_takes_back_what_another_phone_scanned(desk: Desk) -> None:
    (amal,), (lina,) = family_of(desk.fair, AMAL), family_of(desk.fair, LINA)
    sami = desk.phone("Süd", name="Sami, gelb")
    nora = desk.phone("Nord", "supervisor", name="Nora, grün", ahead=timedelta())
    for badge in (amal, lina):
        sami.scan(badge)
        sami.says("admitted")
        sami.wait()
    sami.counts("waiting", 0)

    nora.scan(amal)
    nora.says("already_inside")
    nora.look()
    nora.act("last")
    dialog = nora.page.locator("#last-scan")
    expect(dialog.locator("[data-last-scan-where]")).to_contain_text("Süd, Sami, gelb")
    expect(dialog.locator("[data-last-scan-who]")).to_contain_text("Amal H.")
    nora.look()
    dialog.locator("[data-last-scan-undo]").click()
    expect(dialog).to_be_hidden(timeout=SHOWN)
    nora.wait()
    expect(nora.page.locator("[data-hint]")).to_have_text(nora.words["words"]["verdict"]["undone"])
    nora.counts("inside", 1)
    assert desk.came() == ["Lina"]
    nora.scan(amal)
    nora.says("admitted")
    nora.wait()
    nora.counts("waiting", 0)

    nora.search("Lina")
    nora.look()
    nora.page.locator("[data-hit-last]").click()
    expect(dialog.locator("[data-last-scan-where]")).to_contain_text("Süd, Sami, gelb")
    nora.page.keyboard.press("Escape")
    nora.leave_network()
    nora.search("Lina")
    nora.page.locator("[data-hit-last]").click()
    no_network = nora.words["words"]["dialog"]["no_network"]
    expect(dialog.locator("[data-fault]")).to_have_text(no_network, timeout=SHOWN)
    expect(dialog.locator("[data-last-scan-undo]")).to_be_hidden()
    nora.look()
    nora.page.keyboard.press("Escape")
    nora.return_to_network()

    sami.search("Lina")
    expect(sami.page.locator("[data-hit-last]")).to_be_hidden()


def test_what_was_scanned_again_meanwhile_is_looked_at_again(desk: Desk) -> None:
    (amal,) = family_of(desk.fair, AMAL)
    sami = desk.phone("Süd", name="Sami, gelb")
    nora = desk.phone("Nord", "supervisor", name="Nora, grün")
    sami.scan(amal)
    sami.says("admitted")
    sami.wait()
    sami.counts("waiting", 0)
    nora.search("Amal")
    nora.page.locator("[data-hit-last]").click()
    undo = nora.page.locator("[data-last-scan-undo]")
    expect(undo).to_be_visible(timeout=SHOWN)
    sami.page.click("[data-direction=out]")
    sami.scan(amal)
    sami.says("left")
    sami.counts("waiting", 0)
    undo.click()
    told = nora.words["words"]["dialog"]["scan_not_last"]
    expect(nora.page.locator("#last-scan [data-fault]")).to_have_text(told, timeout=SHOWN)
    nora.look()
    assert desk.came() == ["Amal"]
