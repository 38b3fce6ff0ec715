"""Steps about exhibitors inside the caller's transaction."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from jobfair.accounts.operations import ensure_user, grant_role, take_role
from jobfair.core.actor import Role
from jobfair.core.db import assert_writing
from jobfair.core.errors import NotFound
from jobfair.exhibitors.models import Exhibitor, Posting
from jobfair.exhibitors.rules import OrganisationInput, PostingInput
from jobfair.fairs.models import Fair
from jobfair.mail.operations import queue_mail
from jobfair.mail.rules import Letter
from jobfair.web.links import absolute, token_for

LINK = "exhibitor"


def lock_exhibitor(exhibitor_id: int, fair_id: int | None = None) -> Exhibitor:
    """Return the exhibitor as it is now; nobody else changes it before the transaction ends."""
    query = sa.select(Exhibitor).where(Exhibitor.id == exhibitor_id).with_for_update()
    exhibitor = assert_writing().scalar(query.execution_options(populate_existing=True))
    if exhibitor is None or fair_id not in (None, exhibitor.fair_id):
        raise NotFound("not_found")
    return exhibitor


def change(exhibitor: Exhibitor, said: OrganisationInput) -> list[str]:
    """Have the exhibitor say this, and return the names of what changed."""
    values = said.values()
    changed = [name for name, value in values.items() if getattr(exhibitor, name) != value]
    for name in changed:
        setattr(exhibitor, name, values[name])
    return changed


def add_posting(exhibitor: Exhibitor, said: PostingInput) -> Posting:
    """Have the exhibitor offer this as well."""
    posting = Posting(fair_id=exhibitor.fair_id, exhibitor_id=exhibitor.id, **said.values())
    assert_writing().add(posting)
    return posting


def change_only_posting(exhibitor: Exhibitor, said: PostingInput | None) -> list[str]:
    """Have the exhibitor, whose postings are loaded, offer this alone; return what changed."""
    wanted = [] if said is None else [said]
    if [posting.said for posting in exhibitor.postings] == wanted:
        return []
    for posting in exhibitor.postings:
        assert_writing().delete(posting)
    for one in wanted:
        add_posting(exhibitor, one)
    return ["postings"]


def give_access(exhibitor: Exhibitor, *, now: datetime) -> None:
    """Have the contact, if there is one, be able to sign in, and nobody who was it before."""
    if not exhibitor.contact_email:
        return
    before = exhibitor.user_id
    user = ensure_user(exhibitor.contact_email, exhibitor.contact_name, exhibitor.lang, now=now)
    grant_role(user.id, Role.EXHIBITOR, exhibitor.fair_id, now=now)
    exhibitor.user_id = user.id
    assert_writing().flush()
    if before is not None and before != user.id and not _is_contact(before, exhibitor.fair_id):
        take_role(before, Role.EXHIBITOR, exhibitor.fair_id)


def url_of(exhibitor: Exhibitor) -> str:
    """Return the full address of the exhibitor's own page."""
    token = token_for(LINK, exhibitor.id, exhibitor.link_version)
    return absolute("exhibitors.own", token=token)


def write_to(
    exhibitor: Exhibitor, kind: str, write: Callable[[Fair], Letter], *, now: datetime
) -> None:
    """Have a mail leave for the contact, in its language; an erased contact gets none."""
    if not exhibitor.contact_email:
        return
    fair = assert_writing().get_one(Fair, exhibitor.fair_id)
    queue_mail(
        f"exhibitor.{kind}",
        exhibitor.contact_email,
        exhibitor.lang,
        lambda: write(fair),
        now=now,
        fair_id=exhibitor.fair_id,
        subject_kind="exhibitor",
        subject_id=exhibitor.id,
    )


def _is_contact(user_id: int, fair_id: int) -> bool:
    query = sa.select(Exhibitor.id).where(
        Exhibitor.user_id == user_id, Exhibitor.fair_id == fair_id
    )
    return assert_writing().scalar(query.limit(1)) is not None
