"""Reads of registrations that are being filled in, and of the household behind a link."""

import hashlib
from datetime import datetime

import sqlalchemy as sa

from jobfair.attendees.models import Household
from jobfair.attendees.queries import find_household
from jobfair.attendees.rules import HouseholdState
from jobfair.booking.models import RegistrationDraft
from jobfair.booking.rules import DRAFT_KEPT, SENT_KEPT
from jobfair.core.db import session
from jobfair.core.errors import NotFound
from jobfair.web import links

LINK = "my"
SUBMISSION_KEY_LENGTH = 40
DRAFT = sa.select(RegistrationDraft).where(  # built once: every step asks
    RegistrationDraft.key_hash == sa.bindparam("key_hash"),
    RegistrationDraft.fair_id == sa.bindparam("fair_id"),
    RegistrationDraft.updated_at > sa.bindparam("kept_since"),
    RegistrationDraft.household_id.is_(None)
    | (RegistrationDraft.updated_at > sa.bindparam("sent_since")),
)


def hash_of(key: str) -> str:
    """Return what we keep of a draft's key."""
    return hashlib.sha256(key.encode()).hexdigest()


def submission_key(key: str) -> str:
    """Return the key under which a draft can become a household, once."""
    return hash_of(key)[:SUBMISSION_KEY_LENGTH]


def find_draft(fair_id: int, key: str, now: datetime) -> RegistrationDraft | None:
    """Return the draft of that key at that fair, unless it has grown too old.

    One that became a household leads to its page for an hour: long enough for a double click,
    short enough for a telephone or a counsellor's computer that others use too.
    """
    asked = {
        "key_hash": hash_of(key),
        "fair_id": fair_id,
        "kept_since": now - DRAFT_KEPT,
        "sent_since": now - SENT_KEPT,
    }
    return session().scalar(DRAFT, asked)


def household_behind(token: str) -> Household:
    """Return the household whose link this is; raise NotFound("link_invalid") for all others."""
    household_id = links.row_of(LINK, token)
    household = find_household(household_id) if household_id is not None else None
    if (
        household is None
        or household.erased_at is not None
        or not links.proves(LINK, token, household.id, household.link_version)
    ):
        raise NotFound("link_invalid")
    return household


def token_of(household: Household) -> str:
    """Return the token of the household's link."""
    return links.token_for(LINK, household.id, household.link_version)


def token_before(household: Household) -> str:
    """Return the token of the household's link before it was renewed."""
    return links.token_for(LINK, household.id, household.link_version - 1)


def list_by_email(fair_id: int, email: str) -> list[Household]:
    """Return the households of that address at that fair that have not cancelled."""
    query = sa.select(Household).where(
        Household.fair_id == fair_id,
        sa.func.lower(Household.email) == email.lower(),
        Household.email != "",
        Household.state != HouseholdState.CANCELLED,
    )
    return list(session().scalars(query.order_by(Household.id)))
