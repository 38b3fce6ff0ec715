"""A volunteer asks for access, is let in, registers twelve people and prints their sheets."""

import pytest

from jobfair.accounts.rules import MemberKind
from tests.browser.booking.setting import fair_to_come, organiser_of
from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.day.organiser import BRAMSCHE, figures
from tests.browser.papers import codes_on, pictures_of, words_of
from tests.browser.stage import DESK, Stage, accept_invitation
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
NAME, EMAIL, GROUP = "Frauke Freiwillig", "frauke@help.example", "Willkommen in Belm e. V."
FIRST = ("Selam", "Tesfay")
OTHERS = (
    "Adam Amadi\nBesa Berisha\nCem Cinar\nDina Daoud\nEmre Erdem\nFiras Fayad\nGul Ghani\n"
    "Hana Haile\nIrma Ivanova\nJana Juric\nKofi Koroma"
)
SPOKEN, SHEETS = "ti", 12


def test_a_volunteer_is_let_in_and_prints_twelve_sheets(
    live_server: LiveServer, worker: None, browser_context: ContextMaker
) -> None:
    stage = Stage(live_server, browser_context, fair_to_come("belm").slug)
    volunteer = stage.visitor(size=DESK)
    asks_for_access(stage, volunteer)
    is_let_in(stage)
    accept_invitation(volunteer, stage.mailed_link(EMAIL, "partner_access"), NAME)
    assert volunteer.page.url == stage.url("/partner/FAIR/")
    registers_one(stage, volunteer)
    registers_the_others_by_name(stage, volunteer)
    prints_all_sheets(stage, volunteer)
    comes_along(stage, volunteer)


def asks_for_access(stage: Stage, volunteer: Visitor) -> None:
    """Follow the question on the page of the fair, and forget the address at first."""
    page = volunteer.page
    volunteer.open(stage.url("/FAIR"))
    volunteer.press(page.locator("a[href$='/help-people']"))
    page.check(f"main [name=kind][value={MemberKind.VOLUNTEER.value}]")
    volunteer.send(name=NAME, organisation=GROUP)
    assert page.locator(".jf-summary li").count() == 1
    assert page.input_value("main [name=organisation]") == GROUP
    volunteer.send(email=EMAIL)
    assert page.url == stage.url("/FAIR/help-people/sent")


def is_let_in(stage: Stage) -> None:
    """Have the organiser see on the first page that somebody asks, and give access."""
    organiser = organiser_of(stage)
    page = organiser.page
    organiser.open(stage.url("/desk/FAIR"))
    organiser.press(page.locator(".jf-todo a[href*='/partners']"))
    organiser.press(page.get_by_role("link", name=NAME))
    assert page.input_value("main [name=name]") == GROUP
    organiser.send()
    assert page.get_by_role("link", name=GROUP).count() == 1


def registers_one(stage: Stage, volunteer: Visitor) -> None:
    page = volunteer.page
    volunteer.open(stage.url("/partner/FAIR/people/new"))
    page.select_option("main [name=municipality]", BRAMSCHE)
    page.select_option("main [name=lang]", SPOKEN)
    page.check("main [name=consent]")
    given, family = FIRST
    volunteer.send(**{"people-0-given_name": given, "people-0-family_name": family})
    assert page.locator("h1").inner_text() == " ".join(FIRST)


def registers_the_others_by_name(stage: Stage, volunteer: Visitor) -> None:
    """Paste nothing but names, and say once where all live and what they speak."""
    page = volunteer.page
    volunteer.press(page.locator(".jf-nav a[href$='/lists']"))
    page.fill("main [name=text]", OTHERS)
    volunteer.press(page.locator("#list button"))
    assert figures(volunteer)[0] == 0
    page.select_option("#reading [name=place]", BRAMSCHE)
    page.select_option("#reading [name=lang]", SPOKEN)
    volunteer.press(page.locator("#reading button"))
    assert figures(volunteer) == [SHEETS - 1, 0]
    page.check("main [name=agreed]")
    volunteer.press(page.locator("#save button"))
    assert figures(volunteer)[0] == SHEETS - 1


def prints_all_sheets(stage: Stage, volunteer: Visitor) -> None:
    """Have one file, sorted by family, whose codes open twelve different pages."""
    volunteer.open(stage.url("/partner/FAIR/"))
    link = volunteer.page.locator("main a[href$='/sheets.pdf']").get_attribute("href") or ""
    answer = volunteer.page.request.get(stage.url(link))
    assert answer.headers["content-type"] == "application/pdf"
    sheets = pictures_of(answer.body())
    assert len(sheets) == SHEETS
    assert len({code for sheet in sheets for code in codes_on(sheet) if "/my/" in code}) == SHEETS
    words = words_of(answer.body())
    families = [name.split()[1] for name in OTHERS.splitlines()] + [FIRST[1]]
    assert sorted(families, key=words.index) == sorted(families)


def comes_along(stage: Stage, volunteer: Visitor) -> None:
    """Have a badge of her own, with what is known of her filled in."""
    page = volunteer.page
    volunteer.press(page.locator("main a[href$='/come-along']"))
    page.select_option("main [name=municipality]", BRAMSCHE)
    page.check("main [name=consent]")
    volunteer.send()
    assert page.locator("h1").inner_text() == NAME
    assert page.locator("a[href$='/sheet.pdf']").count() == 1
