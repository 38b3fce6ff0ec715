"""Finding people by name for a device that is in touch: also by how a name sounds."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.rules import AttendeeState, HouseholdState
from jobfair.checkin.duty import Duty
from jobfair.checkin.roster.people import HOLDERS, entry_of
from jobfair.checkin.rules import OUTSIDE, SEARCH_LEAST, SEARCH_MOST
from jobfair.core.text import clean_line, name_key, sound_keys

TEXT_MOST = 100
SHOWN = ("hash", "name", "given", "own_script", "lang", "household")


def search(session: Session, duty: Duty, text: str) -> list[dict[str, Any]]:
    """Return the people with a badge whose names have all words of the text, the nearest first."""
    line = clean_line(text, TEXT_MOST)
    words = name_key(line).split()
    if len("".join(words)) < SEARCH_LEAST:
        return []
    spelled = sa.and_(*(Attendee.name_key.contains(word, autoescape=True) for word in words))
    begun = Attendee.name_key.contains(f"|{words[0]}", autoescape=True)
    query = (
        HOLDERS.where(*_expected(duty.fair_id), sa.or_(spelled, _sounds_like(line)))
        .order_by(begun.desc(), spelled.desc(), Attendee.family_name, Attendee.id)
        .limit(SEARCH_MOST)
    )
    entries = (entry_of(row, duty.salt, OUTSIDE) for row in session.execute(query))
    return [{name: entry[name] for name in SHOWN} for entry in entries]


def _expected(fair_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        BadgeCode.fair_id == fair_id,
        BadgeCode.voided_at.is_(None),
        Attendee.state == AttendeeState.REGISTERED,
        Household.state != HouseholdState.CANCELLED,
    )


def _sounds_like(line: str) -> sa.ColumnElement[bool]:
    """Return whether whole words of the name sound like each of the line."""
    heard = Attendee.sound_key + "|"
    keys = sound_keys(line)
    return sa.and_(*(heard.contains(f"|{key}|", autoescape=True) for key in keys))
