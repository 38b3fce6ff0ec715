"""Somebody without e-mail comes through a counsellor: one page, a sheet, and a word of mouth."""

from urllib.parse import unquote

import pytest

from jobfair.accounts.rules import MemberKind, PartnerKind
from jobfair.core.codes import group_code
from tests.browser.booking.setting import fair_to_come
from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.day.organiser import BRAMSCHE
from tests.browser.papers import codes_on, pictures_of
from tests.browser.stage import DESK, Stage
from tests.browser.visitor import Visitor
from tests.factories import make_member, make_partner, make_user

pytestmark = pytest.mark.browser
EMAIL, PHONE = "beate@jobcenter.example", "0151 2345678"
FATHER, DAUGHTER, FAMILY = "محمد", "نور", "الأحمد"


def test_somebody_without_mail_comes_through_a_counsellor(
    live_server: LiveServer, worker: None, browser_context: ContextMaker
) -> None:
    fair = fair_to_come("georgsmarienhuette")
    partner = make_partner(fair, name="Jobcenter Georgsmarienhütte", kind=PartnerKind.JOB_CENTRE)
    make_member(partner, make_user(email=EMAIL, name="Beate Berg"), kind=MemberKind.COUNSELLOR)
    stage = Stage(live_server, browser_context, fair.slug)
    counsellor = signs_in(stage)
    registers_on_one_page(stage, counsellor)
    lost, _codes = prints_the_sheet(stage, counsellor)
    makes_a_new_link(counsellor)
    own, codes = prints_the_sheet(stage, counsellor)
    assert own != lost
    tells_them(counsellor, own)
    father = stage.visitor("ar", scripts=False)
    father.open(lost)
    assert codes_of(father) == set()
    father.open(own)
    assert codes_of(father) == codes


def signs_in(stage: Stage) -> Visitor:
    """Have the counsellor come in by a mailed link, straight to her people."""
    counsellor = stage.visitor(size=DESK)
    counsellor.open(stage.url("/partner/"))
    counsellor.page.fill("main [name=email]", EMAIL)
    counsellor.press(counsellor.page.locator("button[formaction]"))
    counsellor.open(stage.mailed_link(EMAIL, "link_sign_in"))
    counsellor.send()
    assert counsellor.page.url == stage.url("/partner/FAIR/")
    return counsellor


def registers_on_one_page(stage: Stage, counsellor: Visitor) -> None:
    """Forget to ask for the consent, which is noticed; nothing typed is lost."""
    page = counsellor.page
    counsellor.press(page.locator("main a[href$='/people/new']").first)
    page.check("main [name=people-1-child]")
    page.select_option("main [name=municipality]", BRAMSCHE)
    page.select_option("main [name=lang]", "ar")
    counsellor.send(
        **{
            "people-0-given_name": FATHER,
            "people-0-family_name": FAMILY,
            "people-1-given_name": DAUGHTER,
            "people-1-family_name": FAMILY,
            "phone": PHONE,
        }
    )
    assert page.locator(".jf-summary li").count() == 1
    assert page.input_value("main [name=people-1-given_name]") == DAUGHTER
    page.check("main [name=consent]")
    counsellor.send()
    assert page.locator("main [name=people-0-own_given_name]").input_value() == FATHER


def prints_the_sheet(stage: Stage, counsellor: Visitor) -> tuple[str, set[str]]:
    """Return what the QR codes on the paper say: the own page, and the badges as printed."""
    link = counsellor.page.locator("a[href$='/sheet.pdf']").get_attribute("href") or ""
    answer = counsellor.page.request.get(stage.url(link))
    assert answer.headers["content-type"] == "application/pdf"
    (picture,) = pictures_of(answer.body())
    said = codes_on(picture)
    (own,) = (code for code in said if "/my/" in code)
    return own, {group_code(code.rpartition("/")[2]) for code in said - {own}}


def tells_them(counsellor: Visitor, own: str) -> None:
    """Have the family on the list with number and words in Arabic, and told."""
    page = counsellor.page
    counsellor.press(page.locator(".jf-nav a[href$='/tell']"))
    row = page.locator(".jf-tell > li")
    assert PHONE in row.inner_text()
    assert row.locator("[lang=ar]").count() == 1
    message = row.locator("a[href^='sms:']").get_attribute("href") or ""
    assert unquote(message).endswith(own)
    counsellor.press(row.locator("form[action$='/told'] button"))
    assert row.count() == 0
    assert page.locator("form[action$='/not-told']").count() == 1


def makes_a_new_link(counsellor: Visitor) -> None:
    """Have the sheet that is lost open nothing any more."""
    page = counsellor.page
    counsellor.press(page.locator("a[href$='/link']"))
    counsellor.press(page.locator("main form button[type=submit]").first)


def codes_of(visitor: Visitor) -> set[str]:
    """Return the badge codes that the page shows."""
    return set(visitor.page.locator(".jf-code").all_text_contents())
