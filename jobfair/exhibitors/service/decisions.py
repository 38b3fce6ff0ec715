"""Use cases of the organiser: approve, decline, add by hand, give a stand and take it away."""

from datetime import datetime
from secrets import token_urlsafe

import sqlalchemy as sa

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing, conflicts, transaction
from jobfair.core.errors import Conflict, NotFound
from jobfair.exhibitors import letters
from jobfair.exhibitors.models import Exhibitor, Stand
from jobfair.exhibitors.operations import (
    give_access,
    lock_exhibitor,
    url_of,
    write_to,
)
from jobfair.exhibitors.rules import DECISIONS, ExhibitorState, OrganisationInput


def approve(
    fair_id: int, exhibitor_id: int, words: str = "", *, actor: Actor, now: datetime
) -> Exhibitor:
    """Have the exhibitor take part, and a mail with the added words on its way."""
    with transaction():
        exhibitor = lock_exhibitor(exhibitor_id, fair_id)
        if _decide(exhibitor, ExhibitorState.APPROVED, actor, now):
            give_access(exhibitor, now=now)
            write_to(
                exhibitor,
                "approved",
                lambda fair: letters.approved(exhibitor, fair, words, url_of(exhibitor)),
                now=now,
            )
    return exhibitor


def decline(
    fair_id: int, exhibitor_id: int, words: str = "", *, actor: Actor, now: datetime
) -> Exhibitor:
    """Have the exhibitor not take part, its stand free, and a mail with the words on its way."""
    with transaction():
        exhibitor = lock_exhibitor(exhibitor_id, fair_id)
        exhibitor.stand_id = None
        if _decide(exhibitor, ExhibitorState.DECLINED, actor, now):
            write_to(
                exhibitor,
                "declined",
                lambda fair: letters.declined(exhibitor, fair, words),
                now=now,
            )
    return exhibitor


def add_by_hand(
    fair_id: int, said: OrganisationInput, lang: str, *, actor: Actor, now: datetime
) -> Exhibitor:
    """Have one more exhibitor, approved at once, and the link to its page on its way."""
    with transaction() as session:
        exhibitor = Exhibitor(
            fair_id=fair_id,
            submission_key=token_urlsafe(24),
            lang=lang,
            state=ExhibitorState.APPROVED,
            link_version=1,
            applied_at=now,
            decided_at=now,
            **said.values(),
        )
        session.add(exhibitor)
        session.flush()
        give_access(exhibitor, now=now)
        _note(exhibitor, "exhibitor.add", actor, now)
        write_to(
            exhibitor,
            "approved",
            lambda fair: letters.approved(exhibitor, fair, "", url_of(exhibitor)),
            now=now,
        )
    return exhibitor


def give_stand(
    fair_id: int, exhibitor_id: int, stand_id: int, *, actor: Actor, now: datetime
) -> Exhibitor:
    """Have the exhibitor at that stand; raise Conflict("stand_taken", label=…) if another is."""
    with transaction():
        exhibitor = lock_exhibitor(exhibitor_id, fair_id)
        label = _label(fair_id, stand_id)
        if exhibitor.state is not ExhibitorState.APPROVED:
            raise Conflict("stand_needs_approval")
        if exhibitor.stand_id != stand_id:
            exhibitor.stand_id = stand_id
            try:
                with conflicts(uq_exhibitor_stand_id="stand_taken"):
                    _note(exhibitor, "exhibitor.give_stand", actor, now, "stand_id")
            except Conflict as refusal:
                raise Conflict(refusal.code, label=label) from refusal
    return exhibitor


def take_stand(fair_id: int, exhibitor_id: int, *, actor: Actor, now: datetime) -> Exhibitor:
    """Have the exhibitor at no stand."""
    with transaction():
        exhibitor = lock_exhibitor(exhibitor_id, fair_id)
        if exhibitor.stand_id is not None:
            exhibitor.stand_id = None
            _note(exhibitor, "exhibitor.take_stand", actor, now, "stand_id")
    return exhibitor


def _decide(exhibitor: Exhibitor, after: ExhibitorState, actor: Actor, now: datetime) -> bool:
    """Have the exhibitor stand there; return whether that is new."""
    if exhibitor.state is after:
        return False
    if exhibitor.state not in DECISIONS[after]:
        raise Conflict("decision_late")
    exhibitor.state = after
    exhibitor.decided_at = now
    _note(exhibitor, f"exhibitor.{after}", actor, now, "state")
    return True


def _label(fair_id: int, stand_id: int) -> str:
    query = sa.select(Stand.label).where(Stand.fair_id == fair_id, Stand.id == stand_id)
    label = assert_writing().scalar(query)
    if label is None:
        raise NotFound("not_found")
    return label


def _note(exhibitor: Exhibitor, action: str, actor: Actor, now: datetime, *fields: str) -> None:
    record(
        actor,
        action,
        "exhibitor",
        exhibitor.id,
        now=now,
        fair_id=exhibitor.fair_id,
        fields=fields,
    )
