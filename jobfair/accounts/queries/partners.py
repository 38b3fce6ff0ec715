"""Reads about partner organisations, who helps there, and who asks to."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from jobfair.accounts.models import AccessRequest, Partner, PartnerMember, User
from jobfair.accounts.queries.people import has_signed_in
from jobfair.accounts.rules import AccessState, MemberKind
from jobfair.core.db import session
from jobfair.core.errors import NotFound


@dataclass(frozen=True)
class Helper:
    """A counsellor or volunteer of a partner; `joined` once they were here."""

    user_id: int
    partner_id: int
    name: str
    email: str
    kind: MemberKind
    joined: bool


def find_membership(user_id: int, fair_id: int) -> PartnerMember | None:
    """Return for which partner the user helps at the fair, with the partner."""
    query = sa.select(PartnerMember).filter_by(user_id=user_id, fair_id=fair_id)
    return session().scalar(query.options(joinedload(PartnerMember.partner)))


def find_partner(fair_id: int, partner_id: int) -> Partner | None:
    """Return the partner of that fair."""
    return session().scalar(sa.select(Partner).filter_by(fair_id=fair_id, id=partner_id))


def get_partner(fair_id: int, partner_id: int) -> Partner:
    """Return the partner of that fair; raise NotFound."""
    partner = find_partner(fair_id, partner_id)
    if partner is None:
        raise NotFound("not_found")
    return partner


def list_partners(fair_id: int) -> list[Partner]:
    """Return the partners of the fair by name."""
    query = sa.select(Partner).where(Partner.fair_id == fair_id)
    return list(session().scalars(query.order_by(sa.func.lower(Partner.name))))


def partner_names(fair_id: int) -> dict[int, str]:
    """Return what the partners of the fair are called, by their ids and in that order of names."""
    return {partner.id: partner.name for partner in list_partners(fair_id)}


def list_helpers(fair_id: int) -> list[Helper]:
    """Return who helps at the fair, by name; closed accounts are left out."""
    query = (
        sa.select(PartnerMember, has_signed_in())
        .join(PartnerMember.user)
        .where(PartnerMember.fair_id == fair_id, User.disabled_at.is_(None))
        .options(contains_eager(PartnerMember.user))
        .order_by(sa.func.lower(User.name), User.email)
    )
    return [
        Helper(
            user_id=member.user_id,
            partner_id=member.partner_id,
            name=member.user.name,
            email=member.user.email,
            kind=member.kind,
            joined=joined,
        )
        for member, joined in session().execute(query)
    ]


def list_requests(fair_id: int) -> list[AccessRequest]:
    """Return who asks to help and waits for an answer, the longest first."""
    query = sa.select(AccessRequest).where(*_asked(fair_id))
    return list(session().scalars(query.order_by(AccessRequest.id)))


def count_asked(fair_id: int) -> int:
    """Return how many ask to help and wait for an answer."""
    query = sa.select(sa.func.count()).select_from(AccessRequest).where(*_asked(fair_id))
    return session().scalar(query) or 0


def get_request(fair_id: int, request_id: int) -> AccessRequest:
    """Return the wish to help at that fair, answered or not; raise NotFound."""
    found = session().scalar(sa.select(AccessRequest).filter_by(fair_id=fair_id, id=request_id))
    if found is None:
        raise NotFound("not_found")
    return found


def _asked(fair_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return AccessRequest.fair_id == fair_id, AccessRequest.state == AccessState.ASKED
