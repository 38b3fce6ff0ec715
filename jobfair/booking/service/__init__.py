"""Use cases of registering: keeping a draft, registering once, sending a link again."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jobfair.attendees.models import Household
from jobfair.attendees.queries import find_submission
from jobfair.audit.operations import record
from jobfair.booking import tidings
from jobfair.booking.models import RegistrationDraft
from jobfair.booking.operations import Origin, Registration, write_registration
from jobfair.booking.queries import find_draft, hash_of, list_by_email, submission_key, token_of
from jobfair.booking.rules import Step, may_wait, registration_now
from jobfair.core.actor import VISITOR, Actor
from jobfair.core.db import transaction
from jobfair.core.errors import Conflict
from jobfair.fairs.models import Fair
from jobfair.fairs.operations import lock_fair
from jobfair.fairs.rules import Phase, RegistrationState

KEY_BYTES = 24
DESK_PHASES = (Phase.OPEN, Phase.CLOSED, Phase.RUNNING)

__all__ = [
    "Origin",
    "Registration",
    "register",
    "register_all_for",
    "register_for",
    "save_step",
    "send_link_again",
]


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


def register(
    fair_id: int,
    key: str,
    wish: Registration,
    *,
    actor: Actor,
    now: datetime,
    only_wait: bool = False,
) -> str:
    """Have the household of the draft be registered exactly once; return its link's token.

    Places, people, codes, consent, rides and the mail are written together or not at all. A
    repeated submission finds what the first one made. With `only_wait` it joins the waiting list,
    also where registration has closed.
    """
    try:
        with transaction():
            return token_of(_register(fair_id, key, wish, actor, now, only_wait=only_wait))
    except Conflict:
        first = find_submission(fair_id, submission_key(key))
        if first is None:
            raise
        return token_of(first)


def register_for(
    fair_id: int,
    wish: Registration,
    origin: Origin,
    *,
    actor: Actor,
    now: datetime,
    at_desk: bool = False,
) -> Household:
    """Have a household be registered by a partner or, `at_desk`, by the organiser.

    After the end of registration a partner's households wait; the desk registers until the fair
    is over. A repeated submission returns what the first one made. Raises Conflict.
    """
    try:
        with transaction():
            only_wait = _check_for_others(lock_fair(fair_id), now, at_desk=at_desk)
            return write_registration(
                fair_id, wish, origin, actor=actor, now=now, only_wait=only_wait
            )
    except Conflict:
        first = find_submission(fair_id, origin.submission_key)
        if first is None:
            raise
        return first


def register_all_for(
    fair_id: int,
    wishes: Sequence[tuple[Registration, Origin]],
    *,
    actor: Actor,
    now: datetime,
    at_desk: bool = False,
) -> list[Household]:
    """Have all these households be registered as by `register_for`, together or none of them.

    Raises Conflict, also where one of them is registered already.
    """
    with transaction():
        only_wait = _check_for_others(lock_fair(fair_id), now, at_desk=at_desk)
        return [
            write_registration(fair_id, wish, origin, actor=actor, now=now, only_wait=only_wait)
            for wish, origin in wishes
        ]


def send_link_again(fair_id: int, email: str, *, now: datetime) -> None:
    """Have the links of this address at the fair be mailed there; the caller learns nothing."""
    with transaction():
        households = list_by_email(fair_id, email)
        for household in households:
            tidings.send_link(household, now)
        record(VISITOR, "link.asked", "fair", fair_id, now=now, fair_id=fair_id)


def _check_for_others(fair: Fair, now: datetime, *, at_desk: bool) -> bool:
    """Tell whether the household can only wait; raise Conflict where nobody is taken."""
    state = _state_of(fair, now)
    if state is RegistrationState.OPEN or (at_desk and fair.phase in DESK_PHASES):
        return False
    if not may_wait(fair.phase, fair.starts_at, state, now):
        raise Conflict(state.value)
    return True


def _state_of(fair: Fair, now: datetime) -> RegistrationState:
    return registration_now(
        fair.phase, fair.registration_opens_at, fair.registration_closes_at, now
    )


def _finished(draft: RegistrationDraft, step: Step, typed: Any, done: bool) -> list[str]:
    """Return the finished steps; a stop is chosen anew where the place has changed."""
    finished = set(draft.data.get("done", ()))
    finished.discard(step.value)
    if step is Step.PLACE and draft.data.get(Step.PLACE.value) != typed:
        finished.discard(Step.BUS.value)
    if done:
        finished.add(step.value)
    return sorted(finished)


def _register(
    fair_id: int, key: str, wish: Registration, actor: Actor, now: datetime, *, only_wait: bool
) -> Household:
    fair = lock_fair(fair_id)
    state = _state_of(fair, now)
    waits = only_wait and may_wait(fair.phase, fair.starts_at, state, now)
    if state is not RegistrationState.OPEN and not waits:
        raise Conflict(state.value)
    draft = find_draft(fair_id, key, now)
    if draft is None:
        raise Conflict("draft_gone")
    if draft.household_id is not None:
        raise Conflict("registered_already")
    origin = Origin(submission_key(key))
    household = write_registration(fair_id, wish, origin, actor=actor, now=now, only_wait=waits)
    draft.data, draft.household_id, draft.updated_at = {}, household.id, now
    return household
