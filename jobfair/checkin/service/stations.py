"""Use cases: the stations of a fair."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from jobfair.audit.operations import record
from jobfair.checkin.models import Station
from jobfair.checkin.rules import StationKind
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing, conflicts, transaction
from jobfair.core.errors import Conflict, NotFound
from jobfair.fairs.operations import lock_fair
from jobfair.fairs.queries import get_room


@dataclass(frozen=True)
class StationFacts:
    """What a station is called and what it watches: the house, or the room of that id."""

    name: str
    kind: StationKind
    room_id: int | None = None


def add_station(fair_id: int, facts: StationFacts, *, actor: Actor, now: datetime) -> Station:
    """Have the fair one more station, after the others; raise Conflict("station_taken")."""
    with transaction() as session:
        lock_fair(fair_id)
        last = sa.select(sa.func.max(Station.position)).where(Station.fair_id == fair_id)
        station = Station(fair_id=fair_id, position=(session.scalar(last) or 0) + 1)
        _write(station, facts)
        session.add(station)
        with conflicts(uq_station_fair_id_name="station_taken"):
            session.flush()
        record(actor, "station.add", "station", station.id, now=now, fair_id=fair_id)
    return station


def edit_station(
    fair_id: int, station_id: int, facts: StationFacts, *, actor: Actor, now: datetime
) -> Station:
    """Have the station be like that for scans to come; raise Conflict("station_taken")."""
    with transaction():
        station = _get(fair_id, station_id)
        before = {name: getattr(station, name) for name in ("name", "kind", "room_id")}
        with conflicts(uq_station_fair_id_name="station_taken"):
            _write(station, facts)
        changed = [name for name, value in before.items() if getattr(station, name) != value]
        record(
            actor, "station.edit", "station", station_id, now=now, fair_id=fair_id, fields=changed
        )
    return station


def remove_station(fair_id: int, station_id: int, *, actor: Actor, now: datetime) -> Station:
    """Have the fair no such station; raise Conflict("station_used") where devices were there."""
    with transaction() as session:
        station = _get(fair_id, station_id)
        session.delete(station)
        try:
            session.flush()
        except IntegrityError as error:  # the only rows that point at a station are devices
            raise Conflict("station_used") from error
        record(actor, "station.remove", "station", station_id, now=now, fair_id=fair_id)
    return station


def _write(station: Station, facts: StationFacts) -> None:
    """Have the row say this; only a hall has a room, which is one of the fair's."""
    of_room = facts.kind is StationKind.HALL
    if of_room and facts.room_id is None:
        raise Conflict("station_without_room")
    station.name, station.kind = facts.name, facts.kind
    station.room_id = get_room(station.fair_id, facts.room_id or 0).id if of_room else None


def _get(fair_id: int, station_id: int) -> Station:
    query = sa.select(Station).where(Station.fair_id == fair_id, Station.id == station_id)
    station = assert_writing().scalar(query)
    if station is None:
        raise NotFound("not_found")
    return station
