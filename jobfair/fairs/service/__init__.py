"""Use cases: making, copying and changing a fair, moving it through its phases."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.accounts.operations import grant_role
from jobfair.audit.operations import record
from jobfair.core.actor import Actor, ActorKind, Permission, Role
from jobfair.core.db import conflicts, transaction
from jobfair.core.errors import Conflict, Forbidden, NotFound
from jobfair.core.events import publish
from jobfair.fairs.copying import copy_capacities, copy_sponsors, copy_windows
from jobfair.fairs.events import CapacityChanged, FairCopied, FairMoved, FairOpened
from jobfair.fairs.models import Fair
from jobfair.fairs.operations import add_fair, lock_fair
from jobfair.fairs.rules import FairFacts, Phase, TextKey, may_move, opening_fault
from jobfair.fairs.service.windows import move_windows


def create_fair(facts: FairFacts, *, actor: Actor, now: datetime) -> Fair:
    """Make a fair as a draft, with the actor as its organiser."""
    with transaction():
        fair = add_fair(facts, now=now)
        _note_made(fair, actor, now)
    return fair


def copy_fair(from_id: int, facts: FairFacts, *, actor: Actor, now: datetime) -> Fair:
    """Make a fair with all that an earlier one was set up with, without its households.

    Rooms, texts, arrival windows and sponsors are copied here, the rest where it lives.
    """
    if not actor.may(Permission.ORGANISE, from_id):
        raise Forbidden("not_allowed")
    with transaction() as session:
        query = sa.select(Fair).where(Fair.id == from_id)
        earlier = session.scalar(query.options(selectinload(Fair.rooms), selectinload(Fair.texts)))
        if earlier is None:
            raise NotFound("not_found")
        rooms = tuple(room.name for room in earlier.rooms)
        texts = tuple(
            (text.key, text.lang, text.body)
            for text in earlier.texts
            if text.key is not TextKey.NEWS  # what happened to the earlier fair
        )
        fair = add_fair(facts, now=now, rooms=rooms, texts=texts)
        copy_capacities(earlier, fair)
        copy_windows(earlier, fair)
        copy_sponsors(earlier, fair)
        _note_made(fair, actor, now)
        publish(FairCopied(from_id, fair.id))
    return fair


def _note_made(fair: Fair, actor: Actor, now: datetime) -> None:
    if actor.kind is ActorKind.USER and actor.id is not None:
        grant_role(actor.id, Role.ORGANISER, fair.id, now=now)
    record(actor, "fair.make", "fair", fair.id, now=now, fair_id=fair.id)


def edit_fair(fair_id: int, facts: FairFacts, *, actor: Actor, now: datetime) -> Fair:
    """Have the fair say this; raise Conflict where the address, people or windows don't."""
    with transaction():
        fair = lock_fair(fair_id)
        if facts.capacity < fair.places_taken:
            raise Conflict("capacity_below_taken", taken=fair.places_taken)
        before = fair.facts
        if fair.places_taken and facts.day != before.day:
            raise Conflict("move_untold", taken=fair.places_taken)
        changed = facts.changes(before)
        with conflicts(uq_fair_slug="slug_taken"):
            for name, value in changed.items():
                setattr(fair, name, value)
        if changed:
            record(actor, "fair.edit", "fair", fair.id, now=now, fair_id=fair.id, fields=changed)
        _follow_up(fair, before, now)
    return fair


def _follow_up(fair: Fair, before: FairFacts, now: datetime) -> None:
    if days := fair.facts.day - before.day:
        move_windows(fair, days)
        publish(FairMoved(fair.id, days))
    if fair.capacity != before.capacity:
        publish(CapacityChanged(fair.id, fair.capacity, now))


def move_phase(fair_id: int, after: Phase, *, actor: Actor, now: datetime) -> Fair:
    """Have the fair stand there; raise Conflict where that can't follow or helps nobody."""
    with transaction():
        fair = lock_fair(fair_id)
        before = fair.phase
        _assert_may_move(fair, after, now)
        fair.phase = after
        record(actor, f"fair.{after}", "fair", fair.id, now=now, fair_id=fair.id, fields=["phase"])
        if before is Phase.DRAFT:
            publish(FairOpened(fair.id))
    return fair


def _assert_may_move(fair: Fair, after: Phase, now: datetime) -> None:
    if not may_move(fair.phase, after):
        raise Conflict("phase_not_next")
    if after is Phase.DRAFT and fair.places_taken:
        raise Conflict("draft_with_people", taken=fair.places_taken)
    if after is Phase.OPEN and (fault := opening_fault(fair.facts, now)):
        raise Conflict(fault)
