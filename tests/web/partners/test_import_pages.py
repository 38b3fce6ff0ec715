"""The pages of lists: hand in, look, save, mend; nothing typed is lost."""

import io
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.accounts.models import PartnerMember
from jobfair.accounts.rules import MemberKind
from jobfair.attendees.models import Attendee, Household
from jobfair.core.actor import Role
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from jobfair.partners.lists import read_file
from jobfair.partners.models import ImportList, ImportRow
from tests.client import Page, PageClient
from tests.factories import NOW, make_fair, make_partner, saved
from tests.unit.partners.workbooks import workbook

HEAD = "Familie;Vorname;Nachname;Wohnort;Sprache;E-Mail;Aktenzeichen\n"
PEOPLE = "".join(
    f"{n};Amal{'abcdefghijklmnopqrstuvwxyz'[n]};Haddad;Bramsche;ar;;A-{n}\n" for n in range(23)
)
FAULTY = "23;Max;Kurz;Nirgends;de;;A-23\n24;;Lang;Melle;de;max@;A-24\n"
LIST = HEAD + PEOPLE + FAULTY
AGREED = {"agreed": "y"}


@dataclass
class Lists:
    """A browser at the pages of lists; `root` is where they are."""

    page: PageClient
    fair: Fair
    root: str

    def hand_in(self, content: bytes | None = None, *, text: str = "", status: int = 200) -> Page:
        shown = self.page.get(self.root)
        data: dict[str, Any] = {"csrf_token": shown.csrf_token, "text": text}
        if content is not None:
            data["file"] = (io.BytesIO(content), "liste.csv")
        return self.page.post(self.root, data, status=status)


@pytest.fixture(params=["partner", "desk"])
def lists(request: pytest.FixtureRequest, page: PageClient) -> Lists:
    """Give the pages as a volunteer sees them, and as the organiser does."""
    fair = make_fair()
    page.get("/?lang=en")
    if request.param == "desk":
        page.sign_in(Role.ORGANISER)
        return Lists(page, fair, f"/desk/{fair.slug}/lists")
    volunteer(page, fair)
    return Lists(page, fair, f"/partner/{fair.slug}/lists")


def volunteer(page: PageClient, fair: Fair) -> PartnerMember:
    """Have a new volunteer of a partner of their own signed in."""
    user, partner = page.sign_in(Role.PARTNER, fair.id), make_partner(fair)
    return saved(
        PartnerMember(
            fair_id=fair.id,
            partner_id=partner.id,
            user_id=user.id,
            kind=MemberKind.VOLUNTEER,
            created_at=NOW,
        )
    )


def people() -> list[str]:
    return list(session().scalars(sa.select(Attendee.given_name).order_by(Attendee.id)))


def test_twenty_five_with_two_faults(lists: Lists) -> None:
    shown = lists.hand_in(LIST.encode("cp1252"))
    assert "Good households 23" in shown.text
    assert "Not taken over: Aktenzeichen" in shown.text
    assert people() == []
    lists.page.submit("save", AGREED, button="Save 23 good households")
    assert len(people()) == 23
    lists.page.follow("Mend 2 drafts")


def test_pages_say_what_is_wrong_at_the_cell(lists: Lists) -> None:
    shown = lists.hand_in(LIST.encode())
    for words in ("Nirgends We don't know this place.", "max@ Please check the e-mail address"):
        assert words in shown.text
    assert "Please write the first name." in shown.text


def test_a_draft_is_mended_in_place(lists: Lists) -> None:
    lists.hand_in(LIST.encode())
    lists.page.submit("save", AGREED)
    drafts = lists.page.follow("Mend")
    assert drafts.text.count("We don't know this place.") == 1
    still = lists.page.submit("draft-25", {"rows-25-place": "Nirgendwo"}, status=422)
    assert "Nirgendwo" in str([e.get("value") for e in still.root.all("input")])
    assert still.root.all("div", role="alert")
    done = lists.page.submit("draft-25", {"rows-25-place": "Bad Laer"})
    assert "The household is registered." in done.text
    assert people()[-1] == "Max"
    lists.page.submit("draft-26", {"rows-26-given": "Eva", "rows-26-email": ""})
    assert people()[-1] == "Eva"
    assert "All rows of the list are registered." in lists.page.get(done.url).text


def test_a_draft_is_dropped(lists: Lists) -> None:
    lists.hand_in(LIST.encode())
    lists.page.submit("save", AGREED)
    lists.page.follow("Mend")
    shown = lists.page.submit("drop-25")
    assert "1 draft is deleted." in shown.text
    assert "Nirgends" not in shown.text


def test_consent_is_asked_for(lists: Lists) -> None:
    lists.hand_in(LIST.encode())
    refused = lists.page.submit("save", {"agreed": None}, status=422)
    assert "Please ask them first" in refused.text
    assert people() == []


