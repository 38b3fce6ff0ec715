"""A counsellor hands in a list of twenty-five people, two of them with faults."""

from io import BytesIO

import pytest
from openpyxl import Workbook
from playwright.sync_api import FilePayload

from tests.browser.booking.setting import fair_to_come, helper_of
from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.day.organiser import figures
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor
from tests.factories import make_partner

pytestmark = pytest.mark.browser
HEADINGS = ("Vorname", "Nachname", "Wohnort", "Sprache", "Telefon")
NAMES = (
    "Amina Bakri, Bogdan Cerny, Chiara Dallari, Dmytro Ewtuschenko, Elif Firat, Fatou Gueye,"
    " Goran Horvat, Hadiya Ibrahimi, Ivanka Jurenko, Jamal Karimi, Khadija Lahlou, Luka Matic,"
    " Mehdi Naderi, Nour Obeid, Oksana Petrenko, Parwin Qasemi, Rahel Solomon, Samir Touma,"
    " Tesfaye Uqbai, Uliana Vovk, Valbona Wokshi, Wassim Yazbek, Xenia Zaharia, Yonas Abebe,"
    " Zeynep Balci"
)
PEOPLE = NAMES.split(", ")
LOST, NAMELESS = 7, 20
GOOD = len(PEOPLE) - 2


def test_a_list_is_saved_but_for_its_faults(
    live_server: LiveServer, worker: None, browser_context: ContextMaker
) -> None:
    fair = fair_to_come("damme")
    stage = Stage(live_server, browser_context, fair.slug)
    counsellor = helper_of(stage, make_partner(fair))
    hands_the_list_in(stage, counsellor)
    saves_what_is_good(counsellor)
    mends_one_and_drops_one(counsellor)
    counsellor.open(stage.url("/partner/FAIR/"))
    assert figures(counsellor)[0] == GOOD + 1


def hands_the_list_in(stage: Stage, counsellor: Visitor) -> None:
    """Have the faults stand beside the cells before anything is stored."""
    page = counsellor.page
    counsellor.open(stage.url("/partner/FAIR/lists"))
    page.set_input_files("main [name=file]", workbook())
    counsellor.press(page.locator("#list button"))
    assert figures(counsellor) == [GOOD, 2]
    rows = page.locator("table:has(#faulty) tbody tr")
    assert rows.locator(".jf-err").count() == rows.count() == 2
    assert "Atlantis" in rows.first.inner_text()


def saves_what_is_good(counsellor: Visitor) -> None:
    """Forget to say that they agree, then say so: the good ones are registered."""
    page = counsellor.page
    counsellor.press(page.locator("#save button"))
    assert page.locator(".jf-summary li").count() == 1
    page.check("main [name=agreed]")
    counsellor.press(page.locator("#save button"))
    assert figures(counsellor) == [GOOD, 0, 2]


def mends_one_and_drops_one(counsellor: Visitor) -> None:
    """Correct the place of one draft, in vain at first, and delete the other."""
    page = counsellor.page
    counsellor.press(page.locator("main a[href$='/drafts']"))
    mended, dropped = page.locator("form[id^=draft-]"), page.locator("form[id^=drop-]")
    assert mended.count() == 2
    for place, left in (("Nirgendwo", 2), ("Bramsche", 1)):
        mended.first.locator("[name$=-place]").fill(place)
        counsellor.press(mended.first.locator("button"))
        assert mended.count() == left
    counsellor.press(dropped.first.locator("button"))
    assert mended.count() == 0


def workbook() -> FilePayload:
    """Return the list: one lives where no place is, one has no name."""
    book, file = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    sheet.append(HEADINGS)
    for number, name in enumerate(PEOPLE):
        given, family = ("", "") if number == NAMELESS else name.split()
        place = "Atlantis" if number == LOST else "49565 Bramsche"
        sheet.append((given, family, place, "Arabisch", f"0151 23456{number:02}"))
    book.save(file)
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "Kurs.xlsx", "mimeType": media_type, "buffer": file.getvalue()}
