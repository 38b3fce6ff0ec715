"""Writing a registration in the caller's transaction, whoever makes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.rules import HouseholdInput, HouseholdState, PersonInput
from jobfair.audit.operations import record
from jobfair.booking.rules import CONSENT_TEXT, Contact, RideInput, wheelchairs_of
from jobfair.booking.tidings import confirm
from jobfair.core.actor import Actor, ActorKind
from jobfair.places.operations import book
from jobfair.privacy.operations import record_consent
from jobfair.privacy.rules import NOTICE_VERSION
from jobfair.shuttle.operations import RideWish, request_rides


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
        request_rides(
            ride_wish(fair_id, household.id, wish.ride, wish.people),
            now=now,
            resting=household.state is HouseholdState.WAITLISTED,
        )
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


def ride_wish(
    fair_id: int, household_id: int, ride: RideInput, people: Sequence[PersonInput | Attendee]
) -> RideWish:
    """Return what the shuttle is asked for."""
    return RideWish(
        fair_id=fair_id,
        household_id=household_id,
        ways=ride.ways,
        stop_id=ride.stop_id,
        out_wave=ride.out_wave,
        back_wave=ride.back_wave,
        people=len(people),
        wheelchairs=wheelchairs_of(ride, ([need.kind for need in one.needs] for one in people)),
        prams=ride.prams,
        flexibility=ride.flexibility,
        alternatives=ride.alternatives,
        only_by_bus=ride.only_by_bus,
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
