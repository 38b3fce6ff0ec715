"""What is stored about a household, and the link that it has lost."""

import json
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.booking.disclosure import TABLES
from jobfair.core.db import Base, session
from jobfair.fairs.models import Fair
from jobfair.mail.models import OutboxMail
from jobfair.privacy.registry import Subject, holders_of
from jobfair.shuttle.models import Stop
from tests.client import Page, PageClient

Walk = Callable[..., Page]
ADDRESS = "amal@example.org"
SAYS_NOTHING = {
    "id",
    "fair_id",
    "household_id",
    "attendee_id",
    "request_id",
    "departure_id",
    "device_id",
    "room_id",
    "list_id",
    "mail_id",
    "user_id",
    "told_by",
    "registered_by",
    "subject_kind",
    "subject_id",
    "submission_key",
    "once_key",
    "link_version",
    "erased_at",
    "changed_at",
    "position",
    "back_wave",
    "out_wave",
    "offer_id",
}
OTHER_WORDS = {
    "conflict": {"kind", "scan_id", "other_id", "resolved_by", "resolved_on"},
    "consent": {"text"},
    "import_row": {"data"},
    "notice": {"kind", "channel", "lang"},
    "offer": {"kind"},
    "outbox_mail": {"kind", "lang", "html", "attachments", "not_before", "attempts", "last_error"},
    "registration_draft": {"data"},
    "scan": {
        "direction",
        "outcome",
        "since_at",
        "since_station",
        "device_at",
        "received_at",
        "counts",
        "decided",
        "offline",
        "passed",
        "conflict",
    },
}


@pytest.fixture
def mine(register: Walk, fair: Fair) -> str:
    return register(("Amal", "Haddad"), ("Lina", "Haddad"), lang="en", email=ADDRESS).url


def test_every_field_is_shown_or_says_nothing(app: Flask) -> None:
    """A new column of a household's table has words, or a reason to have none."""
    for holder in holders_of(Subject.HOUSEHOLD):
        columns = {c.name for c in Base.metadata.tables[holder.table].columns}
        silent = SAYS_NOTHING | OTHER_WORDS.get(holder.table, set())
        unexplained = {c for c in columns if not c.endswith("_hash")} - silent
        assert unexplained == set(TABLES[holder.table].labels), holder.table


def test_page_shows_people_mails_and_consent(page: PageClient, mine: str) -> None:
    page.get(mine)
    shown = page.follow("What is stored about you")
    for words in ("Amal", "Lina", ADDRESS, "Mails to you", "Your consent", "Badges", "Bramsche"):
        assert words in shown.text
    assert "submission" not in shown.text


def test_ride_and_stop_are_named(page: PageClient, mine: str, bramsche: Stop) -> None:
    page.get(f"{mine}/change/bus")
    page.submit(fields={"ways": "both", "stop": str(bramsche.id), "back": "0"})
    shown = page.get(f"{mine}/data")
    assert "Bramsche, Bahnhof" in shown.text
    assert "There and back" in shown.text


@pytest.mark.parametrize("lang", ["de", "ar", "uk"])
def test_page_in_other_languages(page: PageClient, mine: str, lang: str) -> None:
    page.get(f"{mine}/data?lang={lang}")
    page.get(f"{mine}/delete?lang={lang}")


def test_file_holds_the_same(page: PageClient, mine: str) -> None:
    answer = page.open(f"{mine}/data.json")
    stored = json.loads(answer.data)
    assert [person["given_name"] for person in stored["attendee"]] == ["Amal", "Lina"]
    assert stored["outbox_mail"][0]["recipient"] == ADDRESS
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    assert page.open("/my/forged/data.json").status_code == 404


def test_lost_link_is_sent_to_its_address_only(page: PageClient, fair: Fair, mine: str) -> None:
    page.get("/osnabrueck-2026?lang=en")
    page.follow("I have lost my link")
    known = page.submit(fields={"email": ADDRESS.upper()})
    assert "the link is on its way" in known.text
    mails = session().scalars(sa.select(OutboxMail).where(OutboxMail.kind == "link")).all()
    assert [mail.recipient for mail in mails] == [ADDRESS]
    assert mine.rpartition("/")[2] in mails[0].text
    unknown = page.submit(fields={"email": "nobody@example.org"})
    assert unknown.text == known.text
    assert len(session().scalars(sa.select(OutboxMail)).all()) == 2


def test_lost_link_needs_an_address(page: PageClient, fair: Fair) -> None:
    page.get("/osnabrueck-2026/lost-link?lang=en")
    assert "ask whoever registered you" in page.submit(status=422).text
    page.submit(fields={"email": "amal@"}, status=422)


def test_lost_link_can_not_fill_a_mailbox(limited: Flask, fair: Fair) -> None:
    browser = PageClient(limited)
    token = browser.get("/osnabrueck-2026/lost-link").csrf_token
    sent = {"csrf_token": token, "email": ADDRESS}
    answers = [
        browser.open("/osnabrueck-2026/lost-link", method="POST", data=sent).status_code
        for _ in range(7)
    ]
    assert answers == [302] * 5 + [429] * 2


def test_dead_link_says_where_to_get_a_new_one(page: PageClient, fair: Fair) -> None:
    assert "You have lost your link?" in page.get("/my/forged?lang=en", 404).text
