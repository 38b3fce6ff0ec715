"""A family registers in Arabic on a small telephone without scripts, and has all it needs."""

import json

import pytest
from icalendar import Calendar

from jobfair.attendees.rules import NeedKind
from jobfair.data.work import GermanLevel, Licence, WorkField
from tests.browser.booking.setting import at, bus_of, fair_to_come, on_step, windows_of
from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.day.household import print_sheet, read_codes
from tests.browser.papers import codes_on, pictures_of, words_in
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
EMAIL = "suad@example.org"
PEOPLE = (("سعاد", "Suad"), ("كريم", "Karim"), ("ليلى", "Layla"))
FAMILY = ("الحسن", "Al-Hasan")


def test_a_family_registers_in_arabic_without_scripts(
    live_server: LiveServer, worker: None, browser_context: ContextMaker
) -> None:
    fair = fair_to_come("bersenbrueck")
    windows_of(fair, 60, 40)
    bus_of(fair)
    stage = Stage(live_server, browser_context, fair.slug)
    mother = stage.visitor("ar", scripts=False)
    says_who_comes(stage, mother)
    says_when_and_how(mother)
    says_what_work(mother)
    says_what_help(mother)
    gives_an_address(stage, mother)
    sends_the_summary(mother)
    takes_papers_along(stage, mother)
    sees_what_is_stored(mother)


def says_who_comes(stage: Stage, mother: Visitor) -> None:
    mother.open(stage.url("/FAIR"))
    mother.press(mother.page.locator(f"a[href='/{stage.slug}/register']").first)
    mother.page.locator("button[value=adult]").click()
    mother.page.locator("button[value=child]").click()
    given = {f"people-{n}-given": own for n, (own, _latin) in enumerate(PEOPLE)}
    family = {f"people-{n}-family": FAMILY[0] for n in range(3)}
    mother.send(**given, **family, **{"people-0-birth_year": "١٩٨٨"})
    assert mother.page.locator("#latin").is_visible()
    latin = {f"people-{n}-latin_given": name for n, (_own, name) in enumerate(PEOPLE)}
    mother.send(**latin, **{f"people-{n}-latin_family": FAMILY[1] for n in range(3)})


def says_when_and_how(mother: Visitor) -> None:
    """Choose place, arrival window and bus, one question a page."""
    page = mother.page
    page.select_option("main [name=municipality]", "03459014")
    mother.send()
    assert on_step(mother) == "when"
    mother.send()
    assert page.locator(".jf-summary li").count() == 1
    page.locator("main [name=window]").nth(1).check()
    mother.send()
    assert on_step(mother) == "bus"
    page.locator("main [name=stop]").first.check()
    mother.send()


def says_what_work(mother: Visitor) -> None:
    """Answer for herself, and for her husband, whose questions are behind his name."""
    page = mother.page
    assert on_step(mother) == "work"
    assert page.is_checked("main [name=adults-0-speaks][value=ar]")
    page.select_option("main [name=adults-0-german_level]", GermanLevel.A2.value)
    page.select_option("main [name=adults-0-licence]", Licence.B.value)
    page.check(f"main [name=adults-0-work][value={WorkField.CARE.value}]")
    page.locator("main summary", has_text=PEOPLE[1][0]).click()
    page.check("main [name=adults-1-speaks][value=ku]")
    page.check(f"main [name=adults-1-work][value={WorkField.CRAFTS.value}]")
    mother.send()


def says_what_help(mother: Visitor) -> None:
    """Wish for an interpreter and for childcare; go back, and find it still there."""
    page = mother.page
    assert on_step(mother) == "needs"
    page.locator("main [name=interpreter]").first.check()
    page.check("main [name=childcare]")
    mother.send()
    mother.press(page.locator("button[value=back]"))
    assert page.locator("main [name=interpreter]").first.is_checked()
    assert page.is_checked("main [name=childcare]")
    mother.send()


def gives_an_address(stage: Stage, mother: Visitor) -> None:
    """Mistype the address, which is asked for again; what was right stays."""
    assert on_step(mother) == "contact"
    mother.send(email="suad@example", phone="٠١٥١ ٢٣٤٥٦٧٨")
    assert mother.page.locator(".jf-summary li").count() == 1
    assert mother.page.input_value("main [name=email]") == "suad@example"
    mother.send(email=EMAIL)
    assert "0151 2345678" in mother.text()


def sends_the_summary(mother: Visitor) -> None:
    """Read all that was said, correct one answer, agree, and send it."""
    page = mother.page
    assert on_step(mother) == "summary"
    for words in (*(latin for _own, latin in PEOPLE), "12:00", "14:00", EMAIL):
        assert words in mother.text()
    mother.press(page.locator("a[href$='/register/work']"))
    page.select_option("main [name=adults-0-german_level]", GermanLevel.B1.value)
    mother.send()
    assert on_step(mother) == "summary"
    page.check("main [name=consent]")
    mother.send()
    assert "/my/" in page.url


def takes_papers_along(stage: Stage, mother: Visitor) -> None:
    """Have codes on the screen, the sheet, the calendar file, and all of it in a mail."""
    page = mother.page
    own = page.url
    codes = read_codes(stage, mother, "10:00")
    print_sheet(stage, mother, codes)
    mail = stage.mail(EMAIL, "confirmation")
    assert own in words_in(mail).split()
    papers = {part.get_content_type(): part.get_content() for part in mail.iter_attachments()}
    (picture,) = pictures_of(papers["application/pdf"])
    assert own in codes_on(picture)
    link = page.locator("a[href$='calendar.ics']").get_attribute("href") or ""
    served = page.request.get(stage.url(link)).text()
    for calendar in (served, papers["text/calendar"]):
        (fair, out, back) = Calendar.from_ical(calendar).walk("VEVENT")
        assert [one.decoded("dtstart") for one in (fair, out, back)] == [at(12), at(10), at(15)]
        assert fair["url"] == own


def sees_what_is_stored(mother: Visitor) -> None:
    """Find everything that was said on the page of what is stored, and in the file."""
    page = mother.page
    mother.press(page.locator("a[href$='/data']"))
    for words in (PEOPLE[0][0], FAMILY[1], EMAIL):
        assert words in mother.text()
    link = page.locator("a[href$='data.json']").get_attribute("href") or ""
    stored = page.request.get(f"{mother.home}{link}")
    assert NeedKind.CHILDCARE.value in json.dumps(stored.json())
