"""What the team does on the day: at the door, on the bus, and afterwards at the desk."""

import csv
import io

from PIL import Image
from playwright.sync_api import expect

from jobfair.core.actor import Role
from tests.browser.day.household import DAUGHTER, LATIN_FAMILY, Papers
from tests.browser.day.organiser import ENTRANCE, STOP, figures
from tests.browser.door.duty import Phone
from tests.browser.film import Lens
from tests.browser.papers import words_of
from tests.browser.stage import Stage, accept_invitation
from tests.browser.visitor import Visitor

SAME_CODE = 3_000  # milliseconds: what is gone for less never left the picture
DOOR_EMAIL = "dora@example.org"


def pair_own_phone(stage: Stage, link: str, lens: Lens) -> Phone:
    """Have somebody of the team follow the invitation and pair the phone in their hands."""
    door = stage.visitor(film=lens.film)
    accept_invitation(door, link, "Dora Tür")
    page = door.page
    assert page.url == stage.url("/door/pair")
    page.get_by_label(ENTRANCE).check()
    door.send()
    shift_code = page.locator(".jf-said__code").first.inner_text()
    door.press(page.locator("main .jf-btn--next"))
    phone = Phone(stage, page).pair("", shift_code)
    expect(phone.check("roster")).to_have_attribute("data-state", "ok")
    door.look()
    return phone.begin()


def scan_badge(phone: Phone, lens: Lens, badge: Image.Image) -> None:
    """Hold the printed badge before the camera: it opens, and a moment later it still does."""
    lens.show(badge)
    phone.says("admitted")
    expect(phone.page.locator("[data-greeting]")).to_have_attribute("lang", "ar")
    lens.show(None)
    phone.wait()
    phone.page.wait_for_timeout(SAME_CODE)
    lens.show(badge)
    phone.says("repeat")
    lens.show(None)
    phone.wait()


def let_children_in(phone: Phone, papers: Papers) -> None:
    """Let the son in by his code and the daughter by her name; refuse an unknown code."""
    phone.type(papers.codes[1])
    phone.says("admitted")
    phone.wait()
    phone.type("0000 0000 0000")
    phone.says("unknown")
    phone.look()
    phone.act("search")
    phone.page.fill("#search-name", DAUGHTER)
    hit = phone.page.locator("[data-hits] .jf-hit")
    expect(hit).to_contain_text(DAUGHTER)
    phone.look()
    hit.click()
    phone.says("admitted")
    phone.wait()
    phone.counts("inside", 3)
    phone.counts("waiting", 0)


def ride_along(stage: Stage) -> None:
    """Have the bus attendant see who rides, on the page and on paper; never who waits."""
    attendant = stage.visitor()
    link = stage.add_member(Role.ATTENDANT, "bernd@example.org", "--fair", stage.slug)
    accept_invitation(attendant, link, "Bernd Bus")
    assert attendant.page.url == stage.url("/door/pair")
    attendant.open(stage.url("/door/FAIR/buses"))
    for key in ("4-out-0", "4-back-0"):
        attendant.open(stage.url(f"/door/FAIR/buses/{key}"))
        paper = attendant.page.request.get(stage.url(f"/door/FAIR/buses/{key}/manifest.pdf"))
        assert paper.headers["content-type"] == "application/pdf"
        for words in (attendant.text(), words_of(paper.body())):
            assert STOP in words
            assert words.count(LATIN_FAMILY) == 3
            assert "Nachbar" not in words
        riders = attendant.page.locator(".jf-riders li li").all_inner_texts()
        assert all(rider.startswith(LATIN_FAMILY) for rider in riders)


def see_who_waits(stage: Stage, organiser: Visitor) -> None:
    """Have the desk count the household that waits for a seat."""
    organiser.open(stage.url("/desk/FAIR/shuttle/"))
    assert figures(organiser) == [2, 6, 1]
    organiser.open(stage.url("/desk/FAIR/shuttle/waiting"))
    assert "Nachbar" in organiser.text()


def ask_exhibitors(stage: Stage, organiser: Visitor) -> None:
    """Have the organiser send the mails that ask how it was."""
    organiser.open(stage.url("/desk/FAIR/feedback"))
    organiser.press(organiser.page.locator("form[action$='/ask'] button"))


def read_answers(stage: Stage, organiser: Visitor) -> None:
    """Have the desk show the answer, and everything counted."""
    organiser.open(stage.url("/desk/FAIR/feedback"))
    assert "Gute Gespräche" in organiser.text()
    assert figures(organiser)[:3] == [1, 1, 2]
    organiser.open(stage.url("/desk/FAIR"))
    assert figures(organiser)[:3] == [3, 1, 4]


def work_with_the_list(stage: Stage, organiser: Visitor) -> None:
    """Have the organiser search the list, correct a household, and take the list along."""
    page = organiser.page
    organiser.open(stage.url("/desk/FAIR/people"))
    page.fill("main [name=text]", DAUGHTER)
    organiser.press(page.locator("form[role=search] button"))
    organiser.press(page.get_by_role("link", name=LATIN_FAMILY))
    organiser.send(phone="0151 234 567")
    assert page.input_value("main [name=phone]") == "0151 234 567"
    organiser.open(stage.url("/desk/FAIR/people"))
    with page.expect_download() as download:
        page.locator("a[href$='people.csv']").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 1 + 4
    assert sum(LATIN_FAMILY in row for row in rows) == 3
