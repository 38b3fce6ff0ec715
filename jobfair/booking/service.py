"""Use cases of the visitor: keeping a draft, registering, cancelling."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jobfair.attendees.models import Household
from jobfair.attendees.operations import register_household
from jobfair.attendees.queries import find_submission
from jobfair.attendees.rules import HouseholdInput, PersonInput
from jobfair.audit.operations import record
from jobfair.booking import letters
from jobfair.booking.models import RegistrationDraft
from jobfair.booking.queries import find_draft, hash_of, submission_key, token_of
from jobfair.booking.rules import (
    CONSENT_TEXT,
    Contact,
    RideInput,
    Step,
    registration_now,
)
from jobfair.core.actor import Actor
from jobfair.core.db import transaction
from jobfair.core.errors import Conflict
from jobfair.fairs.models import Fair
from jobfair.fairs.operations import lock_fair
from jobfair.fairs.rules import RegistrationState
from jobfair.mail.operations import queue_mail
from jobfair.privacy.operations import record_consent
from jobfair.privacy.rules import NOTICE_VERSION
from jobfair.shuttle.operations import RideWish, request_rides
from jobfair.shuttle.queries import journey_of
from jobfair.web.links import absolute

KEY_BYTES = 24


@dataclass(frozen=True)
class Registration:
    """All that a household says when it registers."""

    people: tuple[PersonInput, ...]
    municipality: str
    contact: Contact
    ride: RideInput | None
    page_lang: str


def save_step(
    fair_id: int, key: str | None, step: Step, typed: Any, *, lang: str, done: bool, now: datetime
) -> str:
    """Have the draft hold what was typed on a step; return the draft's key, perhaps a new one."""
    with transaction() as current:
        draft = find_draft(fair_id, key, now) if key else None
        if draft is None or draft.household_id is not None:
            key = secrets.token_urlsafe(KEY_BYTES)
            draft = RegistrationDraft(
                fair_id=fair_id, key_hash=hash_of(key), lang=lang, data={}, created_at=now
            )
            current.add(draft)
        finished = _finished(draft, step, typed, done)
        draft.data = {**draft.data, step.value: typed, "done": finished}
        draft.lang, draft.updated_at = lang, now
    assert key is not None  # noqa: S101  # a draft without a key was given one above
    return key


def register(fair_id: int, key: str, wish: Registration, *, actor: Actor, now: datetime) -> str:
    """Have the household be registered exactly once; return the token of its link.

    Places, people, codes, consent, rides and the mail are written together or not at all. A
    repeated submission finds what the first one made.
    """
    try:
        with transaction():
            return token_of(_register(fair_id, key, wish, actor, now))
    except Conflict:
        first = find_submission(fair_id, submission_key(key))
        if first is None:
            raise
        return token_of(first)


def _finished(draft: RegistrationDraft, step: Step, typed: Any, done: bool) -> list[str]:
    """Return the finished steps; a stop is chosen anew where the place has changed."""
    finished = set(draft.data.get("done", ()))
    finished.discard(step.value)
    if step is Step.PLACE and draft.data.get(Step.PLACE.value) != typed:
        finished.discard(Step.BUS.value)
    if done:
        finished.add(step.value)
    return sorted(finished)


def _register(fair_id: int, key: str, wish: Registration, actor: Actor, now: datetime) -> Household:
    fair = lock_fair(fair_id)
    state = registration_now(
        fair.phase, fair.registration_opens_at, fair.registration_closes_at, now
    )
    if state is not RegistrationState.OPEN:
        raise Conflict(state.value)
    draft = find_draft(fair_id, key, now)
    if draft is None:
        raise Conflict("draft_gone")
    if draft.household_id is not None:
        raise Conflict("registered_already")
    household = register_household(fair_id, _household_input(key, wish), now=now)
    _consent(household, wish, now)
    if wish.ride is not None:
        _ask_for_rides(household, wish.ride, len(wish.people), now)
    _confirm(fair, household, len(wish.people), now)
    _note(actor, household, wish, now)
    draft.data, draft.household_id, draft.updated_at = {}, household.id, now
    return household


def _household_input(key: str, wish: Registration) -> HouseholdInput:
    return HouseholdInput(
        submission_key=submission_key(key),
        lang=wish.contact.lang,
        municipality=wish.municipality,
        email=wish.contact.email,
        phone=wish.contact.phone,
        people=wish.people,
    )


def _consent(household: Household, wish: Registration, now: datetime) -> None:
    record_consent("household", household.id, CONSENT_TEXT, NOTICE_VERSION, wish.page_lang, now=now)


def _ask_for_rides(household: Household, ride: RideInput, people: int, now: datetime) -> None:
    request_rides(
        RideWish(
            fair_id=household.fair_id,
            household_id=household.id,
            ways=ride.ways,
            stop_id=ride.stop_id,
            back_wave=ride.back_wave,
            people=people,
        ),
        now=now,
    )


def _confirm(fair: Fair, household: Household, people: int, now: datetime) -> None:
    if not household.email:
        return
    journey = journey_of(household.id)
    url = absolute("booking.my", token=token_of(household))
    queue_mail(
        "confirmation",
        household.email,
        household.lang,
        lambda: letters.confirmation(fair, people, journey, url),
        now=now,
        fair_id=fair.id,
        subject_kind="household",
        subject_id=household.id,
    )


def _note(actor: Actor, household: Household, wish: Registration, now: datetime) -> None:
    said: Iterable[tuple[str, object]] = (
        ("people", wish.people),
        ("email", wish.contact.email),
        ("phone", wish.contact.phone),
        ("ride", wish.ride),
    )
    record(
        actor,
        "household.registered",
        "household",
        household.id,
        now=now,
        fair_id=household.fair_id,
        fields=[name for name, value in said if value],
    )
