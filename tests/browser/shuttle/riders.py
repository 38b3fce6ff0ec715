"""What households do that wish to ride: ask, wait, answer, give their seats back."""

from tests.browser.day.household import pass_over
from tests.browser.day.organiser import BRAMSCHE
from tests.browser.papers import words_of
from tests.browser.shuttle.planning import FIRST, HINT, SECOND, WALLENHORST
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor

FAMILY, LATIN_FAMILY = "الحسن", "Al-Hasan"
MOTHER, SON = "Suad", "Yusuf"
MUNICIPALITIES = {FIRST: BRAMSCHE, SECOND: WALLENHORST}


def register_family(stage: Stage) -> Visitor:
    """Have a mother and her son ask for the bus in Arabic, before there is a timetable."""
    mother = stage.visitor("ar", scripts=False, also=("de",))
    page = mother.page
    mother.open(stage.url("/FAIR/register"))
    page.locator("button[value=child]").click()
    names = {"people-0-given": "سعاد", "people-1-given": "يوسف"}
    mother.send(**names, **{f"people-{n}-family": FAMILY for n in range(2)})
    latin = {f"people-{n}-latin_given": name for n, name in enumerate((MOTHER, SON))}
    mother.send(**latin, **{f"people-{n}-latin_family": LATIN_FAMILY for n in range(2)})
    ask_for_bus(mother, FIRST)
    pass_over(mother, "work", "needs", "contact")
    agree(mother)
    assert mother.page.locator("#wait").count() == 1
    return mother


def register_one(stage: Stage, given: str, stop: str, *, hurried: bool = True) -> Visitor:
    """Have somebody ask for the bus from that stop, on the way to the last question."""
    visitor = stage.visitor(scripts=False, also=("uk",))
    visitor.hurried = hurried
    visitor.open(stage.url("/FAIR/register"))
    visitor.send(**{"people-0-given": given, "people-0-family": "Nachbar"})
    ask_for_bus(visitor, stop)
    pass_over(visitor, "work", "needs")
    visitor.send(email=email_of(given))
    return visitor


def email_of(given: str) -> str:
    """Return where somebody of that name reads mails."""
    return f"{given.lower()}@example.org"


def ask_for_bus(visitor: Visitor, stop: str) -> None:
    """Answer the two questions: where from, and when, which is asked where there is a choice."""
    page = visitor.page
    page.select_option("main [name=municipality]", MUNICIPALITIES[stop])
    visitor.send()
    assert page.locator("main [name=stop]:checked").count() == 0
    page.locator("label.jf-choice:has([name=stop])", has_text=stop).locator("input").check()
    for first in page.locator("main [name=arrive]").all()[:1]:
        first.check()
    visitor.send()


def agree(visitor: Visitor) -> None:
    """Agree to what is stored, and send all."""
    visitor.page.check("main [name=consent]")
    visitor.send()
    assert "/my/" in visitor.page.url


def look_again(visitor: Visitor) -> None:
    """Load the household's own page anew."""
    visitor.open(visitor.page.url.split("#")[0])


def is_seated(visitor: Visitor, stop: str) -> None:
    """Assert that the household finds its seats both ways on its page and its papers."""
    page = visitor.page
    look_again(visitor)
    for way in ("out", "back"):
        assert stop in page.locator(f"section:has(#{way})").inner_text()
    assert page.locator("#wait").count() == 0
    answer = page.request.get(f"{page.url}/badges.pdf")
    assert stop in words_of(answer.body())
    if stop == FIRST:
        assert HINT in visitor.text()


def hears_of_seats(stage: Stage, visitor: Visitor, given: str, stop: str) -> None:
    """Have the mail about seats come, whose link leads to the household's page."""
    assert stage.mailed_link(email_of(given), "seats_found") == visitor.page.url
    is_seated(visitor, stop)


def finds_no_seat(visitor: Visitor) -> None:
    """Read before sending that the places at the fair are kept; then wait as the first one."""
    banner = visitor.page.locator("main .jf-banner--wait")
    assert banner.count() == 1
    told = banner.inner_text()
    agree(visitor)
    waits = visitor.page.locator("section:has(#wait)").inner_text()
    kept = visitor.page.locator("section:has(#wait) p").all_inner_texts()
    assert any(words in told for words in kept), "the places at the fair are kept"
    assert "1" in waits
    assert visitor.page.locator("#code").count() == 1


def gives_seat_back(visitor: Visitor) -> None:
    """Do without the bus, with one tap from the own page, and keep the place at the fair."""
    visitor.press(visitor.page.locator("main a[href$='/bus/cancel']"))
    visitor.press(visitor.page.locator("main button[type=submit]"))
    assert visitor.page.locator("#out, #back, #wait").count() == 0
    assert visitor.page.locator("#code").count() == 1


def reads_delay(visitor: Visitor, minutes: int) -> None:
    """Find on the own page that the bus to the fair is late."""
    look_again(visitor)
    told = visitor.page.locator("section:has(#out) .jf-state--wait").first
    assert str(minutes) in told.inner_text()
