"""What accounts do when a fair is copied, inside the caller's transaction."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.accounts.models import Partner, PartnerMember, User
from jobfair.accounts.operations import grant_role
from jobfair.core.actor import Role
from jobfair.core.db import assert_writing


def copy_partners(from_id: int, to_id: int, *, now: datetime) -> None:
    """Have the fair the partners of an earlier one, with the members whose account is open."""
    current = assert_writing()
    earlier = current.scalars(sa.select(Partner).where(Partner.fair_id == from_id)).all()
    copies = {
        partner.id: Partner(fair_id=to_id, name=partner.name, kind=partner.kind, created_at=now)
        for partner in earlier
    }
    current.add_all(copies.values())
    current.flush()
    members = (
        sa.select(PartnerMember)
        .join(PartnerMember.user)
        .where(PartnerMember.fair_id == from_id, User.disabled_at.is_(None))
    )
    for member in current.scalars(members).all():
        grant_role(member.user_id, Role.PARTNER, to_id, now=now)
        current.add(
            PartnerMember(
                fair_id=to_id,
                partner_id=copies[member.partner_id].id,
                user_id=member.user_id,
                kind=member.kind,
                created_at=now,
            )
        )
