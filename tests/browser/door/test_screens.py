"""The scanner's screens over an engine that says what the test has it say."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import ContextMaker, LiveServer

pytestmark = pytest.mark.browser

FAKE = (Path(__file__).parent / "fake_engine.js").read_text()
AMAL = {
    "hash": "amal",
    "name": "Amal Haddad",
    "given": "Amal",
    "ownScript": "أمل حداد",
    "lang": "ar",
}
YUSUF = {"hash": "yusuf", "name": "Yusuf Haddad", "given": "Yusuf", "lang": "ar", "outside": True}
LINA = YUSUF | {"hash": "lina", "name": "Lina Haddad", "given": "Lina"}
ADMITTED = {"outcome": "admitted", "entry": AMAL, "others": [YUSUF, LINA], "undoable": True}
INSIDE = {
    "outcome": "already_inside",
    "entry": AMAL,
    "firstScan": {"at": "2026-11-28T13:02:00Z", "station": "Eingang 2"},
    "can": {"again": True},
}
CANCELLED = {"outcome": "cancelled", "entry": AMAL, "can": {"override": True}}
UNKNOWN = {"outcome": "unknown", "entry": None}
BADGE = "HTTPS://FAIR.EXAMPLE.ORG/B/ABCD2345EFGH"

# What Chrome 80 and Safari 14 lack of what is used by name alone.
OLD = """for (const name of ["showModal", "close", "open"])
  delete HTMLDialogElement.prototype[name];
for (const name of ["replaceChildren", "requestVideoFrameCallback"])
  delete Element.prototype[name];
