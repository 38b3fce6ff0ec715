"""Use cases of those who register others: a household, what it is grouped with."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from jobfair.accounts.models import PartnerGroup
from jobfair.accounts.queries import get_partner
from jobfair.attendees.models import Household
from jobfair.audit.operations import record
from jobfair.booking.service import Origin, Registration, register_for
from jobfair.core.actor import Actor
from jobfair.core.db import conflicts, transaction
from jobfair.core.errors import NotFound
from jobfair.fairs.models import Fair
from jobfair.partners.queries import get_group

KEY_LENGTH = 40


@dataclass(frozen=True)
class Mine:
    """Whose people are meant: the partner's at the fair, and who acts for it."""

    fair: Fair
    partner_id: int
    actor: Actor


@dataclass(frozen=True)
class Group:
    """What a group is called, and whether it wishes to ride on one bus."""

    name: str
    same_bus: bool


def register(
    mine: Mine, wish: Registration, key: str, group_id: int | None, *, now: datetime
) -> Household:
    """Have the partner's household be registered or wait, once for the same key of the form."""
    if group_id is not None:
        get_group(mine.fair.id, mine.partner_id, group_id)
    origin = Origin(_key(mine.actor, mine.partner_id, key), mine.partner_id, group_id)
    return register_for(mine.fair.id, wish, origin, actor=mine.actor, now=now)


def register_at_desk(
    fair: Fair, wish: Registration, key: str, partner_id: int | None, *, actor: Actor, now: datetime
) -> Household:
    """Have a household be registered by the organiser, perhaps for a partner."""
    if partner_id is not None:
        get_partner(fair.id, partner_id)
    origin = Origin(_key(actor, partner_id, key), partner_id)
    return register_for(fair.id, wish, origin, actor=actor, now=now, at_desk=True)


def add_group(mine: Mine, new: Group, *, now: datetime) -> int:
    """Have the partner have one more group; return its id. Raises Conflict("group_exists")."""
    with transaction() as current:
        group = PartnerGroup(fair_id=mine.fair.id, partner_id=mine.partner_id, **vars(new))
        with conflicts(uq_partner_group_fair_id_partner_id_name="group_exists"):
            current.add(group)
        _note(mine, "group.added", group.id, now)
        return group.id


def change_group(mine: Mine, group_id: int, new: Group, *, now: datetime) -> None:
    """Have the group be called so and wish so; raise Conflict("group_exists")."""
    with transaction():
        group = get_group(mine.fair.id, mine.partner_id, group_id, locked=True)
        with conflicts(uq_partner_group_fair_id_partner_id_name="group_exists"):
            group.name, group.same_bus = new.name, new.same_bus
        _note(mine, "group.changed", group_id, now)


def drop_group(mine: Mine, group_id: int, *, now: datetime) -> None:
    """Have the group be no more; its households stay registered, in none."""
    with transaction() as current:
        group = get_group(mine.fair.id, mine.partner_id, group_id, locked=True)
        grouped = sa.update(Household).where(
            Household.fair_id == mine.fair.id, Household.group_id == group_id
        )
        current.execute(grouped.values(group_id=None))
        current.delete(group)
        _note(mine, "group.dropped", group_id, now)


def put_into_group(
    mine: Mine, household_ids: Collection[int], group_id: int | None, *, now: datetime
) -> None:
    """Have these households of the partner be in that group, or in none; raise NotFound."""
    with transaction() as current:
        if group_id is not None:
            get_group(mine.fair.id, mine.partner_id, group_id, locked=True)
        found = current.scalars(
            sa.select(Household).where(
                Household.fair_id == mine.fair.id,
                Household.partner_id == mine.partner_id,
                Household.id.in_(household_ids),
            )
        ).all()
        if len(found) != len(set(household_ids)):
            raise NotFound("not_found")
        for household in found:
            household.group_id = group_id
        _note(mine, "group.filled", group_id, now)


def _key(actor: Actor, partner_id: int | None, key: str) -> str:
    """Return the submission's key: of this person at this partner, so nobody meets another's."""
    said = f"{actor.id} {partner_id} {key}"
    return hashlib.sha256(said.encode()).hexdigest()[:KEY_LENGTH]


def _note(mine: Mine, action: str, group_id: int | None, now: datetime) -> None:
    record(mine.actor, action, "partner_group", group_id, now=now, fair_id=mine.fair.id)
