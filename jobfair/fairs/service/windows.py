"""Use cases: the arrival windows of a fair."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing, conflicts, transaction
from jobfair.core.errors import Conflict
from jobfair.core.events import publish
from jobfair.fairs.events import WindowsChanged
from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.fairs.operations import lock_fair
from jobfair.fairs.queries import get_window
from jobfair.fairs.rules import WindowFacts, days_later

SAME = {"uq_arrival_window_fair_id_starts_at_label": "window_twice"}
TIMES = ("starts_at", "ends_at")


def add_window(fair_id: int, facts: WindowFacts, *, actor: Actor, now: datetime) -> ArrivalWindow:
    """Have the fair one more arrival window, all of it free; raise Conflict."""
    with transaction() as session:
        _assert_during(lock_fair(fair_id), facts)
        window = ArrivalWindow(fair_id=fair_id, **asdict(facts), taken=0)
        with conflicts(**SAME):
            session.add(window)
        _note(window, "add", (), actor, now)
    return window


def edit_window(
    fair_id: int, window_id: int, facts: WindowFacts, *, actor: Actor, now: datetime
) -> ArrivalWindow:
    """Have the window say this; raise Conflict where people are in it who were told otherwise."""
    with transaction():
        fair = lock_fair(fair_id)
        window = get_window(fair_id, window_id)
        changed = [name for name, value in asdict(facts).items() if getattr(window, name) != value]
        _assert_kept(window, facts, changed)
        _assert_during(fair, facts)
        with conflicts(**SAME):
            for name in changed:
                setattr(window, name, getattr(facts, name))
        if changed:
            _note(window, "edit", changed, actor, now)
    return window


def remove_window(fair_id: int, window_id: int, *, actor: Actor, now: datetime) -> ArrivalWindow:
    """Have the fair no such window; raise Conflict("window_not_empty") where it was chosen."""
    with transaction() as session:
        lock_fair(fair_id)
        window = get_window(fair_id, window_id)
        session.delete(window)
        try:
            session.flush()
        except IntegrityError as error:  # only households and offers point at a window
            raise Conflict("window_not_empty") from error
        _note(window, "remove", (), actor, now)
    return window


def move_windows(fair: Fair, shift: timedelta) -> None:
    """Have the windows so much later on the fair's clocks; raise Conflict("window_left_out")."""
    session, zone = assert_writing(), ZoneInfo(fair.time_zone)
    begins = ArrivalWindow.starts_at
    query = sa.select(ArrivalWindow).where(ArrivalWindow.fair_id == fair.id)
    ahead_first = begins.desc() if shift > timedelta() else begins
    for window in session.scalars(query.order_by(ahead_first)).all():
        starts_at, ends_at = (days_later(getattr(window, name), shift, zone) for name in TIMES)
        if not fair.facts.meets(starts_at, ends_at):
            raise Conflict("window_left_out", window=_named(window, zone))
        window.starts_at, window.ends_at = starts_at, ends_at
        session.flush()  # one by one, so that none comes to where another still is


def _assert_kept(window: ArrivalWindow, facts: WindowFacts, changed: Iterable[str]) -> None:
    if facts.capacity < window.taken:
        raise Conflict("window_below_taken", taken=window.taken)
    if window.taken and not set(TIMES).isdisjoint(changed):
        raise Conflict("window_time_told", taken=window.taken)


def _assert_during(fair: Fair, facts: WindowFacts) -> None:
    if not fair.facts.meets(facts.starts_at, facts.ends_at):
        raise Conflict("window_outside")


def _named(window: ArrivalWindow, zone: ZoneInfo) -> str:
    """Return the window's time and name."""
    span = "–".join(f"{getattr(window, name).astimezone(zone):%H:%M}" for name in TIMES)
    return f"{span} {window.label}".strip()


def _note(
    window: ArrivalWindow, done: str, fields: Iterable[str], actor: Actor, now: datetime
) -> None:
    fair_id = window.fair_id
    record(
        actor,
        f"window.{done}",
        "arrival_window",
        window.id,
        now=now,
        fair_id=fair_id,
        fields=fields,
    )
    publish(WindowsChanged(fair_id, now))
