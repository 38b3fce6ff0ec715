"""Reads about sponsors; logos are loaded only where they are drawn."""

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from jobfair.core.db import session
from jobfair.core.errors import NotFound
from jobfair.fairs.models import Sponsor


def list_sponsors(fair_id: int, *, with_logos: bool = False) -> list[Sponsor]:
    """Return the sponsors of the fair in the organiser's order."""
    query = sa.select(Sponsor).where(Sponsor.fair_id == fair_id)
    if with_logos:
        query = query.options(undefer(Sponsor.logo))
    return list(session().scalars(query.order_by(Sponsor.position, Sponsor.id)))


def get_sponsor(fair_id: int, sponsor_id: int) -> Sponsor:
    """Return the sponsor of that fair with the logo; raise NotFound."""
    query = sa.select(Sponsor).where(Sponsor.fair_id == fair_id, Sponsor.id == sponsor_id)
    sponsor = session().scalar(query.options(undefer(Sponsor.logo)))
    if sponsor is None:
        raise NotFound("not_found")
    return sponsor
