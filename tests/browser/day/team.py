"""What the team does on the day: at the door, on the bus, and afterwards at the desk."""

import csv
import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from jobfair.core.actor import Role
from tests.browser.day.household import DAUGHTER, LATIN_FAMILY, Papers
from tests.browser.day.organiser import STOP, figures
from tests.browser.film import film_of
from tests.browser.papers import words_of
from tests.browser.stage import Stage, accept_invitation
from tests.browser.visitor import Visitor

DOOR_EMAIL = "dora@example.org"


def scan_badge(stage: Stage, link: str, badge: Image.Image, film: Path) -> Visitor:
    """Hold the printed badge before the camera: it opens once, and again only on purpose."""
    door = stage.visitor(film=film_of(film, badge))
    accept_invitation(door, link, "Dora Tür")
    page = door.page
    assert page.url == stage.url("/door/FAIR")
    page.locator("#place button").click()
    expect(page.locator("[data-word]")).to_have_text("Herein")
    expect(page.locator("[data-greeting]")).to_have_attribute("lang", "ar")
    door.look()
    expect(page.locator("[data-word]")).to_have_text(verdict(page, "already_inside"))
    expect(page.locator("[data-verdict]")).to_have_class("jf-verdict v-again")
    expect(page.locator("[data-why]")).to_contain_text(page.locator("[data-place]").inner_text())
    door.look()
    page.locator("[data-act=again]").click()
    expect(page.locator("[data-word]")).to_have_text(verdict(page, "admitted"))
    return door


def let_children_in(stage: Stage, door: Visitor, papers: Papers) -> None:
    """Let the son in by his code and the daughter by her name; refuse an unknown code."""
    signed_in = door.page.context.storage_state()
    door.page.close()
    second = stage.visitor(storage_state=signed_in)
    page = second.page
    second.open(stage.url("/door/FAIR"))
    _type(page, papers.codes[1].lower())
    expect(page.locator("[data-word]")).to_have_text(verdict(page, "admitted"))
    page.locator("[data-act=next]").click()
    _type(page, "0000 0000 0000")
    expect(page.locator("[data-word]")).to_have_text(verdict(page, "unknown"))
    second.look()
    page.locator("[data-act=search]").click()
    page.fill("#search-name", DAUGHTER)
    hit = page.locator("[data-hits] button")
    expect(hit).to_contain_text(DAUGHTER)
    second.look()
    hit.click()
    expect(page.locator("[data-word]")).to_have_text(verdict(page, "admitted"))
    expect(page.locator("[data-count=inside]")).to_have_text("3")


def verdict(page: Page, outcome: str) -> str:
    """Return the word for an answer, as the page knows it."""
    word: str = page.evaluate(
        "name => JSON.parse(document.getElementById('door-data').textContent).verdicts[name].word",
        outcome,
    )
    return word


def ride_along(stage: Stage) -> None:
    """Have the bus attendant see who rides, on the page and on paper; never who waits."""
    attendant = stage.visitor()
    link = stage.add_member(Role.ATTENDANT, "bernd@example.org", "--fair", stage.slug)
    accept_invitation(attendant, link, "Bernd Bus")
    assert attendant.page.url == stage.url("/door/FAIR/buses")
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


def _type(page: Page, code: str) -> None:
    page.locator("[data-opens=typing]").click()
    page.fill("#typing-code", code)
    page.locator("#typing button[type=submit]").click()
