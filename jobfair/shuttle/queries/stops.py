"""Reads about stops."""

from itertools import groupby

import sqlalchemy as sa

from jobfair.core.db import session
from jobfair.core.errors import NotFound
from jobfair.data.municipalities import municipality as municipality_of
from jobfair.shuttle.models import Stop


def list_stops() -> list[Stop]:
    """Return all stops by municipality and name."""
    stops = session().scalars(sa.select(Stop).order_by(Stop.name, Stop.id))
    return sorted(stops, key=lambda stop: municipality_of(stop.municipality).display_name)


def stops_by_municipality() -> list[tuple[str, list[Stop]]]:
    """Return each municipality's name with its stops."""
    groups = groupby(list_stops(), key=lambda stop: stop.municipality)
    return [(municipality_of(key).display_name, list(stops)) for key, stops in groups]


def get_stop(stop_id: int) -> Stop:
    """Return the stop of that id; raise NotFound."""
    stop = session().get(Stop, stop_id)
    if stop is None:
        raise NotFound("not_found")
    return stop
