"""A second fair: made from an earlier one, hung up as a poster, cancelled, and everybody told."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload

from tests.browser.booking.setting import (
    DAY,
    fair_to_come,
    organiser_of,
    register,
    windows_of,
)
from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.papers import codes_on, pictures_of, words_in, words_of
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
NAME, SLUG = "#JobsForYou Melle", f"melle-{DAY.year}"
A3 = (842, 1191)
GERMAN, ARABIC = "Der Saal ist überschwemmt.", "غمرت المياه القاعة."
PHONE = "0151 2345678"


def test_a_fair_is_copied_hung_up_and_cancelled(
    live_server: LiveServer, worker: None, browser_context: ContextMaker
) -> None:
    earlier = fair_to_come("quakenbrueck", name="#JobsForYou Quakenbrück")
    windows_of(earlier, 60, 40)
    stage = Stage(live_server, browser_context, earlier.slug)
    organiser = organiser_of(stage)
    makes_a_fair_from_the_earlier_one(stage, organiser)
    prints_poster_and_flyer(stage, organiser)
    mailed, called, late = stage.visitor(also=("ar",)), stage.visitor("ar"), stage.visitor()
    register(stage, mailed, "Mina", email="mina@example.org")
    register(stage, called, "Karam", phone=PHONE)
    late.open(stage.url("/FAIR/register"))
    cancels_the_fair(stage, organiser)
    everybody_sees_it(stage, mailed, called, late)
    the_desk_calls_who_has_no_mail(stage, organiser)


def makes_a_fair_from_the_earlier_one(stage: Stage, organiser: Visitor) -> None:
    """Have the copy be there with the windows of the earlier fair, and open it."""
    page = organiser.page
    organiser.open(stage.url("/desk/"))
    organiser.press(page.locator(f"a[href='/desk/{stage.slug}/copy']"))
    organiser.send(name=NAME)
    assert page.locator(".jf-summary li").count() == 1
    organiser.send(name=NAME, slug=SLUG, day=f"{DAY:%Y-%m-%d}")
    stage.slug = SLUG
    organiser.open(stage.url("/desk/FAIR/settings/windows"))
    assert page.locator("tbody tr").count() == 2
    page.goto(stage.url("/desk/FAIR"))
    organiser.press(page.locator("#move-open button"))


def prints_poster_and_flyer(stage: Stage, organiser: Visitor) -> None:
    """Have papers with a sponsor, whose code leads to the page of the fair."""
    page = organiser.page
    organiser.open(stage.url("/desk/FAIR/publicity"))
    page.set_input_files("main [name=logo]", logo())
    organiser.send(name="Sparkasse Melle")
    assert "Sparkasse Melle" in organiser.text()
    poster = printed(stage, organiser, "poster.pdf")
    (picture,) = pictures_of(poster, scale=1)
    assert picture.size == A3
    assert codes_on(picture) == {stage.url("/FAIR")}
    assert NAME in words_of(poster)
    flyer = pictures_of(printed(stage, organiser, "flyer-ar.pdf"))
    assert len(flyer) == 2
    assert stage.url("/FAIR") in codes_on(flyer[0])


def cancels_the_fair(stage: Stage, organiser: Visitor) -> None:
    """Mistype the name, which cancels nothing; then cancel, in two languages."""
    page = organiser.page
    organiser.open(stage.url("/desk/FAIR/settings"))
    organiser.press(page.locator("a[href$='/call-off']"))
    page.fill("main [name=news_de]", GERMAN)
    page.fill("main [name=news_ar]", ARABIC)
    page.fill("main [name=name]", "#JobsForYou")
    organiser.press(page.locator("#call-off button"))
    assert page.locator(".jf-summary li").count() == 1
    assert page.input_value("main [name=news_ar]") == ARABIC
    page.fill("main [name=name]", NAME)
    organiser.press(page.locator("#call-off button"))
    assert page.url == stage.url("/desk/FAIR")
    assert GERMAN in organiser.text()


def everybody_sees_it(stage: Stage, mailed: Visitor, called: Visitor, late: Visitor) -> None:
    """Find the organiser's words in the mail, on the own pages, and where one registers."""
    mail = stage.mail("mina@example.org", "fair_cancelled")
    assert GERMAN in words_in(mail)
    assert [part.get_content_type() for part in mail.iter_attachments()] == ["text/calendar"]
    for visitor, words in ((mailed, GERMAN), (called, ARABIC)):
        visitor.open(visitor.page.url)
        assert words in visitor.text()
        assert visitor.page.locator(".jf-code").count() == 0
    late.send(**{"people-0-given": "Lena"})
    assert GERMAN in late.text()
    assert late.page.locator("main form").count() == 0
    mailed.open(stage.url("/FAIR"))
    assert GERMAN in mailed.text()
    assert mailed.page.locator("a[href$='/register']").count() == 0
    mailed.open(stage.url("/"))
    card = mailed.page.locator(f"main a[href$='{SLUG}']").first
    assert card.count() == 1


def the_desk_calls_who_has_no_mail(stage: Stage, organiser: Visitor) -> None:
    """Have Karam on the list with words in both languages, and told; nobody else is on it."""
    page = organiser.page
    organiser.open(stage.url("/desk/FAIR/tell"))
    row = page.locator(".jf-tell > li")
    assert row.count() == 1
    for words in ("Karam", PHONE, ARABIC, GERMAN):
        assert words in row.inner_text()
    assert row.locator("a[href^='tel:']").count() == 1
    message = row.locator("a[href^='sms:']").get_attribute("href") or ""
    assert message.startswith("sms:+49")
    organiser.press(row.locator("form[action$='/told'] button"))
    assert row.count() == 0
    organiser.open(stage.url("/desk/FAIR"))
    assert page.locator("#progress").count() == 1


def printed(stage: Stage, organiser: Visitor, name: str) -> bytes:
    """Return the paper behind the link of that name."""
    link = organiser.page.locator(f"main a[href$='{name}']").get_attribute("href") or ""
    answer = organiser.page.request.get(stage.url(link))
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def logo() -> FilePayload:
    """Return a picture as a sponsor sends it."""
    picture = BytesIO()
    Image.new("RGB", (400, 120), "#00457c").save(picture, "PNG")
    return {"name": "logo.png", "mimeType": "image/png", "buffer": picture.getvalue()}
