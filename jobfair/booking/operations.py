"""Writing a registration in the caller's transaction, whoever makes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from jobfair.attendees.models import Household
from jobfair.attendees.rules import HouseholdInput, HouseholdState, PersonInput
from jobfair.audit.operations import record
from jobfair.booking.rules import CONSENT_TEXT, Contact, RideInput
from jobfair.booking.tidings import confirm
from jobfair.core.actor import Actor, ActorKind
from jobfair.places.operations import book
from jobfair.privacy.operations import record_consent
from jobfair.privacy.rules import NOTICE_VERSION
from jobfair.shuttle.operations import RideWish, request_rides
from jobfair.shuttle.rules import WAVES_MOST


@dataclass(frozen=True)
class Registration:
    """All that a household says when it registers.

    `window_id` is the arrival window that it wishes; with `take_at_once` it takes places that
    become free without being asked.
    """

    people: tuple[PersonInput, ...]
    municipality: str
    contact: Contact
    ride: RideInput | None
    page_lang: str
    window_id: int | None = None
    take_at_once: bool = True


@dataclass(frozen=True)
class Origin:
    """Where a registration comes from; `submission_key` is the same for a repeated one."""

    submission_key: str
    partner_id: int | None = None
    group_id: int | None = None


def write_registration(
    fair_id: int,
    wish: Registration,
    origin: Origin,
    *,
    actor: Actor,
    now: datetime,
    only_wait: bool = False,
) -> Household:
    """Have the household hold places or wait, with its people, codes, rides, consent and mail.

    Raises Conflict("registered_already") and what `places.operations.book` raises.
    """
    household = book(fair_id, _household_input(wish, origin, actor), now=now, only_wait=only_wait)
    record_consent("household", household.id, CONSENT_TEXT, NOTICE_VERSION, wish.page_lang, now=now)
    if wish.ride is not None:
        _ask_for_rides(household, wish.ride, len(wish.people), now)
    confirm(household, len(wish.people), actor, now)
    _note(actor, household, wish, now)
    return household


def _household_input(wish: Registration, origin: Origin, actor: Actor) -> HouseholdInput:
    return HouseholdInput(
        submission_key=origin.submission_key,
        lang=wish.contact.lang,
        municipality=wish.municipality,
        email=wish.contact.email,
        phone=wish.contact.phone,
        people=wish.people,
        window_id=wish.window_id,
        take_at_once=wish.take_at_once,
        partner_id=origin.partner_id,
        group_id=origin.group_id,
        registered_by=actor.id if actor.kind is ActorKind.USER else None,
    )


def _ask_for_rides(household: Household, ride: RideInput, people: int, now: datetime) -> None:
    request_rides(
        ride_wish(household, ride, people),
        now=now,
        resting=household.state is HouseholdState.WAITLISTED,
    )


def ride_wish(household: Household, ride: RideInput, people: int) -> RideWish:
    """Return what the shuttle is asked for."""
    return RideWish(
        fair_id=household.fair_id,
        household_id=household.id,
        ways=ride.ways,
        stop_id=ride.stop_id,
        out_wave=0,
        back_wave=ride.back_wave,
        people=people,
        flexibility=WAVES_MOST,
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
