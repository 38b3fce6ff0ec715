"""Signing in, one-use links, passwords, sessions and the team, on both databases."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.accounts import operations, queries, service
from jobfair.accounts.keys import hash_password
from jobfair.accounts.models import OneUseLink, RoleGrant, User
from jobfair.accounts.rules import SESSION_IDLE, Device, LinkPurpose
from jobfair.accounts.service import FairName, Invitation
from jobfair.audit.models import AuditEntry
from jobfair.core.actor import Actor, ActorKind, Role
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict, Invalid, NotFound
from jobfair.mail.models import OutboxMail
from tests.factories import actor_of, make_fair, make_user

PASSWORD = "drei Busse fahren los"
OTHER = "vier Busse kommen an"
DEVICE = Device("Chrome", "Android")


@pytest.fixture
def user(app: Flask) -> User:
    """Make an organiser with a password."""
    return make_user(Role.ORGANISER, password_hash=hash_password(PASSWORD))


def me(user: User) -> Actor:
    return Actor(ActorKind.USER, user.id)


def key_in(url: str) -> str:
    return url.split("?")[0].rsplit("/", 1)[1]


def make_link(user: User, purpose: LinkPurpose, now: datetime) -> str:
    with transaction():
        return key_in(operations.make_link(user.id, purpose, now=now))


def actions() -> list[str]:
    return list(session().scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def mails() -> list[OutboxMail]:
    return list(session().scalars(sa.select(OutboxMail).order_by(OutboxMail.id)))


def test_a_password_opens_a_session(user: User, now: datetime) -> None:
    key = service.sign_in(user.email.upper(), PASSWORD, DEVICE, now=now)
    found = queries.find_session(key, now)
    assert found is not None
    assert found.user_id == user.id
    assert [grant.role for grant in found.grants] == [Role.ORGANISER]
    assert actions() == ["sign_in"]


@pytest.mark.parametrize("email", ["", "nobody@example.org"])
def test_unknown_and_wrong_are_refused_alike(user: User, now: datetime, email: str) -> None:
    with pytest.raises(Invalid, match="sign_in_failed"):
        service.sign_in(email or user.email, OTHER, DEVICE, now=now)
    assert actions() == ["sign_in_failed"]
    assert queries.list_sessions(user.id, now) == []


def test_without_a_password_no_password_will_do(app: Flask, now: datetime) -> None:
    user = make_user(Role.DOOR)
    with pytest.raises(Invalid):
        service.sign_in(user.email, "", DEVICE, now=now)


def test_a_closed_account_is_out_at_once(user: User, now: datetime) -> None:
    key = service.sign_in(user.email, PASSWORD, DEVICE, now=now)
    link = make_link(user, LinkPurpose.SIGN_IN, now)
    with transaction() as current:
        current.get_one(User, user.id).disabled_at = now
    assert queries.find_session(key, now) is None
    assert queries.find_link(link, now) is None
    with pytest.raises(Invalid):
        service.sign_in(user.email, PASSWORD, DEVICE, now=now)
    with pytest.raises(NotFound):
        service.follow_link(link, DEVICE, now=now)


def test_an_unused_session_ends(user: User, now: datetime) -> None:
    key = service.sign_in(user.email, PASSWORD, DEVICE, now=now)
    assert queries.find_session(key, now + SESSION_IDLE) is None
    found = queries.find_session(key, now)
    assert found is not None
    service.touch(found.id, now=now + timedelta(days=1))
    assert queries.find_session(key, now + SESSION_IDLE) is not None


def test_a_link_signs_in_once(user: User, now: datetime) -> None:
    service.ask_for_link(user.email, LinkPurpose.SIGN_IN, now=now, then="/door")
    (mail,) = mails()
    assert mail.recipient == user.email
    url = next(line for line in mail.text.splitlines() if "/sign-in/link/" in line)
    assert url.startswith("https://fair.example.org/sign-in/link/")
    assert "next=/door" in url.replace("%2F", "/")
    key = service.follow_link(key_in(url), DEVICE, now=now)
    assert queries.find_session(key, now) is not None
    with pytest.raises(NotFound, match="link_dead"):
        service.follow_link(key_in(url), DEVICE, now=now)


def test_nobody_gets_a_link_for_an_unknown_address(app: Flask, now: datetime) -> None:
    service.ask_for_link("nobody@example.org", LinkPurpose.SIGN_IN, now=now)
    assert mails() == []
    assert actions() == ["link_asked_sign_in"]


def test_an_expired_or_forged_link_is_dead(user: User, now: datetime) -> None:
    key = make_link(user, LinkPurpose.SIGN_IN, now)
    late = now + timedelta(minutes=31)
    assert queries.find_link(key, late) is None
    for one, at in ((key, late), ("forged", now)):
        with pytest.raises(NotFound):
            service.follow_link(one, DEVICE, now=at)


def test_a_link_does_only_what_it_was_made_for(user: User, now: datetime) -> None:
    key = make_link(user, LinkPurpose.SIGN_IN, now)
    with pytest.raises(NotFound):
        service.reset_password(key, OTHER, DEVICE, now=now)
    assert queries.find_link(key, now) is not None


def test_a_reset_ends_all_sessions_and_links(user: User, now: datetime) -> None:
    before = service.sign_in(user.email, PASSWORD, DEVICE, now=now)
    other = make_link(user, LinkPurpose.SIGN_IN, now)
    key = make_link(user, LinkPurpose.RESET, now)
    after = service.reset_password(key, OTHER, DEVICE, now=now)
    assert queries.find_session(before, now) is None
    assert queries.find_session(after, now) is not None
    assert queries.find_link(other, now) is None
    assert service.sign_in(user.email, OTHER, DEVICE, now=now)
    assert [mail.kind for mail in mails()] == ["password_changed"]


def test_a_bad_password_does_not_burn_the_link(user: User, now: datetime) -> None:
    key = make_link(user, LinkPurpose.RESET, now)
    with pytest.raises(Invalid, match="password_short"):
        service.reset_password(key, "kurz", DEVICE, now=now)
    assert service.reset_password(key, OTHER, DEVICE, now=now)


def test_changing_the_password_asks_for_the_present_one(user: User, now: datetime) -> None:
    key = service.sign_in(user.email, PASSWORD, DEVICE, now=now)
    other = service.sign_in(user.email, PASSWORD, DEVICE, now=now)
    found = queries.find_session(key, now)
    assert found is not None
    with pytest.raises(Invalid, match="password_wrong"):
        service.change_password(me(user), found.id, OTHER, OTHER, now=now)
    service.change_password(me(user), found.id, PASSWORD, OTHER, now=now)
    assert queries.find_session(key, now) is not None
    assert queries.find_session(other, now) is None


def test_only_own_sessions_can_be_ended(user: User, now: datetime) -> None:
    key = service.sign_in(user.email, PASSWORD, DEVICE, now=now)
    (found,) = queries.list_sessions(user.id, now)
    with pytest.raises(NotFound):
        service.end_session(me(make_user(Role.ORGANISER)), found.id, now=now)
    service.end_session(me(user), found.id, now=now)
    assert queries.find_session(key, now) is None


def test_all_other_sessions_can_be_ended(user: User, now: datetime) -> None:
    keys = [service.sign_in(user.email, PASSWORD, DEVICE, now=now) for _ in range(3)]
    kept = queries.find_session(keys[1], now)
    assert kept is not None
    service.end_other_sessions(me(user), kept.id, now=now)
    assert [one.id for one in queries.list_sessions(user.id, now)] == [kept.id]


def test_the_profile_is_kept(user: User, now: datetime) -> None:
    service.edit_profile(me(user), "Frau Muster", "en", now=now)
    found = queries.get_user(user.id)
    assert (found.name, found.lang) == ("Frau Muster", "en")
    entry = session().scalars(sa.select(AuditEntry)).one()
    assert entry.fields == ["lang", "name"]


def wish(email: str = "tuer@example.org", role: Role = Role.DOOR) -> Invitation:
    return Invitation("Herr Tür", email, role, "de")


def test_the_team_stands_before_the_exhibitors(app: Flask) -> None:
    fair = make_fair()
    for name, role in (("A", Role.EXHIBITOR), ("B", Role.DOOR), ("C", Role.ORGANISER)):
        make_user(role, fair.id, name=name)
    assert [member.name for member in queries.list_team(fair.id)] == ["B", "C", "A"]


def test_an_invitation_leads_to_an_account(user: User, now: datetime) -> None:
    fair = make_fair()
    service.invite(me(user), FairName(fair.id, fair.name), wish(), now=now)
    (member,) = [one for one in queries.list_team(fair.id) if one.user_id != user.id]
    assert (member.roles, member.house_roles, member.joined) == ((Role.DOOR,), (), False)
    (mail,) = mails()
    assert (mail.recipient, mail.fair_id) == ("tuer@example.org", fair.id)
    url = next(line for line in mail.text.splitlines() if "/sign-in/link/" in line)
    key = service.accept_invitation(key_in(url), "Tim Tür", None, DEVICE, now=now)
    assert queries.find_session(key, now) is not None
    (member,) = [one for one in queries.list_team(fair.id) if one.user_id != user.id]
    assert (member.name, member.joined) == ("Tim Tür", True)


def test_an_invitation_can_set_a_password(user: User, now: datetime) -> None:
    link = make_link(make_user(Role.DOOR, email="t@example.org"), LinkPurpose.INVITATION, now)
    service.accept_invitation(link, "Tim", PASSWORD, DEVICE, now=now)
    assert service.sign_in("t@example.org", PASSWORD, DEVICE, now=now)
    assert mails() == []


def test_a_known_person_keeps_the_name_and_is_told(user: User, now: datetime) -> None:
    fair = make_fair()
    known = make_user(email="tuer@example.org", name="Alt", password_hash=hash_password(OTHER))
    service.invite(me(user), FairName(fair.id, fair.name), wish(), now=now)
    (mail,) = mails()
    assert "/sign-in/link/" not in mail.text
    assert queries.get_user(known.id).name == "Alt"
    with pytest.raises(Conflict, match="role_given"):
        service.invite(me(user), FairName(fair.id, fair.name), wish(), now=now)
    assert len(mails()) == 1


def test_only_members_are_invited_again(user: User, now: datetime) -> None:
    fair, other = make_fair(), make_fair()
    name = FairName(fair.id, fair.name)
    service.invite(me(user), name, wish(), now=now)
    (member,) = [one for one in queries.list_team(fair.id) if one.user_id != user.id]
    service.invite_again(me(user), name, member.user_id, now=now)
    assert session().scalar(sa.select(sa.func.count(OneUseLink.id))) == 2
    for elsewhere, person in ((FairName(other.id, ""), member.user_id), (name, user.id)):
        with pytest.raises(NotFound):
            service.invite_again(me(user), elsewhere, person, now=now)


def test_the_last_organiser_stays(app: Flask, now: datetime) -> None:
    fair = make_fair()
    one, two = (make_user(Role.ORGANISER, fair.id) for _ in range(2))
    actor = actor_of(one, Role.ORGANISER, fair.id)
    service.take_role(actor, fair.id, two.id, Role.ORGANISER, now=now)
    with pytest.raises(Conflict, match="last_organiser"):
        service.take_role(actor, fair.id, one.id, Role.ORGANISER, now=now)
    make_user(Role.ORGANISER)
    service.take_role(actor, fair.id, one.id, Role.ORGANISER, now=now)
    assert [member.roles for member in queries.list_team(fair.id)] == [()]


def test_a_role_at_all_fairs_is_not_taken_at_one(user: User, now: datetime) -> None:
    fair = make_fair()
    make_user(Role.ORGANISER, fair.id)
    service.take_role(me(user), fair.id, user.id, Role.ORGANISER, now=now)
    assert session().scalar(sa.select(sa.func.count(RoleGrant.id))) == 2
    assert "role_taken" not in actions()


def test_roles_at_other_fairs_are_not_shown(app: Flask, now: datetime) -> None:
    fair, other = make_fair(), make_fair()
    make_user(Role.DOOR, other.id)
    assert queries.list_team(fair.id) == []
