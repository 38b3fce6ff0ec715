"""Reads: who is still to be told, and what a household was told."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from jobfair.attendees.models import Household
from jobfair.core.db import session
from jobfair.core.errors import NotFound
from jobfair.telling.models import Notice
from jobfair.telling.rules import Channel


@dataclass(frozen=True)
class ToTell:
    """A household, with people and partner, and what somebody tells it, oldest first."""

    household: Household
    notices: tuple[Notice, ...]


def list_to_tell(fair_id: int, partner_id: int | None = None) -> list[ToTell]:
    """Return whom somebody must tell something, who waits longest first.

    Without a partner these are all of the fair; with one those whom it registered.
    """
    query = _with_households(fair_id, partner_id).where(Notice.told_at.is_(None))
    rows = session().execute(query.order_by(Notice.household_id, Notice.id))
    found = [
        ToTell(household, tuple(notice for _household, notice in group))
        for household, group in groupby(rows, key=lambda row: row[0])
    ]
    return sorted(found, key=lambda one: one.notices[0].id)


def list_told(
    fair_id: int, since: datetime, limit: int, partner_id: int | None = None
) -> list[ToTell]:
    """Return what somebody has told since then, at most so much, the latest first."""
    by_people = (Notice.told_at >= since, Notice.told_by.is_not(None))
    query = _with_households(fair_id, partner_id).where(*by_people)
    latest = query.order_by(Notice.told_at.desc(), Notice.id.desc())
    rows = session().execute(latest.limit(limit))
    return [ToTell(household, (notice,)) for household, notice in rows]


def count_to_tell(fair_id: int, partner_id: int | None = None) -> int:
    """Return how many households somebody must tell something."""
    query = sa.select(sa.func.count(sa.distinct(Notice.household_id)))
    of_people = query.join(Household, Household.id == Notice.household_id)
    open_ones = of_people.where(*_for_people(fair_id, partner_id), Notice.told_at.is_(None))
    return session().scalar(open_ones) or 0


def get_notice(fair_id: int, notice_id: int, partner_id: int | None = None) -> Notice:
    """Return what somebody tells a household of that fair and partner; raise NotFound."""
    query = sa.select(Notice).join(Household, Household.id == Notice.household_id)
    found = session().scalar(query.where(*_for_people(fair_id, partner_id), Notice.id == notice_id))
    if found is None:
        raise NotFound("not_found")
    return found


def history_of(household_id: int) -> list[Notice]:
    """Return all that the household was told or is to be told, the latest first.

    What something newer stands instead of is left out.
    """
    query = sa.select(Notice).where(Notice.household_id == household_id, Notice.text != "")
    return list(session().scalars(query.order_by(Notice.id.desc())))


def _with_households(fair_id: int, partner_id: int | None) -> "sa.Select[Household, Notice]":
    return (
        sa.select(Household, Notice)
        .join(Notice, Notice.household_id == Household.id)
        .where(*_for_people(fair_id, partner_id))
        .options(selectinload(Household.people), joinedload(Household.partner))
    )


def _for_people(fair_id: int, partner_id: int | None) -> "list[sa.ColumnElement[bool]]":
    """Return what is told by somebody and hasn't been forgotten."""
    rules = [
        Notice.fair_id == fair_id,
        Notice.channel == Channel.PERSON,
        Notice.text != "",
    ]
    return rules if partner_id is None else [*rules, Household.partner_id == partner_id]
