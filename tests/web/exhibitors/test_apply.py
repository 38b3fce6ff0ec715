"""The way of an exhibitor: apply, confirm, correct, offer, withdraw."""

import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.core.actor import Role
from jobfair.core.db import session
from jobfair.exhibitors.models import Exhibitor
from jobfair.exhibitors.operations import url_of
from jobfair.exhibitors.rules import ExhibitorState
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.mail.models import OutboxMail
from tests.client import PageClient
from tests.factories import actor_of, make_exhibitor, make_fair, make_posting, make_stand, make_user

TYPED: dict[str, Any] = {
    "name": "Hasetal Pflege gGmbH",
    "kind": "employer",
    "branch": "Pflege",
    "place": "Bramsche",
    "website": "www.hasetal.example",
    "contact_name": "Sabine Hülsmeier",
    "contact_email": "Sabine@Hasetal.example",
    "contact_phone": "0541 501 0000",
    "posting-title": "Pflegehilfskraft",
    "posting-field": "care",
    "posting-place": "Bramsche",
    "posting-german_level": "A2",
    "posting-by_bus": "y",
    "posting-text": "Früh- und Spätdienst.\nEinarbeitung im Team.",
    "needs": ["power", "wifi"],
}


def everybody() -> list[Exhibitor]:
    """Return all exhibitors with their postings."""
    query = sa.select(Exhibitor).options(
        sa.orm.selectinload(Exhibitor.postings), sa.orm.joinedload(Exhibitor.stand)
    )
    session().expire_all()
    return list(session().scalars(query.order_by(Exhibitor.id)))


def mails(kind: str) -> list[OutboxMail]:
    """Return the mails of that kind, oldest first."""
    query = sa.select(OutboxMail).where(OutboxMail.kind == kind).order_by(OutboxMail.id)
    return list(session().scalars(query))


def link_in(mail: OutboxMail) -> str:
    """Return the path of the link in the mail."""
    found = re.search(r"https?://[^/\s]+(/exhibitor/\S+)", mail.text)
    assert found
    return found[1]


def applied(page: PageClient, fair: Fair, **typed: Any) -> str:
    """Apply, and return the path of the link in the mail."""
    page.get(f"/{fair.slug}/exhibit?lang=en")
    page.submit(0, TYPED | typed)
    return link_in(mails("exhibitor.confirm")[-1])


@pytest.mark.parametrize("lang", ["de", "en", "uk", "ar"])
def test_a_company_applies_without_a_password(page: PageClient, lang: str) -> None:
    fair = make_fair()
    page.get(f"/{fair.slug}/exhibit?lang={lang}")
    done = page.submit(0, TYPED)
    assert done.url.endswith(f"/{fair.slug}/exhibit/sent")
    (one,) = everybody()
    assert (one.state, one.lang, one.name) == (ExhibitorState.APPLIED, lang, TYPED["name"])
    assert (one.contact_email, one.website) == (
        "sabine@hasetal.example",
        "https://www.hasetal.example",
    )
    assert one.needs == ["power", "wifi"]
    assert one.postings[0].text == "Früh- und Spätdienst.\nEinarbeitung im Team."
    assert one.postings[0].by_bus
    assert [mail.lang for mail in mails("exhibitor.confirm")] == [lang]


def test_opening_the_link_changes_nothing_and_the_button_confirms(page: PageClient) -> None:
    link = applied(page, make_fair())
    page.get(link)
    assert everybody()[0].state is ExhibitorState.APPLIED
    shown = page.submit(0)
    assert shown.url == link or shown.url.endswith(link)
    assert "We are deciding" in shown.text
    one = everybody()[0]
    assert one.state is ExhibitorState.CONFIRMED
    assert one.user_id is not None
    assert len(mails("exhibitor.own_page")) == 1


def test_the_same_form_sent_twice_makes_one_exhibitor(page: PageClient) -> None:
    fair = make_fair()
    form = page.get(f"/{fair.slug}/exhibit")
    first = page.submit(0, TYPED)
    page.last = form
    second = page.submit(0, TYPED)
    assert first.url == second.url
    assert len(everybody()) == 1
    assert len(mails("exhibitor.confirm")) == 1


