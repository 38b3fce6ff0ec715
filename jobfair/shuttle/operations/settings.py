"""Steps about buses, waves and plans in the caller's transaction: copied, moved with a fair."""

from dataclasses import fields
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from jobfair.core.db import assert_writing
from jobfair.fairs.queries import get_fair
from jobfair.shuttle.fleet import BusTypeInput
from jobfair.shuttle.models import BusType, ShuttleSettings, Wave
from jobfair.shuttle.queries import list_bus_types, list_plans, list_waves, settings_of


def copy_settings(from_fair_id: int, to_fair_id: int) -> None:
    """Have the other fair's plans begin with the same buses, settings, and times of the clock."""
    session = assert_writing()
    earlier, later = get_fair(from_fair_id), get_fair(to_fair_id)
    zone = ZoneInfo(earlier.time_zone)
    days = later.starts_at.astimezone(zone).date() - earlier.starts_at.astimezone(zone).date()
    for kind in list_bus_types(from_fair_id):
        values = {field.name: getattr(kind, field.name) for field in fields(BusTypeInput)}
        session.add(BusType(fair_id=to_fair_id, **values))
    for wave in list_waves(from_fair_id):
        session.add(
            Wave(
                fair_id=to_fair_id,
                number=wave.number,
                arrives_at=_moved(wave.arrives_at, days, zone),
                returns_at=_moved(wave.returns_at, days, zone),
            )
        )
    session.add(ShuttleSettings(fair_id=to_fair_id, **vars(settings_of(from_fair_id))))
    session.flush()


def move_waves(fair_id: int, days: timedelta) -> None:
    """Have the fair's waves be so many days later, at the same times of the clock."""
    assert_writing()
    zone = ZoneInfo(get_fair(fair_id).time_zone)
    for wave in list_waves(fair_id):
        wave.arrives_at = _moved(wave.arrives_at, days, zone)
        wave.returns_at = _moved(wave.returns_at, days, zone)


def move_plans(fair_id: int, days: timedelta) -> None:
    """Have the fair's plans be for so many days later, at the same times of the clock."""
    assert_writing()
    zone = ZoneInfo(get_fair(fair_id).time_zone)
    for plan in list_plans(fair_id):
        waves = (
            wave | {"at": (datetime.fromisoformat(wave["at"]).astimezone(zone) + days).isoformat()}
            for wave in plan.document["waves"]
        )
        plan.document = plan.document | {"waves": list(waves)}


def _moved(at: datetime | None, days: timedelta, zone: ZoneInfo) -> datetime | None:
    return None if at is None else at.astimezone(zone) + days