delete String.prototype.replaceAll;
delete Array.prototype.at;
delete Navigator.prototype.locks;
delete Crypto.prototype.randomUUID;
delete HTMLElement.prototype.inert;"""

Opener = Callable[..., Page]


@pytest.fixture
def opened(live_server: LiveServer, browser_context: ContextMaker) -> Opener:
    """Give a function that opens the scanner over the fake engine, in a state of it."""

    def open_door(
        state: str = "ready", path: str = "/door?lang=en", script: str = "", **options: Any
    ) -> Page:
        context = browser_context("en", service_workers="block", **options)
        page = context.new_page()
        page.add_init_script(script)

        def fake(route: Route) -> None:
            route.fulfill(body=FAKE, content_type="text/javascript")

        page.route("**/door/engine.js", fake)
        page.goto(live_server.url + path)
        page.wait_for_selector("[data-screen=unpaired]:not([hidden])")
        if state != "unpaired":
            page.evaluate("state => fake.set({state})", state)
        return page

    return open_door


def answer(page: Page, *answers: dict[str, Any]) -> None:
    """Have the engine answer with these, the last one from then on."""
    page.evaluate("answers => { fake.answers = answers; }", list(answers))


def wedge(page: Page, text: str = BADGE) -> None:
    """Type as a hand-held scanner does."""
    page.evaluate(
        """text => {
          for (const key of [...text, "Enter"]) {
            const options = { key, bubbles: true, cancelable: true };
            (document.activeElement ?? document.body).dispatchEvent(
              new KeyboardEvent("keydown", options));
          }
        }""",
        text,
    )


def calls(page: Page, name: str) -> list[list[Any]]:
    """Return what the engine was asked under that name."""
    asked: list[list[Any]] = page.evaluate("fake.calls")
    return [values for called, *values in asked if called == name]


def shown(page: Page, word: str) -> None:
    expect(page.locator("[data-word]")).to_have_text(word)
    expect(page.locator("[data-answer]")).to_be_visible()


def gone(page: Page) -> None:
    expect(page.locator("[data-answer]")).to_be_hidden()


@pytest.mark.parametrize("reduced_motion", ["no-preference", "reduce"])
def test_a_part_that_is_missing_leaves_no_dark_page(
    live_server: LiveServer,
    browser_context: ContextMaker,
    accessible: Callable[[Page], None],
    reduced_motion: str,
) -> None:
    context = browser_context("en", service_workers="block", reduced_motion=reduced_motion)
    page = context.new_page()
    page.route("**/door/engine.js", lambda route: route.abort())
    page.goto(f"{live_server.url}/door?lang=en")
    words = page.get_by_text("The scanner has not started.")
    expect(words).to_be_hidden()
    (delay,) = page.evaluate("document.getAnimations().map((one) => one.effect.getTiming().delay)")
    assert delay == 8_000
    page.evaluate("document.getAnimations()[0].finish()")
    expect(words).to_be_visible()
    accessible(page)
    page.unroute("**/door/engine.js")
    page.get_by_role("link", name="Load anew").click()
    expect(page.locator("[data-screen=unpaired]")).to_be_visible()
    expect(words).to_be_hidden()


def test_a_scan_that_is_not_the_last_stays_and_that_is_said(
    opened: Opener, accessible: Callable[[Page], None]
) -> None:
    page = opened()
    answer(page, INSIDE | {"can": {"again": True, "last": True}})
    wedge(page)
    shown(page, "Already inside")
    page.get_by_role("button", name="Look at the last scan").click()
    dialog = page.locator("#last-scan")
    expect(dialog).to_contain_text("no scan that could be taken back")
    expect(dialog.get_by_role("button", name="Take back")).to_be_hidden()
    dialog.get_by_role("button", name="Close").click()

    last = {"id": "scan-9", "direction": "out", "at": "2026-11-28T13:02:00Z", "station": "Süd"}
    page.evaluate("last => { fake.last = last; }", last | {"device": ""})
    page.get_by_role("button", name="Look at the last scan").click()
    expect(dialog).to_contain_text("Amal H.: out")
    expect(dialog).to_contain_text("14:02, Süd")
    accessible(page)
    page.evaluate("fake.refusal = 'scan_not_last'")
    dialog.get_by_role("button", name="Take back").click()
    expect(dialog).to_contain_text("There was another scan since.")
    page.evaluate("fake.refusal = null")
    dialog.get_by_role("button", name="Take back").click()
    gone(page)
    assert calls(page, "takeBack") == [["scan-9"], ["scan-9"]]
    expect(page.locator("[data-hint]")).to_have_text("Taken back. The scan doesn't count.")


def test_pairing_says_what_is_missing_and_keeps_what_was_typed(
    opened: Opener, accessible: Callable[[Page], None]
) -> None:
    page = opened("unpaired")
    accessible(page)
    page.get_by_label("Name of this phone").fill("Karin, blue")
    page.locator("[data-pair] [type=submit]").click()
    expect(page.get_by_label("Pairing code")).to_be_focused()
    expect(page.locator("#pair-code-error")).to_be_visible()
    expect(page.locator("#pair-name-error")).to_be_hidden()
    accessible(page)

    page.get_by_label("Pairing code").fill("AAAA-BBBB")
    page.get_by_role("textbox", name="Shift code").fill("12345 ABCDE")
    for refusal, field in (("pin_needed", "PIN"), ("shift_code_wrong", "Shift code")):
        page.evaluate("code => { fake.refusal = code; }", refusal)
        page.locator("[data-pair] [type=submit]").click()
        expect(page.get_by_role("textbox", name=field)).to_be_focused()
        expect(page.get_by_role("textbox", name=field)).to_have_attribute("aria-invalid", "true")
        page.get_by_label("PIN", exact=True).fill("4711")
    page.evaluate("fake.refusal = null")
    page.locator("[data-pair] [type=submit]").click()
    expect(page.get_by_role("heading", name="Is this phone ready?")).to_be_visible()
    (paired,) = calls(page, "pair")[-1]
    assert paired == {
        "code": "AAAA-BBBB",
        "pin": "4711",
        "shiftCode": "12345 ABCDE",
        "name": "Karin, blue",
    }
    accessible(page)


def test_an_invitation_fills_in_the_code_and_leaves_the_address(opened: Opener) -> None:
    page = opened("unpaired", "/door?lang=en#p=AAAA-BBBB&l=1")
    expect(page.get_by_label("Pairing code")).to_have_value("AAAA-BBBB")
    expect(page.get_by_label("PIN", exact=True)).to_be_visible()
    assert "AAAA" not in page.url


def test_a_locked_phone_says_what_waits_and_wants_the_shift_code(
    opened: Opener, accessible: Callable[[Page], None]
) -> None:
    page = opened("locked")
    page.evaluate("fake.set({counts: {...fake.counts, waiting: 23}})")
    expect(page.locator("[data-waiting]")).to_contain_text("23")
    expect(page.locator("[data-screen=locked]")).to_contain_text("Eingang 1")
    accessible(page)
    page.evaluate("fake.refusal = 'shift_code_wrong'")
    page.get_by_role("textbox", name="Shift code").fill("wrong")
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator("#unlock-code-error")).to_be_visible()
    expect(page.get_by_role("textbox", name="Shift code")).to_have_value("wrong")
    page.evaluate("fake.refusal = null")
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator("[data-screen=ready]")).to_be_visible()


@pytest.mark.parametrize(
    ("reason", "said"), [("revoked", "desk has ended"), ("expired", "shift is over")]
)
def test_an_ended_phone_says_why(opened: Opener, reason: str, said: str) -> None:
    page = opened("unpaired")
    page.evaluate("reason => fake.set({state: 'ended', reason})", reason)
    expect(page.locator("[data-ended]")).to_contain_text(said)


def test_green_goes_by_itself_and_leaves_the_family(
    opened: Opener, accessible: Callable[[Page], None]
) -> None:
    page = opened()
    answer(page, ADMITTED)
    wedge(page)
    shown(page, "Come in")
    expect(page.locator("[data-greeting]")).to_have_attribute("lang", "ar")
    expect(page.locator("[data-who]")).to_have_text("Amal H., with Yusuf and Lina")
    expect(page.get_by_role("alert").filter(has_text="Come in")).to_be_attached()
    gone(page)
    strip = page.locator("[data-last]")
    expect(strip).to_contain_text("Amal H.: in")
    accessible(page)

    strip.get_by_label("Lina H.").uncheck()
    answer(page, ADMITTED | {"entry": YUSUF, "others": [AMAL | {"outside": False}]})
    strip.get_by_role("button", name="Let in 1 more").click()
    shown(page, "Come in")
    assert calls(page, "admit") == [["yusuf", {"direction": "in"}]]
    gone(page)
    strip.get_by_role("button", name="Take back").click()
    assert len(calls(page, "undo")) == 1
    expect(strip).to_be_hidden()
    expect(page.locator("[data-hint]")).to_contain_text("Taken back")


def test_who_is_not_on_the_list_has_no_name(opened: Opener) -> None:
    page = opened()
    answer(page, CANCELLED | {"entry": {"hash": "amal", "lang": "ar"}})
    wedge(page)
    shown(page, "Cancelled")
    expect(page.locator("[data-who]")).to_be_hidden()
    page.get_by_role("button", name="Let in all the same").click()
    expect(page.locator("#override")).to_be_visible()
    expect(page.locator("[data-override-who]")).to_be_hidden()


def test_a_phone_off_duty_says_what_was_lost(opened: Opener) -> None:
    page = opened()
    page.evaluate("fake.set({state: 'ended', reason: 'expired', lost: 2})")
    expect(page.locator("[data-lost]")).to_contain_text("are lost: 2")
    page.evaluate("fake.set({lost: 0})")
    expect(page.locator("[data-lost]")).to_be_hidden()


def test_who_was_let_in_together_is_not_offered_again(opened: Opener) -> None:
    page = opened()
    answer(page, ADMITTED)
    wedge(page)
    gone(page)
    inside = AMAL | {"outside": False}
    answer(
        page,
        ADMITTED | {"entry": YUSUF, "others": [inside, LINA]},
        ADMITTED | {"entry": LINA, "others": [inside, YUSUF | {"outside": False}]},
    )
    page.get_by_role("button", name="Let in 2 more").click()
    shown(page, "Come in")
    expect(page.locator("[data-who]")).to_have_text("Yusuf H. and Lina H.")
    expect(page.locator("[data-act=next]")).to_be_visible()
    expect(page.locator("[data-act=more]")).to_be_hidden()
    gone(page)
    expect(page.locator("[data-family]")).to_be_hidden()


@pytest.mark.parametrize(("bus", "said"), [("out", "Gets on at"), ("back", "Gets off at")])
def test_attendants_see_stop_and_wheelchair(
    opened: Opener, accessible: Callable[[Page], None], bus: str, said: str
) -> None:
    page = opened()
    rider = AMAL | {"hint": "wheelchair", "stop": "Fürstenau, Markt"}
    answer(page, ADMITTED | {"outcome": "boarded", "entry": rider, "bus": bus}, ADMITTED)
    wedge(page)
    shown(page, "Get on")
    expect(page.locator("[data-stop]")).to_have_text(f"{said} Fürstenau, Markt")
    expect(page.locator("[data-wheelchair]")).to_be_visible()
    accessible(page)
    gone(page)
    wedge(page)
    shown(page, "Come in")
    expect(page.locator("[data-wheelchair]")).to_be_hidden()
    expect(page.locator("[data-stop-line]")).to_be_hidden()


def test_amber_stays_until_it_is_seen_and_lets_in_again(
    opened: Opener, accessible: Callable[[Page], None]
) -> None:
    page = opened()
    answer(page, INSIDE, ADMITTED)
    wedge(page)
    shown(page, "Already inside")
    expect(page.locator("[data-why]")).to_have_text("since 14:02, Eingang 2")
    page.wait_for_timeout(1800)
    shown(page, "Already inside")
    accessible(page)
    page.get_by_role("button", name="let in again").click()
    shown(page, "Come in")
    assert calls(page, "admit") == [["amal", {"direction": "in", "again": True}]]


def test_a_supervisor_lets_in_for_a_reason(opened: Opener) -> None:
    page = opened()
    answer(page, CANCELLED, ADMITTED)
    wedge(page)
    shown(page, "Cancelled")
    page.get_by_role("button", name="Let in all the same").click()
    page.get_by_role("button", name="Let in", exact=True).click()
    expect(page.locator("#override-reason-error")).to_be_visible()
    page.get_by_role("textbox", name="Reason").fill("Agreed with Ms Berg")
    page.get_by_role("button", name="Let in", exact=True).click()
    shown(page, "Come in")
    override = {"reason": "Agreed with Ms Berg"}
    assert calls(page, "admit") == [["amal", {"direction": "in", "override": override}]]


def test_the_server_corrects_what_is_in_sight_and_names_what_has_passed(opened: Opener) -> None:
    page = opened()
    answer(page, ADMITTED)
    wedge(page)
    shown(page, "Come in")
    blocked = {"outcome": "blocked", "entry": AMAL, "direction": "in"}
    page.evaluate("v => fake.tell('corrected', v)", blocked | {"id": "scan-1"})
    shown(page, "Blocked")
    expect(page.locator("[data-corrected]")).to_be_visible()
    page.get_by_role("button", name="Go on scanning").click()

    wedge(page)
    gone(page)
    page.evaluate("v => fake.tell('corrected', v)", blocked | {"id": "scan-2", "late": True})
    gone(page)
    expect(page.locator("[data-last]")).to_contain_text("Too late to stop Amal H.: Blocked")


def test_badges_are_not_judged_while_an_answer_or_a_form_has_to_be_read(opened: Opener) -> None:
    page = opened()
    answer(page, UNKNOWN, ADMITTED)
    page.get_by_role("button", name="Name", exact=True).click()
    page.locator("#search-title").click()
    wedge(page)
    assert calls(page, "scan") == []
    page.keyboard.press("Escape")
    wedge(page, "slow")
    assert calls(page, "scan") == []
    wedge(page, "httpsÖ--fair.example.org-b-ZBCD2345EFGY")
    shown(page, "Not valid")
    assert calls(page, "scan")[0][0] == "YBCD2345EFGZ"


def test_a_double_tap_hits_only_what_was_in_sight(opened: Opener) -> None:
    page = opened()
    answer(page, INSIDE, ADMITTED | {"others": []})
    wedge(page)
    shown(page, "Already inside")
    button = page.get_by_role("button", name="let in again")
    place = button.bounding_box() or {}
    page.mouse.dblclick(place["x"] + 60, place["y"] + 30)
    shown(page, "Come in")
    assert len(calls(page, "admit")) == 1
    expect(page.locator("[data-answer]")).to_be_visible()


def test_back_leaves_answers_and_dialogs_but_not_the_scanner(opened: Opener) -> None:
    page = opened()
    answer(page, UNKNOWN)
    wedge(page)
    shown(page, "Not valid")
    page.evaluate("history.back()")
    gone(page)
    page.get_by_role("button", name="Name", exact=True).click()
    page.evaluate("history.back()")
    expect(page.locator("#search")).to_be_hidden()
    page.evaluate("history.back()")
    expect(page.locator("[data-hint]")).to_contain_text("lock it in the menu first")
    expect(page.locator("[data-screen=ready]")).to_be_visible()


def test_somebody_is_found_by_name(opened: Opener, accessible: Callable[[Page], None]) -> None:
    page = opened()
    answer(page, ADMITTED)
    page.evaluate("v => { fake.found = v; }", [AMAL | {"others": [YUSUF], "inside": None}])
    page.get_by_role("button", name="Name", exact=True).click()
    page.get_by_label("First name or family name").fill("ama")
    hit = page.get_by_role("button", name=re.compile("^Amal H"))
    expect(hit).to_contain_text("with Yusuf")
    accessible(page)
    hit.click()
    shown(page, "Come in")


def test_a_household_is_registered_at_the_door(
    opened: Opener, accessible: Callable[[Page], None]
) -> None:
    page = opened()
    answer(page, ADMITTED | {"others": []})
    page.get_by_role("button", name="New").click()
    page.get_by_role("button", name="Register and let in").click()
    expect(page.get_by_label("First name", exact=True)).to_be_focused()
    page.get_by_label("First name", exact=True).fill("Amal")
    page.get_by_role("button", name="One more person").click()
    page.get_by_role("group", name="Person 2").get_by_label("First name", exact=True).fill("Lina")
    page.get_by_label("Language").select_option("ar")
    page.get_by_role("button", name="Register and let in").click()
    expect(page.get_by_label("Where do they live?")).to_be_focused()
    accessible(page)
    page.get_by_label("Where do they live?").select_option("03459014")
    page.evaluate("fake.refusal = 'no_codes'")
    page.get_by_role("button", name="Register and let in").click()
    expect(page.locator("[data-walk-in-fault]")).to_contain_text("no more badges")
    page.evaluate("fake.refusal = null")
    page.get_by_role("button", name="Register and let in").click()
    shown(page, "Come in")
    household = calls(page, "walkIn")[-1][0]
    assert [person["given"] for person in household["people"]] == ["Amal", "Lina"]
    assert (household["lang"], household["municipality"]) == ("ar", "03459014")


def test_the_self_test_is_green_only_if_all_is_well(
    opened: Opener, accessible: Callable[[Page], None]
) -> None:
    page = opened()
    page.get_by_role("button", name="Menu").click()
    accessible(page)
    page.get_by_role("button", name="Check this phone").click()
    expect(page.locator("[data-check=clock]")).to_have_attribute("data-state", "ok")
    expect(page.locator("[data-check=samples]")).to_have_attribute("data-state", "todo")
    accessible(page)
    page.get_by_role("button", name="Scan the samples").click()
    answer(page, {"outcome": "admitted", "entry": None, "sample": True})
    wedge(page)
    gone(page)
    expect(page.locator("[data-samples]")).to_contain_text("Turn on airplane mode")
    page.evaluate("fake.set({net: 'offline'})")
    for outcome in ("admitted", "waitlisted", "unknown"):
        answer(page, {"outcome": outcome, "entry": None, "sample": True})
        wedge(page)
        expect(page.locator("[data-sample]")).to_be_visible()
        page.get_by_role("button", name="Go on scanning").click()
    expect(page.locator("[data-samples]")).to_contain_text("3 of 3")
    page.get_by_role("button", name="Back to the check").click()
    expect(page.locator("[data-check=samples]")).to_have_attribute("data-state", "ok")
    page.locator("[data-try=sound]").click()
    page.get_by_role("button", name="Yes, heard").click()
    page.locator("[data-try=buzz]").click()
    expect(page.locator("[data-check=camera]")).to_have_attribute("data-state", "ok")
    expect(page.locator("[data-all]")).to_have_attribute("data-state", "ok")
    page.evaluate("fake.checked.clock = {offsetMs: 540000}")
    expect(page.locator("[data-check=clock]")).to_contain_text("9 minutes")
    expect(page.locator("[data-all]")).to_have_attribute("data-state", "todo")


def test_conflicts_are_resolved_with_a_reason(
    opened: Opener, accessible: Callable[[Page], None]
) -> None:
    page = opened()
    scan = {"at": "2026-11-28T13:02:00Z", "station": "Eingang 1"}
    conflict = {"id": 7, "kind": "double_admission", "badge": AMAL, "scan": scan, "other": scan}
    page.evaluate("v => { fake.open = v; }", [conflict])
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Conflicts").click()
    expect(page.locator("[data-conflicts]")).to_contain_text("Amal H.")
    accessible(page)
    page.get_by_role("button", name="Resolved").click()
    assert calls(page, "resolve") == []
    page.get_by_role("textbox", name="Reason").fill("One person, two phones")
    page.get_by_role("button", name="Resolved").click()
    expect(page.locator("[data-conflicts-said]")).to_contain_text("nothing to resolve")
    assert calls(page, "resolve") == [[7, "One person, two phones"]]


def test_a_steward_sees_only_what_a_steward_may(opened: Opener) -> None:
    page = opened("unpaired")
    about = {"rights": ["scan", "search", "undo_own"], "direction": "out", "phone": ""}
    page.evaluate("about => fake.set({state: 'ready', about})", about)
    expect(page.get_by_role("button", name="Name", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="New")).to_be_hidden()
    expect(page.get_by_role("link", name="Help")).to_be_hidden()
    expect(page.get_by_role("group", name="Direction")).to_be_hidden()
    answer(page, {"outcome": "left", "entry": AMAL})
    wedge(page)
    shown(page, "Goodbye")
    assert calls(page, "scan")[0][1] == {"direction": "out"}


def test_without_network_and_memory_the_door_goes_on(
    opened: Opener, accessible: Callable[[Page], None]
) -> None:
    page = opened()
    page.evaluate("fake.set({net: 'offline', counts: {...fake.counts, waiting: 23}})")
    expect(page.locator("[data-strip]")).to_contain_text("you can go on scanning")
    expect(page.locator("[data-strip]")).to_contain_text("23")
    page.evaluate("fake.tell('trouble', {code: 'storage_full'})")
    accessible(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the scans").click()
    assert json.loads(download.value.path().read_text()) == []


def test_a_phone_with_unsent_scans_is_not_wiped_by_one_tap(opened: Opener) -> None:
    page = opened()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="End the duty of this phone").click()
    page.evaluate("fake.refusal = 'unsent'; fake.counts.waiting = 4")
    page.get_by_role("button", name="End the duty").click()
    expect(page.get_by_role("dialog")).to_contain_text("would be lost: 4")
    page.evaluate("fake.refusal = null")
    page.get_by_role("button", name="Remove them unsent").click()
    expect(page.locator("[data-screen=ended]")).to_be_visible()
    assert calls(page, "end")[-1] == ["handed_back", {"force": True}]


def test_old_phones_can_do_it_too(opened: Opener) -> None:
    page = opened(script=OLD)
    answer(page, UNKNOWN, ADMITTED)
    page.evaluate("v => { fake.found = v; }", [AMAL | {"others": [], "inside": None}])
    wedge(page)
    shown(page, "Not valid")
    page.get_by_role("button", name="Search by name").click()
    page.get_by_label("First name or family name").fill("ama")
    page.get_by_role("button", name=re.compile("^Amal H")).click()
    expect(page.locator("#search")).to_be_hidden()
    shown(page, "Come in")
    gone(page)
    page.get_by_role("button", name="Menu").click()
    page.locator("#menu").get_by_role("button", name="Go on scanning").click()
    expect(page.locator("#menu")).to_be_hidden()


def test_before_the_day_it_is_a_rehearsal(opened: Opener) -> None:
    page = opened()
    expect(page.get_by_text("Rehearsal")).to_be_hidden()
    page.evaluate("fake.set({about: {dayBegins: new Date(Date.now() + 86400000)}})")
    expect(page.get_by_text("Rehearsal")).to_be_visible()


def test_the_hand_is_kept(opened: Opener) -> None:
    page = opened()
    page.get_by_role("button", name="Menu").click()
    page.get_by_label("Left hand").check(force=True)
    expect(page.locator("body")).to_have_attribute("data-hand", "start")
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-hand", "start")


@pytest.mark.parametrize("size", [(360, 640), (740, 360), (1280, 800)], ids=str)
@pytest.mark.parametrize("verdict", [ADMITTED, INSIDE, CANCELLED], ids=lambda v: str(v["outcome"]))
def test_nothing_has_to_be_scrolled(
    opened: Opener, size: tuple[int, int], verdict: dict[str, Any]
) -> None:
    page = opened(size=size)
    page.evaluate("fake.set({net: 'offline', counts: {...fake.counts, waiting: 23}})")
    boxes = ["document.documentElement", "document.querySelector('[data-screen=ready]')"]
    for box in boxes:
        wide, room, high, shown_high = page.evaluate(
            f"(({{scrollWidth, clientWidth, scrollHeight, clientHeight}}) =>"
            f" [scrollWidth, clientWidth, scrollHeight, clientHeight])({box})"
        )
        assert (wide <= room, high <= shown_high) == (True, True), box
    answer(page, verdict)
    wedge(page)
    expect(page.locator("[data-answer]")).to_be_visible()
    inside = page.evaluate(
        """() => {
          const box = document.querySelector("[data-verdict]").getBoundingClientRect();
          const seen = [...document.querySelectorAll("[data-verdict] > *, [data-act]")]
            .map((element) => element.getBoundingClientRect())
            .filter(({height}) => height > 0);
          return seen.every(({top, bottom, left, right}) => top >= box.top - 1
            && bottom <= innerHeight + 1 && left >= -1 && right <= innerWidth + 1);
        }"""
    )
    assert inside