def test_a_wrong_address_can_be_corrected_by_going_back(page: PageClient) -> None:
    fair = make_fair()
    form = page.get(f"/{fair.slug}/exhibit")
    page.submit(0, TYPED | {"contact_email": "typo@hasetal.example"})
    old = link_in(mails("exhibitor.confirm")[0])
    page.last = form
    page.submit(0, TYPED | {"posting-title": "Pflegehelfer"})
    (one,) = everybody()
    assert one.contact_email == "sabine@hasetal.example"
    assert [posting.title for posting in one.postings] == ["Pflegehelfer"]
    assert [mail.recipient for mail in mails("exhibitor.confirm")] == [
        "typo@hasetal.example",
        "sabine@hasetal.example",
    ]
    page.get(old, status=404)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "x" * 10_000}, "shorter text"),
        ({"name": "   "}, "name of the organisation"),
        ({"branch": ""}, "what the organisation does"),
        ({"kind": None}, "choose what you are"),
        ({"contact_email": "sabine at hasetal"}, "check the e-mail address"),
        ({"contact_email": "a@b.de\nBcc: c@d.de"}, "check the e-mail address"),
        ({"contact_phone": "call me"}, "telephone number"),
        ({"website": "javascript:alert(1)"}, "check the website"),
        ({"posting-title": ""}, "what you offer"),
        ({"posting-field": ""}, "field of work"),
        ({"posting-german_level": ""}, "how much German"),
        ({"posting-text": "x" * 10_000}, "shorter text"),
    ],
)
def test_faults_are_named_and_nothing_typed_is_lost(
    page: PageClient, typed: dict[str, Any], words: str
) -> None:
    page.get(f"/{make_fair().slug}/exhibit?lang=en")
    again = page.submit(0, TYPED | typed, status=422)
    summary = again.root.all("div", class_="jf-summary")[0]
    assert words in summary.text
    assert "Sabine Hülsmeier" in [e.get("value") for e in again.root.all("input")]
    assert everybody() == []
    assert again.root.all("input", name="submission_key")[0].get("value")


def test_hostile_text_is_shown_as_text(page: PageClient) -> None:
    fair = make_fair()
    hostile = "<script>alert('x')</script>'; DROP TABLE exhibitor; --"
    link = applied(page, fair, **{"name": hostile, "posting-title": hostile})
    page.get(link)
    shown = page.submit(0)
    assert shown.text.count(hostile) >= 2
    assert all("alert" not in script.text for script in shown.root.all("script"))
    mail = mails("exhibitor.own_page")[0]
    assert "<script>" not in mail.html


def test_advice_needs_no_offer(page: PageClient) -> None:
    empty = {"title": "", "field": "", "place": "", "german_level": "", "by_bus": None, "text": ""}
    nothing = {f"posting-{name}": value for name, value in empty.items()}
    applied(page, make_fair(), kind="advice", **nothing)
    assert everybody()[0].postings == []


@pytest.mark.parametrize(
    ("phase", "status"),
    [
        (Phase.DRAFT, 404),
        (Phase.CLOSED, 422),
        (Phase.RUNNING, 422),
        (Phase.OVER, 422),
    ],
)
def test_nobody_applies_where_applications_are_not_open(
    page: PageClient, phase: Phase, status: int
) -> None:
    fair = make_fair(phase=phase)
    page.get(f"/{fair.slug}/exhibit", status=404 if status == 404 else 200)
    other = page.get(f"/{make_fair().slug}/exhibit")
    typed = {name: value for name, value in TYPED.items() if name != "needs"}
    page.post(f"/{fair.slug}/exhibit", typed | {"csrf_token": other.csrf_token}, status)
    assert everybody() == []


def test_a_form_without_token_is_shown_again(page: PageClient) -> None:
    page.get(f"/{make_fair().slug}/exhibit?lang=en")
    again = page.submit(0, TYPED | {"csrf_token": "forged"}, status=422)
    assert "send it again" in again.text
    assert everybody() == []


def test_unknown_and_forged_links_give_the_same_page(page: PageClient) -> None:
    link = applied(page, make_fair())
    token = link.rpartition("/")[2]
    forged = token[:-1] + ("A" if token[-1] != "A" else "B")
    pages = [
        page.get(f"/exhibitor/{one}", status=404).text
        for one in (forged, "x" * 32, "short", "%00" * 8, "z" * 5000)
    ]
    assert len(set(pages)) == 1


def test_a_new_address_gets_a_new_link_and_the_old_one_ends(page: PageClient) -> None:
    link = applied(page, make_fair())
    page.get(link)
    page.submit(0)
    page.follow("Change")
    page.get(f"{link}/edit")
    after = page.submit(0, {"contact_email": "neu@hasetal.example", "name": "Hasetal Pflege"})
    assert "new address" in after.text
    page.get(link, status=404)
    mail = mails("exhibitor.own_page")[-1]
    assert mail.recipient == "neu@hasetal.example"
    assert after.url.endswith(link_in(mail))