def test_a_list_that_is_refused_keeps_what_was_pasted(lists: Lists) -> None:
    refused = lists.hand_in(text="Vorname;Nachname", status=422)
    assert "nobody below them" in refused.text
    assert "Vorname;Nachname" in refused.root.all("textarea")[0].text
    assert "Please choose a file or paste a list." in lists.hand_in(status=422).text
    both = lists.hand_in(b"Amal Haddad", text="Max Kurz", status=422)
    assert "not both" in both.text
    assert "Max Kurz" in both.root.all("textarea")[0].text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n", "This is no spreadsheet."),
        (b"Name\n" + b"Amal\n" * 50_000, "more than 2000 rows"),
        (workbook([["x"] * 300]), "more than 60 columns"),
    ],
)
def test_files_that_are_no_lists_are_refused(lists: Lists, content: bytes, words: str) -> None:
    assert words in lists.hand_in(content, status=422).text
    assert session().scalar(sa.select(sa.func.count()).select_from(ImportList)) == 0


def test_a_file_that_is_too_large_is_refused_in_the_form(lists: Lists) -> None:
    token = lists.page.get(lists.root).csrf_token
    parts = (("csrf_token", token), ("text", ""), ('file"; filename="liste.csv', "x" * 3_000_000))
    head = '--b\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    body = "".join(head.format(*part) for part in parts) + "--b--\r\n"
    refused = lists.page.open(
        lists.root,
        method="POST",
        data=body.encode(),  # as one piece: the client would keep a temporary file open
        content_type="multipart/form-data; boundary=b",
    )
    assert refused.status_code == 422
    assert "larger than 2 MB" in refused.get_data(as_text=True)


def test_columns_can_be_said_anew(lists: Lists) -> None:
    shown = lists.hand_in(text="الاسم\tاللقب\nأمل\tحداد\n")
    assert "Good households 0" in shown.text
    said = {"columns-0": "given", "columns-1": "given", "place": "03459014", "lang": "ar"}
    twice = lists.page.submit("reading", said, status=422)
    assert twice.text.count("Two columns can't say the same.") >= 2
    read = lists.page.submit("reading", {**said, "columns-1": "family", "heading": "y"})
    assert "Good households 1" in read.text
    assert "Amal Haddad أمل حداد" in read.text


def test_names_that_could_be_markup_are_text(lists: Lists) -> None:
    lists.hand_in(text="<script>alert(1)</script>\n")
    assert lists.page.last is not None
    assert "<script>alert(1)" in lists.page.last.text


def test_a_list_can_be_deleted(lists: Lists) -> None:
    lists.hand_in(LIST.encode())
    shown = lists.page.submit("delete")
    assert "The list is deleted." in shown.text
    assert session().scalar(sa.select(sa.func.count()).select_from(ImportRow)) == 0


def test_templates_are_lists_that_we_read(lists: Lists) -> None:
    for kind in ("xlsx", "csv"):
        answer = lists.page.get(f"{lists.root}/template.{kind}").response
        assert "attachment" in answer.headers["Content-Disposition"]
        assert len(read_file(answer.get_data()).rows) == 1
    lists.page.get(f"{lists.root}/template.exe", status=404)


def test_a_list_of_others_is_unknown(lists: Lists, app: Flask) -> None:
    lists.hand_in(LIST.encode())
    assert lists.page.last is not None
    url = lists.page.last.url
    other = PageClient(app)
    volunteer(other, lists.fair)
    token = other.get(f"/partner/{lists.fair.slug}/lists").csrf_token
    theirs = url.replace("/desk/", "/partner/")
    for end in ("", "/drafts"):
        other.get(theirs + end, status=404)
    for end in ("", "/save", "/drop", "/drafts", "/drafts/drop"):
        other.post(theirs + end, {"csrf_token": token, **AGREED}, status=404)
    assert people() == []


def test_whoever_has_no_part_in_the_fair_is_sent_away(app: Flask) -> None:
    fair, other = make_fair(), make_fair()
    browser = PageClient(app)
    volunteer(browser, other)
    browser.get(f"/partner/{fair.slug}/lists", status=403)
    browser.get(f"/desk/{fair.slug}/lists", status=403)


def test_a_member_whose_rights_ended_registers_nobody(app: Flask) -> None:
    fair, browser = make_fair(), PageClient(app)
    member = volunteer(browser, fair)
    lists = Lists(browser, fair, f"/partner/{fair.slug}/lists")
    lists.hand_in(LIST.encode())
    with transaction() as current:
        current.delete(current.merge(member))
    browser.submit("save", AGREED, status=403)
    assert session().scalar(sa.select(sa.func.count()).select_from(Household)) == 0


def test_rows_that_cannot_be_are_not_dropped(lists: Lists) -> None:
    lists.hand_in(LIST.encode())
    added = session().scalars(sa.select(ImportList)).one()
    sent = {"csrf_token": lists.page.get(lists.root).csrf_token, "number": ["9" * 25, "-1", "²"]}
    answer = lists.page.open(f"{lists.root}/{added.id}/drafts/drop", method="POST", data=sent)
    assert answer.status_code == 302
    assert session().scalar(sa.select(sa.func.count()).select_from(ImportRow)) == 25
