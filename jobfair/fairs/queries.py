"""Reads about fairs."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.core.actor import GRANTED_BY, Actor, Permission
from jobfair.core.db import session
from jobfair.core.errors import NotFound
from jobfair.fairs.models import ArrivalWindow, Fair, FairText, Room
from jobfair.fairs.rules import Phase, TextKey

ORGANISERS = GRANTED_BY[Permission.ORGANISE]
BY_SLUG = sa.select(Fair).where(Fair.slug == sa.bindparam("slug"))  # built once: every page asks


def find_fair(slug: str) -> Fair | None:
    """Return the fair of that slug."""
    return session().scalar(BY_SLUG, {"slug": slug})


def get_fair(fair_id: int) -> Fair:
    """Return the fair of that id with its rooms; raise NotFound."""
    query = sa.select(Fair).where(Fair.id == fair_id).options(selectinload(Fair.rooms))
    fair = session().scalar(query)
    if fair is None:
        raise NotFound("not_found")
    return fair


def get_room(fair_id: int, room_id: int) -> Room:
    """Return the room of that fair; raise NotFound."""
    room = session().scalar(sa.select(Room).where(Room.fair_id == fair_id, Room.id == room_id))
    if room is None:
        raise NotFound("not_found")
    return room


def list_windows(fair_id: int) -> list[ArrivalWindow]:
    """Return the arrival windows of the fair, the earliest first."""
    query = sa.select(ArrivalWindow).where(ArrivalWindow.fair_id == fair_id)
    return list(session().scalars(query.order_by(ArrivalWindow.starts_at, ArrivalWindow.id)))


def get_window(fair_id: int, window_id: int) -> ArrivalWindow:
    """Return the arrival window of that fair; raise NotFound."""
    query = sa.select(ArrivalWindow).where(
        ArrivalWindow.fair_id == fair_id, ArrivalWindow.id == window_id
    )
    window = session().scalar(query)
    if window is None:
        raise NotFound("not_found")
    return window


def list_public_fairs(now: datetime) -> list[Fair]:
    """Return the fairs to come or running that the public may see, soonest first."""
    query = (
        sa.select(Fair)
        .where(Fair.phase.not_in((Phase.DRAFT, Phase.OVER)), Fair.ends_at >= now)
        .order_by(Fair.starts_at, Fair.id)
    )
    return list(session().scalars(query))


def list_fairs(ids: frozenset[int] | None = None) -> list[Fair]:
    """Return all fairs, or those of these ids, latest first."""
    query = sa.select(Fair).order_by(Fair.starts_at.desc(), Fair.id)
    if ids is not None:
        query = query.where(Fair.id.in_(ids))
    return list(session().scalars(query))


def organised_by(actor: Actor) -> list[Fair]:
    """Return the fairs that the actor may organise, latest first."""
    granted = {grant.fair_id for grant in actor.grants if grant.role in ORGANISERS}
    everywhere = None in granted
    return list_fairs(None if everywhere else frozenset(fair for fair in granted if fair))


def own_texts(fair_id: int, lang: str) -> dict[str, str]:
    """Return the organiser's texts in exactly that language."""
    query = sa.select(FairText).where(FairText.fair_id == fair_id, FairText.lang == lang)
    return {text.key.value: text.body for text in session().scalars(query)}


def texts_of(fair_id: int, lang: str) -> dict[TextKey, str]:
    """Return the organiser's texts in that language, German where one is missing."""
    query = sa.select(FairText).where(
        FairText.fair_id == fair_id, FairText.lang.in_((lang, "de")), FairText.body != ""
    )
    found = sorted(session().scalars(query), key=lambda text: text.lang == lang)
    return {text.key: text.body for text in found}


def find_text(fair_id: int, key: TextKey, lang: str) -> FairText | None:
    """Return that text of the organiser in that language, in German where it is missing."""
    query = sa.select(FairText).where(
        FairText.fair_id == fair_id,
        FairText.key == key,
        FairText.lang.in_((lang, "de")),
        FairText.body != "",
    )
    found = {text.lang: text for text in session().scalars(query)}
    return found.get(lang) or found.get("de")
