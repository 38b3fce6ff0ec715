"""What households do, without scripts: they register, and keep their codes."""

from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlsplit

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator

from jobfair.core.codes import group_code
from tests.browser.day.organiser import BRAMSCHE, STOP
from tests.browser.papers import badges_on, pictures_of, words_of
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor

LATIN_FAMILY = "Al-Hasan"
FAMILY = "الحسن"
MOTHER, SON, DAUGHTER = "سعاد", "يوسف", "ليلى"
QR_LEAST = 200


@dataclass(frozen=True)
class Papers:
    """What the mother takes along: the codes of all three, and her badge as printed."""

    codes: tuple[str, ...]
    badge: Image.Image


def register_family(stage: Stage) -> Visitor:
    """Have a mother register herself and two children in Arabic, without e-mail."""
    mother = stage.visitor("ar", scripts=False, also=("de",))
    page = mother.page
    mother.open(stage.url("/"))
    mother.press(page.locator(f"a[href='/{stage.slug}']").last)
    assert "عمل يناسبكم." in mother.text()
    mother.press(page.locator(f"a[href='/{stage.slug}/register']").first)
    mother.send()
    assert page.locator(".jf-summary").count() == 1
    page.locator("button[value=child]").click()
    page.locator("button[value=child]").click()
    names = {f"people-{n}-given": name for n, name in enumerate((MOTHER, SON, DAUGHTER))}
    families = {f"people-{n}-family": FAMILY for n in range(3)}
    mother.send(**names, **families, **{"people-0-birth_year": "١٩٨٨"})
    assert page.input_value("main [name=people-0-latin_given]").isascii()
    mother.send(**{f"people-{n}-latin_family": LATIN_FAMILY for n in range(3)})
    return mother


def choose_rides(visitor: Visitor) -> None:
    """Say that the household lives in Bramsche and wishes to ride from there and back."""
    page = visitor.page
    page.select_option("main [name=municipality]", BRAMSCHE)
    visitor.send()
    assert STOP in visitor.text()
    visitor.send()
    assert page.locator(".jf-summary li").count() == 1
    page.locator("main [name=stop]").first.check()
    visitor.send()


def pass_over(visitor: Visitor, *steps: str) -> None:
    """Leave the questions of these steps unanswered."""
    for step in steps:
        assert urlsplit(visitor.page.url).path.endswith(f"/register/{step}")
        visitor.send()


def consent(stage: Stage, visitor: Visitor) -> None:
    """Read the privacy notice and agree; without that nothing is stored."""
    page = visitor.page
    here = page.url
    visitor.send()
    assert page.url == here
    assert page.locator(".jf-summary li").count() == 1
    visitor.open(stage.url("/privacy"))
    page.goto(here)
    page.check("main [name=consent]")
    visitor.send()
    assert "/my/" in page.url, visitor.text()


def register_neighbour(stage: Stage) -> Visitor:
    """Have somebody register for whom there is no seat on the bus any more."""
    neighbour = stage.visitor(scripts=False, also=("ar",))
    neighbour.hurried = True
    neighbour.open(stage.url("/FAIR/register"))
    neighbour.send(**{"people-0-given": "Nadia", "people-0-family": "Nachbar"})
    choose_rides(neighbour)
    pass_over(neighbour, "work", "needs")
    neighbour.send(email="nadia@example.org")
    neighbour.page.check("main [name=consent]")
    neighbour.send()
    assert neighbour.page.locator("#wait").count() == 1
    assert neighbour.page.locator("#out").count() == 0
    neighbour.look()
    assert stage.mailed_link("nadia@example.org", "confirmation") == neighbour.page.url
    return neighbour


def read_codes(stage: Stage, mother: Visitor, leaves: str) -> tuple[str, ...]:
    """Read the QR codes from the screen, as a camera would; return what is printed below them."""
    page = mother.page
    assert "تم تسجيلكم" in mother.text()
    for summary in page.locator(".jf-ticket summary").all():
        summary.click()
    mother.look()
    tickets = page.locator(".jf-ticket__qr").all()
    codes = tuple(ticket.locator(".jf-code").inner_text() for ticket in tickets)
    for ticket, code in zip(tickets, codes, strict=True):
        assert _read(ticket.locator("svg")) == _address(stage, code)
    assert leaves in mother.text()
    assert STOP in mother.text()
    return codes


def print_sheet(stage: Stage, mother: Visitor, codes: tuple[str, ...]) -> Papers:
    """Download the sheet and read every badge on it."""
    link = mother.page.locator("a[href$='badges.pdf']")
    answer = mother.page.request.get(stage.url(link.get_attribute("href") or ""))
    assert answer.headers["content-type"] == "application/pdf"
    (picture,) = pictures_of(answer.body())
    badges = badges_on(picture)
    assert set(badges) == {_address(stage, code) for code in codes}
    assert LATIN_FAMILY in words_of(answer.body())
    return Papers(codes, badges[_address(stage, codes[0])])


def look_around(stage: Stage, mother: Visitor, papers: Papers) -> None:
    """See what is linked from the pages, and what isn't there."""
    own = mother.page.url
    code = papers.codes[0].replace(" ", "")
    paths = ("/FAIR/shuttle", "/imprint", "/accessibility", f"/B/{code}", "/nothing-2000")
    for address in (f"{own}/cancel", f"{own}/cancel/2", *map(stage.url, paths)):
        mother.open(address)


def _read(drawing: Locator) -> str:
    """Return what a code on the screen says, which is large and on white."""
    box = drawing.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= QR_LEAST
    shot = Image.open(BytesIO(drawing.screenshot())).convert("L")
    assert shot.getpixel((4, 4)) == 255
    (code,) = zxingcpp.read_barcodes(shot)
    return code.text


def _address(stage: Stage, code: str) -> str:
    bare = code.replace(" ", "")
    assert group_code(bare) == code
    return f"{stage.server.url}/B/{bare}".upper()
