"""Use cases: what an exhibitor offers."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing, transaction
from jobfair.core.errors import Conflict, NotFound
from jobfair.exhibitors.models import Exhibitor, Posting
from jobfair.exhibitors.operations import add_posting, lock_exhibitor
from jobfair.exhibitors.rules import OWN_PAGE_STATES, POSTINGS_MOST, PostingInput


def add(
    exhibitor_id: int, said: PostingInput, *, actor: Actor, now: datetime, by_desk: bool = False
) -> Posting:
    """Have the exhibitor offer this as well; raise Conflict where there is no room for it."""
    with transaction() as session:
        exhibitor = _locked(exhibitor_id, by_desk)
        present = sa.select(sa.func.count()).where(Posting.exhibitor_id == exhibitor.id)
        if (session.scalar(present) or 0) >= POSTINGS_MOST:
            raise Conflict("postings_most", most=POSTINGS_MOST)
        posting = add_posting(exhibitor, said)
        session.flush()
        _note(posting, "posting.add", actor, now, [])
    return posting


def edit(
    exhibitor_id: int,
    posting_id: int,
    said: PostingInput,
    *,
    actor: Actor,
    now: datetime,
    by_desk: bool = False,
) -> None:
    """Have the offer say this."""
    with transaction():
        posting = _posting(_locked(exhibitor_id, by_desk), posting_id)
        values = said.values()
        changed = [name for name, value in values.items() if getattr(posting, name) != value]
        for name in changed:
            setattr(posting, name, values[name])
        if changed:
            _note(posting, "posting.edit", actor, now, changed)


def remove(
    exhibitor_id: int, posting_id: int, *, actor: Actor, now: datetime, by_desk: bool = False
) -> None:
    """Have the exhibitor no longer offer this."""
    with transaction() as session:
        posting = _posting(_locked(exhibitor_id, by_desk), posting_id)
        session.delete(posting)
        _note(posting, "posting.remove", actor, now, [])


def _locked(exhibitor_id: int, by_desk: bool) -> Exhibitor:
    """Return the exhibitor, which changes its offers itself only while it may come."""
    exhibitor = lock_exhibitor(exhibitor_id)
    if not by_desk and exhibitor.state not in OWN_PAGE_STATES:
        raise Conflict("own_page_closed")
    return exhibitor


def _posting(exhibitor: Exhibitor, posting_id: int) -> Posting:
    query = sa.select(Posting).where(Posting.id == posting_id, Posting.exhibitor_id == exhibitor.id)
    posting = assert_writing().scalar(query)
    if posting is None:
        raise NotFound("not_found")
    return posting


def _note(posting: Posting, action: str, actor: Actor, now: datetime, fields: list[str]) -> None:
    record(actor, action, "posting", posting.id, now=now, fair_id=posting.fair_id, fields=fields)
