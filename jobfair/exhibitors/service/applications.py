"""Use cases: an organisation applies, confirms, corrects what it said, withdraws."""

from dataclasses import dataclass
from datetime import datetime

from jobfair.audit.operations import record
from jobfair.core.actor import VISITOR, Actor
from jobfair.core.db import conflicts, transaction
from jobfair.core.errors import Conflict, NotFound
from jobfair.exhibitors import letters
from jobfair.exhibitors.models import Exhibitor
from jobfair.exhibitors.operations import (
    add_posting,
    change,
    change_only_posting,
    give_access,
    lock_exhibitor,
    url_of,
    write_to,
)
from jobfair.exhibitors.queries import find_submission
from jobfair.exhibitors.rules import (
    OWN_PAGE_STATES,
    ExhibitorState,
    OrganisationInput,
    PostingInput,
    may_apply,
    may_withdraw,
)
from jobfair.fairs.models import Fair


@dataclass(frozen=True)
class Application:
    """A form that was sent; the same key means the same form."""

    submission_key: str
    lang: str
    organisation: OrganisationInput
    posting: PostingInput | None


def apply(fair_id: int, sent: Application, *, now: datetime) -> Exhibitor:
    """Have one exhibitor for the form and a mail on its way that asks to confirm.

    The form sent again changes nothing, or corrects what wasn't confirmed yet.
    """
    try:
        return _apply(fair_id, sent, now)
    except Conflict as refusal:
        if refusal.code != "sent_twice":
            raise
        return _apply(fair_id, sent, now)  # somebody was faster, and now its row is found


def _apply(fair_id: int, sent: Application, now: datetime) -> Exhibitor:
    with transaction() as session:
        fair = session.get(Fair, fair_id)
        if fair is None:
            raise NotFound("fair_unknown")
        if not may_apply(fair.phase):
            raise Conflict("applications_closed")
        earlier = find_submission(fair_id, sent.submission_key)
        if earlier is not None:
            _send_again(earlier, sent, now)
            return earlier
        exhibitor = Exhibitor(
            fair_id=fair_id,
            submission_key=sent.submission_key,
            lang=sent.lang,
            state=ExhibitorState.APPLIED,
            link_version=1,
            applied_at=now,
            **sent.organisation.values(),
        )
        with conflicts(uq_exhibitor_fair_id_submission_key="sent_twice"):
            session.add(exhibitor)
        if sent.posting:
            add_posting(exhibitor, sent.posting)
        _note(exhibitor, "exhibitor.apply", VISITOR, now)
        _ask_to_confirm(exhibitor, now)
    return exhibitor


def _send_again(exhibitor: Exhibitor, sent: Application, now: datetime) -> None:
    """Take corrections over as long as nobody has confirmed; whoever has the key sent it first."""
    if exhibitor.state is not ExhibitorState.APPLIED:
        return
    changed = change(exhibitor, sent.organisation) + change_only_posting(exhibitor, sent.posting)
    if changed:
        _note(exhibitor, "exhibitor.correct", VISITOR, now, changed)
    if "contact_email" in changed:
        exhibitor.link_version += 1
        _ask_to_confirm(exhibitor, now)


def confirm(exhibitor_id: int, *, actor: Actor, now: datetime) -> Exhibitor:
    """Have the application confirmed by who got the mail, who can sign in from now on."""
    with transaction():
        exhibitor = lock_exhibitor(exhibitor_id)
        if exhibitor.state is ExhibitorState.APPLIED:
            exhibitor.state = ExhibitorState.CONFIRMED
            exhibitor.confirmed_at = now
            give_access(exhibitor, now=now)
            _note(exhibitor, "exhibitor.confirm", actor, now, ["state"])
            _send_own_page(exhibitor, now)
    return exhibitor


def correct(
    exhibitor_id: int, said: OrganisationInput, *, actor: Actor, now: datetime
) -> Exhibitor:
    """Have the exhibitor say this, if it still can change it by itself."""
    with transaction():
        exhibitor = lock_exhibitor(exhibitor_id)
        if exhibitor.state not in OWN_PAGE_STATES:
            raise Conflict("own_page_closed")
        _edit(exhibitor, said, actor, now)
    return exhibitor


def edit(
    fair_id: int, exhibitor_id: int, said: OrganisationInput, *, actor: Actor, now: datetime
) -> Exhibitor:
    """Have the exhibitor say this, as the organiser wants it."""
    with transaction():
        exhibitor = lock_exhibitor(exhibitor_id, fair_id)
        _edit(exhibitor, said, actor, now)
    return exhibitor


def _edit(exhibitor: Exhibitor, said: OrganisationInput, actor: Actor, now: datetime) -> None:
    """Change what is new; a new address gets a new link, and the old one ends."""
    changed = change(exhibitor, said)
    if changed:
        _note(exhibitor, "exhibitor.edit", actor, now, changed)
    if "contact_email" in changed:
        exhibitor.link_version += 1
        if exhibitor.state is ExhibitorState.APPLIED:
            _ask_to_confirm(exhibitor, now)
        else:
            give_access(exhibitor, now=now)
            _send_own_page(exhibitor, now)


def withdraw(exhibitor_id: int, *, actor: Actor, now: datetime) -> Exhibitor:
    """Have the exhibitor no longer come, and its stand free."""
    with transaction() as session:
        exhibitor = lock_exhibitor(exhibitor_id)
        if exhibitor.state is ExhibitorState.WITHDRAWN:
            return exhibitor
        if not may_withdraw(exhibitor.state, session.get_one(Fair, exhibitor.fair_id).phase):
            raise Conflict("own_page_closed")
        exhibitor.state = ExhibitorState.WITHDRAWN
        exhibitor.stand_id = None
        exhibitor.decided_at = now
        _note(exhibitor, "exhibitor.withdraw", actor, now, ["state", "stand_id"])
        write_to(exhibitor, "withdrawn", lambda fair: letters.withdrawn(exhibitor, fair), now=now)
    return exhibitor


def send_link(fair_id: int, exhibitor_id: int, *, actor: Actor, now: datetime) -> None:
    """Have the link on its way to the contact once more."""
    with transaction():
        exhibitor = lock_exhibitor(exhibitor_id, fair_id)
        if exhibitor.state is ExhibitorState.APPLIED:
            _ask_to_confirm(exhibitor, now)
        else:
            _send_own_page(exhibitor, now)
        _note(exhibitor, "exhibitor.send_link", actor, now)


def _ask_to_confirm(exhibitor: Exhibitor, now: datetime) -> None:
    write_to(
        exhibitor,
        "confirm",
        lambda fair: letters.confirm(exhibitor, fair, url_of(exhibitor)),
        now=now,
    )


def _send_own_page(exhibitor: Exhibitor, now: datetime) -> None:
    write_to(
        exhibitor,
        "own_page",
        lambda fair: letters.own_page(exhibitor, fair, url_of(exhibitor)),
        now=now,
    )


def _note(
    exhibitor: Exhibitor, action: str, actor: Actor, now: datetime, fields: list[str] | None = None
) -> None:
    record(
        actor,
        action,
        "exhibitor",
        exhibitor.id,
        now=now,
        fair_id=exhibitor.fair_id,
        fields=fields or (),
    )
