"""The partners of the demo fair: who registers others, for whom, in groups; who asks to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from jobfair.accounts.models import AccessRequest, Partner, PartnerGroup
from jobfair.accounts.operations import add_member, add_partner, ensure_user, keep_request
from jobfair.accounts.rules import AccessState, MemberKind, PartnerKind
from jobfair.attendees.models import Household
from jobfair.booking import letters
from jobfair.booking.tidings import tell_now
from jobfair.core.db import assert_writing
from jobfair.demo.accounts import PARTNER, VOLUNTEER

EVERY = 20  # of so many households, each partner has registered one
MOST = 25
GROUPED = 6


@dataclass(frozen=True)
class DemoPartner:
    """An organisation, and the account of who helps there."""

    name: str
    kind: PartnerKind
    email: str
    member: MemberKind
    group: str


PARTNERS = (
    DemoPartner(
        "Jobcenter Bersenbrück",
        PartnerKind.JOB_CENTRE,
        PARTNER,
        MemberKind.COUNSELLOR,
        "Sprachkurs Dienstag",
    ),
    DemoPartner(
        "Willkommen in Bramsche e. V.",
        PartnerKind.VOLUNTEERS,
        VOLUNTEER,
        MemberKind.VOLUNTEER,
        "Unterkunft Hesepe",
    ),
)


def add_partners(fair_id: int, household_ids: Sequence[int], *, now: datetime) -> None:
    """Have some households be registered by partners, some of them in a group; one asks."""
    for place, one in enumerate(PARTNERS):
        partner = add_partner(fair_id, one.name, one.kind, now=now)
        user = ensure_user(one.email, one.email, "de", now=now)
        add_member(partner, user.id, one.member, now=now)
        _hand_over(partner, user.id, household_ids[place::EVERY][:MOST], one.group)
    keep_request(
        AccessRequest(
            fair_id=fair_id,
            name="Annegret Möller",
            email="moeller@example.org",
            phone="0171 3920099",
            organisation="Flüchtlingshilfe Bohmte",
            kind=MemberKind.VOLUNTEER,
            message="Wir begleiten zwölf Familien aus der Ukraine und aus Syrien.",
            lang="de",
            state=AccessState.ASKED,
            created_at=now,
        )
    )


def _hand_over(partner: Partner, user_id: int, household_ids: Sequence[int], name: str) -> None:
    """Have these households be the partner's, the first of them in a group that rides together."""
    current = assert_writing()
    group = PartnerGroup(fair_id=partner.fair_id, partner_id=partner.id, name=name, same_bus=True)
    current.add(group)
    current.flush()
    theirs = sa.update(Household).values(partner_id=partner.id, registered_by=user_id)
    current.execute(theirs.where(Household.id.in_(household_ids)))
    grouped = sa.update(Household).values(group_id=group.id)
    current.execute(grouped.where(Household.id.in_(household_ids[:GROUPED])))


def leave_calls(fair_id: int, *, now: datetime) -> None:
    """Have somebody call the households of the groups that no mail tells of their places."""
    grouped = sa.select(Household.id).where(
        Household.fair_id == fair_id, Household.group_id.is_not(None), Household.email == ""
    )
    for household_id in assert_writing().scalars(grouped.order_by(Household.id)).all():
        tell_now(household_id, "confirmation", letters.confirmation, now=now)
