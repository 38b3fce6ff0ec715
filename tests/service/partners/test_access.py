"""Who is let in to register people for others, and who is told so, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import sleep

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.accounts.models import AccessRequest, PartnerMember, RoleGrant
from jobfair.accounts.queries import count_asked, find_membership, list_helpers, list_requests
from jobfair.accounts.rules import AccessState, MemberKind, PartnerKind
from jobfair.audit.models import AuditEntry
from jobfair.core.actor import Actor, Role
from jobfair.core.db import db, session, transaction
from jobfair.core.errors import Conflict
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.mail.models import OutboxMail
from jobfair.partners.service import access
from jobfair.partners.service.access import Invitation, Organisation, Wish
from tests.factories import (
    NOW,
    actor_of,
    make_fair,
    make_member,
    make_partner,
    make_session,
    make_user,
)

WISH = Wish(
    name="Frauke Freiwillig",
    email="frauke@help.example",
    phone="0176 5550001",
    organisation="Café Mondial",
    kind=MemberKind.VOLUNTEER,
    message="",
    lang="ar",
)


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Make a fair that takes registrations."""
    return make_fair(phase=Phase.OPEN)


@pytest.fixture
def organiser(fair: Fair) -> Actor:
    """Make the fair's organiser."""
    return actor_of(make_user(Role.ORGANISER, fair.id), Role.ORGANISER, fair.id)


def mails() -> list[OutboxMail]:
    return list(session().scalars(sa.select(OutboxMail).order_by(OutboxMail.id)))


def asked(fair: Fair) -> AccessRequest:
    access.ask(fair, WISH, now=NOW)
    (request,) = list_requests(fair.id)
    return request


def test_a_grant_is_told_in_the_language_of_who_asked(fair: Fair, organiser: Actor) -> None:
    request = asked(fair)
    new = Organisation("Café Mondial", PartnerKind.VOLUNTEERS)
    access.grant(organiser, fair, request.id, new, now=NOW)
    (helper,) = list_helpers(fair.id)
    assert (helper.email, helper.kind, helper.joined) == (WISH.email, WISH.kind, False)
    member = find_membership(helper.user_id, fair.id)
    assert member is not None
    assert member.partner.name == "Café Mondial"
    assert [one.lang for one in mails()] == ["ar"]
    assert count_asked(fair.id) == 0
    with pytest.raises(Conflict):
        access.refuse(organiser, fair, request.id, now=NOW)
    with pytest.raises(Conflict):
        access.grant(organiser, fair, request.id, member.partner_id, now=NOW)


def test_of_two_answers_at_once_the_first_counts(app: Flask, fair: Fair, organiser: Actor) -> None:
    request_id, fair_id = asked(fair).id, fair.id

    def refuse() -> Exception | None:
        with app.app_context():
            try:
                access.refuse(organiser, session().get_one(Fair, fair_id), request_id, now=NOW)
            except Conflict as error:
                return error
            finally:
                db.session.remove()
        return None

    with ThreadPoolExecutor(1) as pool:
        with transaction() as current:
            first = current.get_one(AccessRequest, request_id, with_for_update=True)
            refused = pool.submit(refuse)
            sleep(0.3)
            first.state = AccessState.GRANTED
        assert isinstance(refused.result(), Conflict)
    assert mails() == []


def test_a_grant_that_fails_changes_nothing(fair: Fair, organiser: Actor) -> None:
    request = asked(fair)
    make_partner(fair, name="Café Mondial")
    same = Organisation("Café Mondial", PartnerKind.OTHER)
    with pytest.raises(Conflict, match="partner_exists"):
        access.grant(organiser, fair, request.id, same, now=NOW)
    assert count_asked(fair.id) == 1
    assert mails() == []
    assert session().scalars(sa.select(PartnerMember)).all() == []


def test_who_was_here_before_signs_in_as_ever(fair: Fair, organiser: Actor) -> None:
    user = make_user(email="berta@amt.example")
    make_session(user)
    wish = Invitation("Berta", user.email, MemberKind.COUNSELLOR, "de")
    access.invite(organiser, fair, make_partner(fair).id, wish, now=NOW)
    (mail,) = mails()
    assert f"/sign-in?next=/partner/{fair.slug}/" in mail.text.replace("%2F", "/")
    with pytest.raises(Conflict, match="helps_already"):
        access.invite(organiser, fair, make_partner(fair).id, wish, now=NOW)


def test_an_end_takes_role_and_membership_at_this_fair_only(fair: Fair, organiser: Actor) -> None:
    user, other = make_user(), make_fair()
    make_member(make_partner(fair), user)
    make_member(make_partner(other), user)
    access.end_membership(organiser, fair, user.id, now=NOW)
    access.end_membership(organiser, fair, user.id, now=NOW)
    assert find_membership(user.id, fair.id) is None
    assert find_membership(user.id, other.id) is not None
    roles = session().scalars(sa.select(RoleGrant.fair_id).filter_by(user_id=user.id)).all()
    assert roles == [other.id]
    ended = session().scalars(sa.select(AuditEntry).filter_by(action="member.ended")).all()
    assert len(ended) == 1


def test_the_log_names_nobody(fair: Fair, organiser: Actor) -> None:
    request = asked(fair)
    access.ask(fair, replace(WISH, phone="0541 1"), now=NOW)
    access.refuse(organiser, fair, request.id, now=NOW)
    kept = session().scalars(sa.select(AccessRequest)).one()
    assert (kept.state, kept.phone) == (AccessState.REFUSED, "0541 1")
    for entry in session().scalars(sa.select(AuditEntry)):
        assert WISH.email not in str(vars(entry))
    (mail,) = mails()
    assert (mail.recipient, mail.lang, mail.kind) == (WISH.email, "ar", "access_refused")
