"""A copied fair has the partners of the earlier one, with those who help there."""

import sqlalchemy as sa
from flask import Flask

from jobfair.accounts.models import Partner, PartnerMember, RoleGrant
from jobfair.accounts.queries import find_membership
from jobfair.accounts.rules import PartnerKind
from jobfair.core.actor import Role
from jobfair.core.db import session, transaction
from jobfair.core.events import publish
from jobfair.fairs.events import FairCopied
from tests.factories import NOW, make_fair, make_group, make_member, make_partner, make_user


def test_partners_and_members_are_copied_without_their_groups(app: Flask) -> None:
    first, second = make_fair(), make_fair()
    partner = make_partner(first, name="Jobcenter", kind=PartnerKind.JOB_CENTRE)
    member = make_member(partner)
    make_member(partner, make_user(disabled_at=NOW))
    make_group(partner)
    with transaction():
        publish(FairCopied(first.id, second.id))
    copy = session().scalars(sa.select(Partner).filter_by(fair_id=second.id)).one()
    assert (copy.name, copy.kind) == (partner.name, partner.kind)
    copied = session().scalars(sa.select(PartnerMember).filter_by(fair_id=second.id)).one()
    assert (copied.user_id, copied.kind) == (member.user_id, member.kind)
    found = find_membership(member.user_id, second.id)
    assert found is not None
    assert found.partner.id == copy.id
    roles = sa.select(RoleGrant.role).filter_by(user_id=member.user_id, fair_id=second.id)
    assert session().scalars(roles).all() == [Role.PARTNER]
