"""Steps about partner organisations, who helps there, and who asks to."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.accounts.models import AccessRequest, Partner, PartnerMember, User
from jobfair.accounts.operations.people import grant_role, take_role
from jobfair.accounts.queries import find_membership, list_partners
from jobfair.accounts.rules import AccessState, MemberKind, PartnerKind
from jobfair.core.actor import Role
from jobfair.core.db import assert_writing, conflicts

KEPT_OF_REQUEST = ("name", "phone", "organisation", "kind", "message", "lang")


def add_partner(fair_id: int, name: str, kind: PartnerKind, *, now: datetime) -> Partner:
    """Return a new partner of the fair; raise Conflict("partner_exists")."""
    partner = Partner(fair_id=fair_id, name=name, kind=kind, created_at=now)
    with conflicts(uq_partner_fair_id_name="partner_exists"):
        assert_writing().add(partner)
    return partner


def rename_partner(partner: Partner, name: str, kind: PartnerKind) -> None:
    """Have the partner be called and be so; raise Conflict("partner_exists")."""
    assert_writing()
    with conflicts(uq_partner_fair_id_name="partner_exists"):
        partner.name, partner.kind = name, kind


def add_member(partner: Partner, user_id: int, kind: MemberKind, *, now: datetime) -> None:
    """Have the user help for the partner and hold the role at its fair.

    Raises Conflict("helps_already") where they help for one at this fair.
    """
    member = PartnerMember(
        fair_id=partner.fair_id,
        partner_id=partner.id,
        user_id=user_id,
        kind=kind,
        created_at=now,
    )
    with conflicts(uq_partner_member_fair_id_user_id="helps_already"):
        assert_writing().add(member)
    grant_role(user_id, Role.PARTNER, partner.fair_id, now=now)


def end_member(fair_id: int, user_id: int) -> bool:
    """Have the user not help at the fair any more; return whether they did.

    Their next request finds neither the role nor the partner.
    """
    member = find_membership(user_id, fair_id)
    taken = take_role(user_id, Role.PARTNER, fair_id)
    return taken or member is not None


def keep_request(wish: AccessRequest) -> AccessRequest:
    """Return the open wish to help of this address, said anew where there was one."""
    session = assert_writing()
    first = session.scalar(
        sa.select(AccessRequest)
        .filter_by(fair_id=wish.fair_id, email=wish.email, state=AccessState.ASKED)
        .with_for_update()
    )
    if first is None:
        with conflicts(uq_access_request_open="asked_already"):
            session.add(wish)
        return wish
    for field in KEPT_OF_REQUEST:
        setattr(first, field, getattr(wish, field))
    return first


def copy_partners(from_fair_id: int, to_fair_id: int, *, now: datetime) -> None:
    """Have the partners of one fair, with those who help there, be partners of the other too."""
    session = assert_writing()
    copies = {
        partner.id: add_partner(to_fair_id, partner.name, partner.kind, now=now)
        for partner in list_partners(from_fair_id)
    }
    members = (
        sa.select(PartnerMember)
        .join(PartnerMember.user)
        .where(PartnerMember.fair_id == from_fair_id, User.disabled_at.is_(None))
        .order_by(PartnerMember.id)
    )
    for member in session.scalars(members).all():
        add_member(copies[member.partner_id], member.user_id, member.kind, now=now)
