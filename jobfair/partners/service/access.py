"""Use cases of who may register people for others: organisations, members, wishes to help."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from jobfair.accounts import operations, queries
from jobfair.accounts.models import AccessRequest, Partner, User
from jobfair.accounts.rules import AccessState, LinkPurpose, MemberKind, PartnerKind
from jobfair.audit.operations import record
from jobfair.core.actor import VISITOR, Actor
from jobfair.core.db import assert_writing, transaction
from jobfair.core.errors import Conflict, NotFound
from jobfair.core.languages import STAFF_LANGUAGES, ui_language_for
from jobfair.fairs.models import Fair
from jobfair.mail.operations import queue_mail
from jobfair.partners import letters
from jobfair.web.links import absolute

PARTNER, REQUEST = "partner", "access_request"


@dataclass(frozen=True)
class Wish:
    """Who wants to register people for others, for whom, and in which language they write."""

    name: str
    email: str
    phone: str
    organisation: str
    kind: MemberKind
    message: str
    lang: str


@dataclass(frozen=True)
class Invitation:
    """Whom the organiser wants to help, and as what."""

    name: str
    email: str
    kind: MemberKind
    lang: str


@dataclass(frozen=True)
class Organisation:
    """What an organisation is called and is."""

    name: str
    kind: PartnerKind


def ask(fair: Fair, wish: Wish, *, now: datetime) -> None:
    """Have the organiser see that somebody wants to help; who does already is told so by mail.

    The caller learns nothing about which it was.
    """
    with transaction():
        user = queries.find_user_by_email(wish.email)
        member = queries.find_membership(user.id, fair.id) if user else None
        if user and member and user.disabled_at is None:
            _tell(user, fair, member.partner, wish.lang, now)
            return
        asked = AccessRequest(
            fair_id=fair.id, state=AccessState.ASKED, created_at=now, **vars(wish)
        )
        kept = operations.keep_request(asked)
        record(VISITOR, "access.asked", REQUEST, kept.id, now=now, fair_id=fair.id)


def add_organisation(actor: Actor, fair: Fair, new: Organisation, *, now: datetime) -> int:
    """Have the fair have one more partner; return its id. Raises Conflict("partner_exists")."""
    with transaction():
        partner = operations.add_partner(fair.id, new.name, new.kind, now=now)
        record(actor, "partner.added", PARTNER, partner.id, now=now, fair_id=fair.id)
        return partner.id


def rename_organisation(
    actor: Actor, fair: Fair, partner_id: int, new: Organisation, *, now: datetime
) -> None:
    """Have the partner be called so; raise Conflict("partner_exists")."""
    with transaction():
        partner = queries.get_partner(fair.id, partner_id)
        operations.rename_partner(partner, new.name, new.kind)
        record(actor, "partner.renamed", PARTNER, partner_id, now=now, fair_id=fair.id)


def invite(actor: Actor, fair: Fair, partner_id: int, wish: Invitation, *, now: datetime) -> None:
    """Have the person help for the partner and a mail tell them; raise Conflict."""
    with transaction():
        partner = queries.get_partner(fair.id, partner_id)
        user = operations.ensure_user(wish.email, wish.name, wish.lang, now=now)
        operations.add_member(partner, user.id, wish.kind, now=now)
        _tell(user, fair, partner, wish.lang, now)
        record(actor, "member.invited", "user", user.id, now=now, fair_id=fair.id)


def invite_again(actor: Actor, fair: Fair, user_id: int, *, now: datetime) -> None:
    """Have the mail with the way in sent once more; raise NotFound."""
    with transaction():
        member = queries.find_membership(user_id, fair.id)
        if member is None:
            raise NotFound("not_found")
        user = queries.get_user(user_id)
        _tell(user, fair, member.partner, user.lang, now)
        record(actor, "member.invited_again", "user", user_id, now=now, fair_id=fair.id)


def end_membership(actor: Actor, fair: Fair, user_id: int, *, now: datetime) -> None:
    """Have the person see nobody of the partner any more, from the next request on."""
    with transaction():
        if operations.end_member(fair.id, user_id):
            record(actor, "member.ended", "user", user_id, now=now, fair_id=fair.id)


def grant(
    actor: Actor, fair: Fair, request_id: int, partner: int | Organisation, *, now: datetime
) -> None:
    """Have who asked help for that partner, perhaps a new one, and a mail tell them.

    Raises Conflict("answered_already"), Conflict("helps_already"), Conflict("partner_exists").
    """
    with transaction():
        asked = _answer(fair, request_id, AccessState.GRANTED, now)
        if isinstance(partner, Organisation):
            chosen = operations.add_partner(fair.id, partner.name, partner.kind, now=now)
        else:
            chosen = queries.get_partner(fair.id, partner)
        lang = ui_language_for(asked.lang, STAFF_LANGUAGES)
        user = operations.ensure_user(asked.email, asked.name, lang, now=now)
        operations.add_member(chosen, user.id, asked.kind, now=now)
        _tell(user, fair, chosen, asked.lang, now)
        record(actor, "access.granted", REQUEST, request_id, now=now, fair_id=fair.id)


def refuse(actor: Actor, fair: Fair, request_id: int, *, now: datetime) -> None:
    """Have who asked be told by mail that they get no access; raise Conflict."""
    with transaction():
        asked = _answer(fair, request_id, AccessState.REFUSED, now)
        name, phone = asked.name, fair.phone or current_app.config["JOBFAIR"].operator_phone
        queue_mail(
            "access_refused",
            asked.email,
            asked.lang,
            lambda: letters.access_refused(name, fair.name, phone),
            now=now,
            fair_id=fair.id,
            subject_kind=REQUEST,
            subject_id=request_id,
        )
        record(actor, "access.refused", REQUEST, request_id, now=now, fair_id=fair.id)


def _answer(fair: Fair, request_id: int, state: AccessState, now: datetime) -> AccessRequest:
    asked = queries.get_request(fair.id, request_id)
    assert_writing().refresh(asked, with_for_update=True)  # two who answer at once
    if asked.state is not AccessState.ASKED:
        raise Conflict("answered_already")
    asked.state, asked.decided_at = state, now
    return asked


def _tell(user: User, fair: Fair, partner: Partner, lang: str, now: datetime) -> None:
    """Have a mail tell the way in: with a link for one use to whoever was never here."""
    found = queries.find_member(fair.id, user.id)
    joined = found is not None and found.joined
    if joined:
        url = absolute("accounts.sign_in", next=f"/partner/{fair.slug}/")
    else:
        url = operations.make_link(user.id, LinkPurpose.INVITATION, now=now)
    name, organisation = user.name, partner.name
    queue_mail(
        "partner_access",
        user.email,
        lang,
        lambda: letters.partner_access(name, fair.name, organisation, url, joined=joined),
        now=now,
        fair_id=fair.id,
        subject_kind="user",
        subject_id=user.id,
    )
