"""What a household's mail carries: its sheet and its calendar file, as they are when it leaves."""

from jobfair.attendees.models import Household
from jobfair.attendees.queries import find_household
from jobfair.attendees.rules import AttendeeState, HouseholdState
from jobfair.booking.calendar import MEDIA_TYPE, NAME, calendar_of
from jobfair.booking.queries import token_of
from jobfair.booking.sheets import sheet_of
from jobfair.core.db import session
from jobfair.fairs.models import ArrivalWindow
from jobfair.fairs.queries import get_fair
from jobfair.mail.models import OutboxMail
from jobfair.mail.rules import Attachment
from jobfair.privacy.registry import Subject
from jobfair.shuttle.queries import journey_of
from jobfair.web.links import absolute


def sheet(mail: OutboxMail) -> Attachment | None:
    """Return the sheet of those who come, or None where nobody has a place."""
    household = _household_of(mail)
    if household is None or household.state is not HouseholdState.REGISTERED:
        return None
    if all(person.state is not AttendeeState.REGISTERED for person in household.people):
        return None
    fair, journey = get_fair(household.fair_id), journey_of(household.id)
    pdf = sheet_of(fair, household, journey, mail.created_at)
    return Attachment("badges.pdf", "application/pdf", pdf)


def calendar(mail: OutboxMail) -> Attachment | None:
    """Return the calendar file, which also cancels; None for those who wait for places."""
    household = _household_of(mail)
    if household is None or household.state is HouseholdState.WAITLISTED:
        return None
    window_id = household.window_id
    content = calendar_of(
        get_fair(household.fair_id),
        household,
        journey_of(household.id),
        absolute("booking.my", token=token_of(household)),
        now=mail.created_at,
        window=session().get(ArrivalWindow, window_id) if window_id else None,
    )
    return Attachment(NAME, MEDIA_TYPE, content)


PROVIDERS = {"sheet": sheet, "calendar": calendar}


def _household_of(mail: OutboxMail) -> Household | None:
    """Return the household that the mail is about, unless it has been forgotten."""
    if mail.subject_kind != Subject.HOUSEHOLD or mail.subject_id is None:
        return None
    household = find_household(mail.subject_id)
    return household if household is not None and household.erased_at is None else None
