"""Use cases: the sponsors of a fair and their order."""

from datetime import datetime

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import transaction
from jobfair.core.errors import Conflict
from jobfair.fairs.models import Sponsor
from jobfair.fairs.operations import lock_fair
from jobfair.publicity.queries import get_sponsor, list_sponsors
from jobfair.publicity.rules import SPONSORS_MOST, read_logo


def add_sponsor(fair_id: int, name: str, picture: bytes, *, actor: Actor, now: datetime) -> Sponsor:
    """Have the fair one more sponsor, after the others.

    Raises Invalid where the picture can't be a logo, and Conflict("sponsors_full").
    """
    logo = read_logo(picture)
    with transaction() as session:
        lock_fair(fair_id)
        before = list_sponsors(fair_id)
        if len(before) >= SPONSORS_MOST:
            raise Conflict("sponsors_full", most=SPONSORS_MOST)
        position = max((sponsor.position for sponsor in before), default=-1) + 1
        sponsor = Sponsor(
            fair_id=fair_id,
            position=position,
            name=name,
            media_type=logo.media_type,
            logo=logo.data,
        )
        session.add(sponsor)
        session.flush()
        record(actor, "sponsor.add", "sponsor", sponsor.id, now=now, fair_id=fair_id)
    return sponsor


def move_sponsor_up(fair_id: int, sponsor_id: int, *, actor: Actor, now: datetime) -> Sponsor:
    """Have the sponsor stand before the one that stood before it; the first stays."""
    with transaction():
        lock_fair(fair_id)
        moved = get_sponsor(fair_id, sponsor_id)
        ordered = list_sponsors(fair_id)
        place = ordered.index(moved)
        ordered.insert(max(place - 1, 0), ordered.pop(place))
        for position, sponsor in enumerate(ordered):
            sponsor.position = position
        record(actor, "sponsor.move", "sponsor", sponsor_id, now=now, fair_id=fair_id)
    return moved


def remove_sponsor(fair_id: int, sponsor_id: int, *, actor: Actor, now: datetime) -> Sponsor:
    """Have the fair no such sponsor."""
    with transaction() as session:
        sponsor = get_sponsor(fair_id, sponsor_id)
        session.delete(sponsor)
        record(actor, "sponsor.remove", "sponsor", sponsor_id, now=now, fair_id=fair_id)
    return sponsor
