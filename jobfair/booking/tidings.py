"""Telling households what concerns them, in the transaction of what happened."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from flask import g

from jobfair.attendees.models import Household
from jobfair.attendees.operations import coming
from jobfair.attendees.queries import get_household
from jobfair.attendees.rules import HouseholdState
from jobfair.booking import letters
from jobfair.booking.letters import Facts
from jobfair.booking.queries import token_before, token_of
from jobfair.core.actor import Actor, ActorKind
from jobfair.core.db import session
from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.fairs.queries import get_fair, texts_of
from jobfair.fairs.rules import TextKey
from jobfair.mail.rules import Letter
from jobfair.places.handlers import once_key
from jobfair.places.models import Offer
from jobfair.places.queries import find_offer
from jobfair.places.rules import OFFER, expiry
from jobfair.shuttle.queries import journey_of
from jobfair.shuttle.rules import shuttle_answer_by
from jobfair.telling.models import Notice
from jobfair.telling.operations import EVERYTHING, reword, set_told, tell
from jobfair.web.links import absolute
from jobfair.web.locale import current_language

PAPERS = ("sheet", "calendar")
CALENDAR = ("calendar",)
REMINDERS = ("reminder_week", "reminder_day")
HELD_UNTIL_CHANGED = ("confirmation", "places_found", "changed", *REMINDERS)


def facts_of(household: Household, people: int, now: datetime) -> Facts:
    """Return what letters to the household speak of."""
    token = token_of(household)
    fair = session().get_one(Fair, household.fair_id)
    return Facts(
        fair=fair,
        people=people,
        journey=journey_of(household.id),
        window=_window(household.window_id),
        url=absolute("booking.my", token=token),
        bus_url=absolute("booking.cancel_bus", token=token),
        waits=household.state is HouseholdState.WAITLISTED,
        lists_fixed=now >= shuttle_answer_by(fair.shuttle_decided_by, fair.starts_at),
    )


def _window(window_id: int | None) -> ArrivalWindow | None:
    return None if window_id is None else session().get(ArrivalWindow, window_id)


def confirm(household: Household, people: int, actor: Actor, now: datetime) -> None:
    """Have the household be told that it has places or waits for them.

    Who registers oneself has seen it on the page; without e-mail nobody needs to call. Who was
    offered another window at once is told that alone.
    """
    waits = household.state is HouseholdState.WAITLISTED
    if waits and find_offer(household.id, now):
        return
    facts = facts_of(household, people, now)
    write = letters.waiting if waits else letters.confirmation
    notice = tell(
        household,
        "waiting" if waits else "confirmation",
        lambda: write(facts),
        now=now,
        attachments=() if waits else PAPERS,
    )
    if notice is not None and notice.mail_id is None and actor.kind is ActorKind.VISITOR:
        set_told(notice, by=None, now=now)


def tell_now(
    household_id: int,
    kind: str,
    write: Callable[[Facts], Letter],
    *,
    now: datetime,
    once: str = "",
    attachments: tuple[str, ...] = (),
    instead_of: tuple[str, ...] = (),
) -> Notice | None:
    """Have the household be told with what is true now.

    What it does itself, on its own page, it sees there: without e-mail nobody needs to call.
    """
    household = get_household(household_id)
    facts = facts_of(household, len(coming(household)), now)
    notice = tell(
        household,
        kind,
        lambda: write(facts),
        now=now,
        once=once,
        attachments=attachments,
        instead_of=instead_of,
    )
    if notice is not None and notice.mail_id is None and g.get("own_household") == household_id:
        set_told(notice, by=None, now=now)
    return notice


def tell_places_found(household_id: int, now: datetime) -> None:
    """Have a household that waited be told that it has places."""
    tell_now(
        household_id,
        "places_found",
        letters.places_found,
        now=now,
        attachments=PAPERS,
        instead_of=("waiting", OFFER, "offer_expired"),
    )


def tell_offer(household_id: int, offer: Offer, now: datetime) -> None:
    """Have the household be told what it is offered, once."""
    tell_now(
        household_id,
        OFFER,
        lambda facts: letters.offer(
            replace(facts, window=_window(offer.window_id), waits=False),
            offer.people,
            offer.window_id == facts.window_id,
            expiry(now, facts.fair.starts_at) - now,
        ),
        now=now,
        once=once_key(offer.id),
        instead_of=("waiting", "offer_expired"),
    )


def tell_offer_expired(household_id: int, now: datetime) -> None:
    """Have the household be told that its offer has ended and it waits on."""
    tell_now(household_id, "offer_expired", letters.offer_expired, now=now)


def tell_changed(household_id: int, now: datetime, fields: Collection[str] = ()) -> None:
    """Have the household be told what is true after a change of these fields."""
    household = get_household(household_id)
    waits = household.state is HouseholdState.WAITLISTED
    write = letters.waiting if waits else letters.changed
    tell_now(
        household_id,
        "changed",
        lambda facts: write(replace(facts, left_bus="ride" in fields)),
        now=now,
        attachments=() if waits else PAPERS,
        instead_of=("waiting", *HELD_UNTIL_CHANGED),
    )


def tell_cancelled(household_id: int, now: datetime) -> None:
    """Have the household be told that it has cancelled."""
    tell_now(
        household_id,
        "cancelled",
        letters.cancelled,
        now=now,
        attachments=CALENDAR,
        instead_of=EVERYTHING,
    )


def tell_reminder(household_id: int, kind: str, now: datetime) -> None:
    """Have the household be reminded, once for each kind and day of the fair."""
    household = get_household(household_id)
    day = get_fair(household.fair_id).starts_at
    once = f"{kind}:{household_id}:{day:%Y%m%d}"
    tell_now(
        household_id,
        kind,
        letters.reminder,
        now=now,
        once=once,
        attachments=PAPERS,
        instead_of=REMINDERS,
    )


def tell_news(household_id: int, kind: str, once: str, now: datetime) -> None:
    """Have the household be told that the fair is postponed or cancelled, in our words and the
    organiser's."""
    postponed = kind == "fair_postponed"
    write = letters.postponed if postponed else letters.fair_cancelled

    def with_news(facts: Facts) -> Letter:
        words = texts_of(facts.fair.id, current_language().code)
        return write(facts, words.get(TextKey.NEWS, ""))

    tell_now(
        household_id,
        kind,
        with_news,
        now=now,
        once=once,
        attachments=CALENDAR,
        instead_of=(kind, *HELD_UNTIL_CHANGED) if postponed else EVERYTHING,
    )


def put_link_right(household_id: int) -> None:
    """Have whoever calls the household name the link that opens its page now."""
    household = get_household(household_id)
    reword(household_id, token_before(household), token_of(household))


def send_link(household: Household, now: datetime) -> None:
    """Have the household be sent its link again."""
    tell_now(household.id, "link", letters.link_again, now=now)
