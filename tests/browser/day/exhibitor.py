"""What a company does, without scripts: it applies, corrects, and says how it was."""

from jobfair.data.work import GermanLevel, Licence, WorkField
from jobfair.exhibitors.rules import ExhibitorKind
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor

EMAIL = "klara@tischlerei.example"
NAME = "Tischlerei Köhler"
OFFER = "Tischler/in für Möbelbau"


def apply(stage: Stage) -> Visitor:
    """Have the company apply; what it forgets is asked for, and nothing is lost."""
    company = stage.visitor(scripts=False, also=("ar",))
    page = company.page
    company.open(stage.url("/FAIR/exhibit"))
    company.send(name=NAME)
    assert page.input_value("main [name=name]") == NAME
    assert page.locator(".jf-summary li").count() > 1
    page.check(f"main [name=kind][value={ExhibitorKind.EMPLOYER.value}]")
    page.select_option("main [name=posting-field]", WorkField.CRAFTS.value)
    page.select_option("main [name=posting-german_level]", GermanLevel.A2.value)
    page.select_option("main [name=posting-licence]", Licence.B.value)
    page.check("main [name=needs][value=power]")
    offer = {"posting-title": OFFER, "posting-place": "Bramsche"}
    company.send(
        branch="Möbel",
        place="Bramsche",
        website="www.tischlerei.example",
        contact_name="Klara Köhler",
        contact_email=EMAIL,
        **offer,
    )
    return company


def confirm_and_correct(stage: Stage, company: Visitor) -> str:
    """Follow the link in the mail, confirm, correct the telephone; return the own page."""
    own = stage.mailed_link(EMAIL, "exhibitor.confirm")
    company.open(own)
    company.send()
    company.press(company.page.locator("a[href$='/edit']"))
    company.send(contact_phone="05461 12 34 56")
    assert "05461 12 34 56" in company.text()
    return own


def approve(stage: Stage, organiser: Visitor) -> None:
    """Have the organiser approve the company and give it a stand."""
    organiser.open(stage.url("/desk/FAIR"))
    organiser.open(stage.url("/desk/FAIR/exhibitors"))
    organiser.press(organiser.page.get_by_role("link", name=NAME))
    organiser.press(organiser.page.locator("button[value=approve]"))
    organiser.page.select_option("main [name=stand_id]", label="A1 (Foyer)")
    organiser.press(organiser.page.locator("form[action$='/stand'] button"))
    assert organiser.page.locator(".jf-stand").inner_text() == "A1"


def find_everywhere(stage: Stage, company: Visitor, own: str) -> None:
    """Find the company and its stand on its own page and on those that everybody sees."""
    for path in ("/FAIR", "/FAIR/exhibitors"):
        company.open(stage.url(path))
        assert all(words in company.text() for words in (NAME, OFFER, "A1"))
    company.open(own)
    assert "A1" in company.text()


def answer(stage: Stage, company: Visitor) -> None:
    """Answer the five questions behind the link in the mail."""
    company.open(stage.mailed_link(EMAIL, "feedback.invitation"))
    page = company.page
    company.send(comment="Gute Gespräche")
    assert page.input_value("main [name=comment]") == "Gute Gespräche"
    for choice in (
        "main [name=talks][value='6-10']",
        "main [name=fit][value='4']",
        "main [name=again][value=yes]",
    ):
        page.check(choice)
    page.check("main [name=lacking][value=german]")
    company.send(hires="2")
    assert "Vielen Dank" in company.text()