def test_offers_are_added_changed_and_removed_up_to_twelve(page: PageClient) -> None:
    one = make_exhibitor(make_fair(), state=ExhibitorState.CONFIRMED, lang="en")
    for _n in range(11):
        make_posting(one)
    link = applied_link(one)
    page.get(f"{link}/offers/new")
    offer = {"title": "Lager", "field": "logistics", "german_level": "A1"}
    page.submit(0, offer)
    page.get(f"{link}/offers/new")
    assert "room for 12 offers" in page.submit(0, offer, status=422).text
    posting = everybody()[0].postings[-1]
    page.get(f"{link}/offers/{posting.id}")
    page.submit(0, {"title": "Lager und Versand"})
    page.get(f"{link}/offers/{posting.id}")
    assert "Removed" in page.submit(1).text
    assert len(everybody()[0].postings) == 11
    other = make_posting(make_exhibitor(make_fair()))
    page.get(f"{link}/offers/{other.id}", status=404)


def test_withdrawing_frees_the_stand_and_ends_changes(page: PageClient) -> None:
    fair = make_fair()
    one = make_exhibitor(fair, stand_id=make_stand(fair, label="7").id, lang="en")
    link = applied_link(one)
    assert "Your stand: 7" in page.get(link).text
    page.get(f"{link}/withdraw")
    assert everybody()[0].stand_id is not None
    assert "You don't take part" in page.submit(0).text
    assert (everybody()[0].state, everybody()[0].stand_id) == (ExhibitorState.WITHDRAWN, None)
    page.get(f"{link}/edit", status=409)


def test_a_signed_in_exhibitor_reaches_the_same_page(app: Flask, page: PageClient) -> None:
    fair = make_fair()
    user = make_user(Role.EXHIBITOR, fair.id)
    app.extensions["actor_provider"] = lambda: actor_of(user, Role.EXHIBITOR, fair.id)
    assert page.get("/exhibitor/?lang=en").root.all("li", class_="x") == []
    one = make_exhibitor(fair, user_id=user.id)
    assert page.get("/exhibitor/").url.endswith(applied_link(one))
    make_exhibitor(make_fair(), user_id=user.id)
    assert len(page.get("/exhibitor/").root.all("h1")) == 1


def test_who_confirmed_can_sign_in_by_mail_later(page: PageClient) -> None:
    link = applied(page, make_fair())
    page.get(link)
    page.submit(0)
    page.get("/sign-in/link")
    page.submit(0, {"email": "sabine@hasetal.example"})
    mail = session().scalars(sa.select(OutboxMail).order_by(OutboxMail.id.desc())).first()
    assert mail
    found = re.search(r"https?://[^/\s]+(/sign-in/link/\S+)", mail.text)
    assert found
    page.get(found[1])
    assert page.submit(0).url.endswith(link)


def test_the_public_list_shows_the_approved_by_stand(page: PageClient) -> None:
    fair = make_fair()
    make_posting(make_exhibitor(fair, name="Ohne Stand"))
    second = make_exhibitor(fair, name="Zweite", stand_id=make_stand(fair, position=2).id)
    make_posting(second, title="Lagerhelfer")
    make_exhibitor(fair, name="Erste", stand_id=make_stand(fair, position=1).id)
    make_exhibitor(fair, name="Verborgen", state=ExhibitorState.CONFIRMED)
    for lang in ("de", "en", "uk", "ar"):
        shown = page.get(f"/{fair.slug}/exhibitors?lang={lang}")
        assert [h2.text for h2 in shown.root.all("h2")] == ["Erste", "Zweite", "Ohne Stand"]
    assert "Lagerhelfer" in shown.text
    page.get(f"/{make_fair(phase=Phase.DRAFT).slug}/exhibitors", status=404)


def applied_link(exhibitor: Exhibitor) -> str:
    """Return the path of the exhibitor's page."""
    return "/" + url_of(exhibitor).split("/", 3)[3]


def test_another_language_keeps_a_refused_application_and_sends_nothing(page: PageClient) -> None:
    fair = make_fair(phase=Phase.OPEN)
    page.get(f"/{fair.slug}/exhibit?lang=en")
    refused = page.submit(0, TYPED | {"contact_email": "nonsense"}, status=422)
    switch = len(refused.forms) - 1
    corrected = {"contact_email": "sabine@hasetal.example"}
    again = page.submit(switch, corrected, button="العربية", status=422)
    assert again.root.all("html")[0].get("dir") == "rtl"
    assert again.root.all("input", id="name")[0].get("value") == TYPED["name"]
    assert everybody() == []
    page.submit(0)
    assert [one.name for one in everybody()] == [TYPED["name"]]
