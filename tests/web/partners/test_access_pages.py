"""Who may register people for others: asking, granting, inviting, ending."""

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.accounts.models import AccessRequest, Partner, PartnerMember, RoleGrant
from jobfair.accounts.rules import AccessState, MemberKind
from jobfair.core.actor import Role
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.mail.models import OutboxMail
from tests.client import PageClient
from tests.factories import (
    make_access_request,
    make_fair,
    make_member,
    make_partner,
    make_user,
)

ASKED = {
    "name": "Frauke Freiwillig",
    "organisation": "Willkommen e. V.",
    "kind": "volunteer",
    "email": "Frauke@Help.example",
    "phone": "0176 5550001",
    "message": "Wir begleiten zwölf Familien.",
}


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Make a fair that takes registrations."""
    return make_fair(phase=Phase.OPEN)


@pytest.fixture
def desk(page: PageClient, fair: Fair) -> PageClient:
    """Give the page of the fair's organiser."""
    page.sign_in(Role.ORGANISER, fair.id)
    return page


def requests() -> list[AccessRequest]:
    return list(session().scalars(sa.select(AccessRequest)))


def mails() -> list[OutboxMail]:
    return list(session().scalars(sa.select(OutboxMail).order_by(OutboxMail.id)))


def ask(page: PageClient, fair: Fair, **changed: str) -> str:
    page.get(f"/{fair.slug}/help-people")
    return page.submit(0, {**ASKED, **changed}).text


def test_somebody_asks_and_nobody_has_access_yet(page: PageClient, fair: Fair) -> None:
    ask(page, fair)
    (asked,) = requests()
    assert (asked.email, asked.state, asked.kind) == (
        "frauke@help.example",
        AccessState.ASKED,
        MemberKind.VOLUNTEER,
    )
    assert session().scalars(sa.select(RoleGrant)).all() == []
    assert mails() == []


def test_asking_twice_is_one_request_with_the_last_words(page: PageClient, fair: Fair) -> None:
    ask(page, fair)
    ask(page, fair, phone="0541 5010", organisation="Café Mondial")
    (asked,) = requests()
    assert (asked.phone, asked.organisation) == ("0541 5010", "Café Mondial")


def test_who_helps_already_gets_the_same_answer_and_a_mail(page: PageClient, fair: Fair) -> None:
    unknown = ask(page, fair, email="else@help.example")
    user = make_user(email="frauke@help.example")
    make_member(make_partner(fair, name="Café Mondial"), user)
    assert ask(page, fair) == unknown
    assert [one.email for one in requests()] == ["else@help.example"]
    (mail,) = mails()
    assert mail.recipient == "frauke@help.example"
    assert "Café Mondial" in mail.text


@pytest.mark.parametrize("field", ["name", "organisation", "email", "kind"])
def test_what_is_missing_is_asked_for_and_the_rest_stays(
    page: PageClient, fair: Fair, field: str
) -> None:
    page.get(f"/{fair.slug}/help-people")
    page.submit(0, {**ASKED, field: None}, status=422)
    kept = page.last.root if page.last else None
    assert kept is not None
    assert "Wir begleiten zwölf Familien." in kept.text
    assert requests() == []


@pytest.mark.parametrize("phase", [Phase.OVER, Phase.CANCELLED])
def test_nobody_asks_when_nobody_comes_any_more(page: PageClient, fair: Fair, phase: Phase) -> None:
    old = make_fair(phase=phase)
    page.get(f"/{old.slug}/help-people")
    page.post(f"/{old.slug}/help-people", ASKED, status=409)
    assert requests() == []


def test_nobody_asks_without_end(limited: Flask, fair: Fair) -> None:
    browser, address = PageClient(limited), f"/{fair.slug}/help-people"
    sent = {**ASKED, "csrf_token": browser.get(address).csrf_token}
    answers = [browser.open(address, method="POST", data=sent).status_code for _n in range(12)]
    assert answers == [302] * 10 + [429] * 2


def test_the_page_of_the_fair_leads_there(page: PageClient, fair: Fair) -> None:
    page.get(f"/{fair.slug}")
    assert page.last is not None
    assert f"/{fair.slug}/help-people" in [a.get("href") for a in page.last.root.all("a")]


