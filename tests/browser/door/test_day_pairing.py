"""Before the doors open: phones are paired at the desk and tried, the scanner is installed."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.door.desk import AMAL, Desk, fair_today, family_of, shot
from tests.browser.door.duty import Phone, assert_fits
from tests.browser.film import Lens
from tests.browser.stage import Stage
from tests.factories import make_station

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(live_server: LiveServer, browser_context: ContextMaker) -> Desk:
    fair = fair_today()
    family_of(fair, AMAL)
    return Desk(Stage(live_server, browser_context, fair.slug), fair, hurried=False)


def test_a_phone_is_paired_by_its_camera_and_tried_in_airplane_mode(
    desk: Desk, tmp_path: Path
) -> None:
    desk.open("/stations").send(name="Haupteingang")
    shift_code = desk.begin_shift()
    pairing_code, same = desk.invite("Haupteingang")
    assert same == shift_code
    assert_fits(desk.page)

    lens = Lens(tmp_path / "lens.y4m")
    phone = Phone.new(desk.stage, lens=lens).open()
    page = phone.page
    phone.look()
    page.click("[data-pair-scan]")
    expect(page.locator("[data-pair-video]")).to_be_visible()
    lens.show(shot(desk.page.locator(".jf-qr svg")))
    expect(page.locator("#pair-code")).to_have_value(pairing_code.replace(" ", ""))
    lens.show(None)
    phone.pair(pairing_code, shift_code)
    expect(page.locator("#checks")).to_be_visible()
    expect(phone.check("clock")).to_have_attribute("data-state", "ok")
    phone.look()
    expect(desk.page.locator("[data-live] .jf-state--ok")).to_be_visible()

    desk.open("/samples")
    phone.context.set_offline(True)
    page.click("[data-try=samples]")
    for number, outcome in enumerate(("admitted", "waitlisted", "unknown")):
        lens.show(shot(desk.page.locator(".jf-samples svg").nth(number)))
        phone.says(outcome)
        lens.show(None)
        page.click("[data-act=next]")
    page.click("[data-samples] [data-opens=checks]")
    expect(phone.check("samples")).to_have_attribute("data-state", "ok")
    page.click("[data-try=sound]")
    page.click("[data-heard=yes]")
    page.click("[data-try=buzz]")
    expect(phone.check("buzz")).to_have_attribute("data-state", "ok")
    phone.keep_storage()
    expect(page.locator("[data-all]")).to_have_attribute("data-state", "ok")
    phone.look()
    phone.context.set_offline(False)
    assert desk.scans() == []


def test_a_phone_far_away_is_paired_by_a_link_and_a_pin(desk: Desk) -> None:
    make_station(desk.fair, name="Halle")
    desk.begin_shift()
    pin, shift_code = desk.invite("Halle", by_link=True)
    link = desk.page.input_value("#pairing-link")
    assert_fits(desk.page)
    address = link.removeprefix(desk.stage.server.url)
    phone = Phone.new(desk.stage).open(address)
    assert phone.page.url == desk.stage.url("/door")
    phone.pair("", shift_code, pin="000000")
    expect(phone.page.locator("#pair-pin-error")).to_be_visible()
    phone.look()
    phone.pair("", "AAAAA AAAAA", pin)
    expect(phone.page.locator("#pair-shift-error")).to_be_visible()
    phone.pair("", shift_code.lower(), pin).begin()
    assert desk.device(phone.name).paired_at is not None

    again = Phone.new(desk.stage, "Zweites").open(address)
    again.pair("", shift_code, pin)
    expect(again.page.locator("#pair-code-error")).to_be_visible()


def test_the_scanner_installs_as_an_app(desk: Desk) -> None:
    phone = Phone.new(desk.stage).open()
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    browser = phone.context.new_cdp_session(phone.page)
    answer = browser.send("Page.getAppManifest")
    assert answer["errors"] == []
    manifest = json.loads(answer["data"])
    assert (manifest["start_url"], manifest["display"]) == ("/door", "standalone")
    found = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in found] == ["in-incognito"]  # as each of these windows is