def test_access_is_granted_for_a_new_organisation(desk: PageClient, fair: Fair) -> None:
    asked = make_access_request(fair, lang="uk")
    desk.get(f"/desk/{fair.slug}/partners/requests/{asked.id}")
    desk.submit(1)
    member = session().scalars(sa.select(PartnerMember)).one()
    partner = session().get_one(Partner, member.partner_id)
    assert partner.name == asked.organisation
    granted = session().scalars(sa.select(RoleGrant).filter_by(user_id=member.user_id)).one()
    assert (granted.role, granted.fair_id) == (Role.PARTNER, fair.id)
    (mail,) = mails()
    assert (mail.lang, mail.recipient) == ("uk", asked.email)
    assert "/sign-in/link/" in mail.text
    assert requests()[0].state is AccessState.GRANTED


def test_access_is_granted_for_the_organisation_that_was_named(
    desk: PageClient, fair: Fair
) -> None:
    partner = make_partner(fair, name="willkommen  E. V.")
    asked = make_access_request(fair)
    desk.get(f"/desk/{fair.slug}/partners/requests/{asked.id}")
    desk.submit(1)
    assert session().scalars(sa.select(PartnerMember.partner_id)).all() == [partner.id]


def test_an_answer_is_given_once(desk: PageClient, fair: Fair) -> None:
    asked = make_access_request(fair)
    desk.get(f"/desk/{fair.slug}/partners/requests/{asked.id}")
    token = desk.last.csrf_token if desk.last else ""
    desk.submit(2)
    (mail,) = mails()
    assert (mail.kind, mail.recipient) == ("access_refused", asked.email)
    fields = {"csrf_token": token, "partner": "new", "name": "X", "kind": "other"}
    desk.post(f"/desk/{fair.slug}/partners/requests/{asked.id}", fields, status=422)
    assert requests()[0].state is AccessState.REFUSED
    assert session().scalars(sa.select(PartnerMember)).all() == []


def test_organisations_are_added_and_renamed(desk: PageClient, fair: Fair) -> None:
    desk.get(f"/desk/{fair.slug}/partners")
    desk.submit(1, {"name": "Jobcenter Bramsche", "kind": "job_centre"})
    desk.get(f"/desk/{fair.slug}/partners")
    desk.submit(1, {"name": "Jobcenter Bramsche", "kind": "other"}, status=422)
    partner = session().scalars(sa.select(Partner)).one()
    desk.get(f"/desk/{fair.slug}/partners/{partner.id}/name")
    desk.submit(1, {"name": "Jobcenter Nord"})
    assert session().scalars(sa.select(Partner.name)).all() == ["Jobcenter Nord"]


def test_somebody_is_invited_and_let_go(desk: PageClient, fair: Fair) -> None:
    partner = make_partner(fair)
    desk.get(f"/desk/{fair.slug}/partners/{partner.id}")
    invited = {"name": "Berta", "email": "berta@amt.example", "kind": "counsellor", "lang": "en"}
    desk.submit(1, invited)
    (mail,) = mails()
    assert (mail.lang, mail.recipient) == ("en", "berta@amt.example")
    member = session().scalars(sa.select(PartnerMember)).one()
    assert member.kind is MemberKind.COUNSELLOR
    desk.submit(2)
    assert len(mails()) == 1
    assert session().scalars(sa.select(PartnerMember)).all() == []
    assert session().scalars(sa.select(RoleGrant).filter_by(role=Role.PARTNER)).all() == []


def test_somebody_helps_for_one_organisation_only(desk: PageClient, fair: Fair) -> None:
    user = make_user(email="berta@amt.example")
    make_member(make_partner(fair), user)
    other = make_partner(fair)
    desk.get(f"/desk/{fair.slug}/partners/{other.id}")
    desk.submit(1, {"name": "Berta", "email": user.email}, status=422)
    assert session().scalars(sa.select(PartnerMember.partner_id)).one() != other.id


def test_partners_of_another_fair_are_nobodys_business(desk: PageClient, fair: Fair) -> None:
    partner = make_partner(make_fair())
    desk.get(f"/desk/{fair.slug}/partners/{partner.id}", status=404)
    desk.get(f"/desk/{fair.slug}/partners/{partner.id}/name", status=404)


def test_a_role_taken_away_ends_the_membership_too(desk: PageClient, fair: Fair) -> None:
    member = make_member(make_partner(fair))
    desk.get(f"/desk/{fair.slug}/team")
    token = desk.last.csrf_token if desk.last else ""
    desk.post(f"/desk/{fair.slug}/team/{member.user_id}/take/partner", {"csrf_token": token})
    assert session().scalars(sa.select(PartnerMember)).all() == []
