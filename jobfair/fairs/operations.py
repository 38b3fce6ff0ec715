"""Steps about fairs inside the caller's transaction: making one, taking and freeing places."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.core.db import assert_writing, conflicts, lock_once
from jobfair.core.errors import Conflict, NotFound
from jobfair.core.events import publish
from jobfair.fairs.events import FairMade
from jobfair.fairs.models import ArrivalWindow, Fair, FairText, Room
from jobfair.fairs.rules import FairFacts, Phase, TextKey


def lock_fair(fair_id: int) -> Fair:
    """Return the fair as it is now; nobody else changes it before the transaction ends."""
    return lock_once(f"fair {fair_id}", lambda: _lock_fair(fair_id))


def _lock_fair(fair_id: int) -> Fair:
    """Lock the row; what only refers to it, such as a scan that is stored, need not wait."""
    query = sa.select(Fair).where(Fair.id == fair_id).with_for_update(key_share=True)
    fair = assert_writing().scalar(query.execution_options(populate_existing=True))
    if fair is None:
        raise NotFound("not_found")
    return fair


def take_places(fair_id: int, people: int, window_id: int | None = None) -> Fair:
    """Have so many more places taken, also in the window; raise Conflict("fair_full", left=…)."""
    fair, window = lock_fair(fair_id), _lock_window(fair_id, window_id)
    left = fair.capacity - fair.places_taken
    if window is not None:
        left = min(left, window.capacity - window.taken)
    if people > left:
        raise Conflict("fair_full", left=left)
    _count(fair, window, people)
    return fair


def free_places(fair_id: int, people: int, window_id: int | None = None) -> Fair:
    """Have so many places free again, also in the window."""
    fair, window = lock_fair(fair_id), _lock_window(fair_id, window_id)
    _count(fair, window, -people)
    return fair


def lock_windows(fair_id: int) -> dict[int, ArrivalWindow]:
    """Return the fair's arrival windows by id as they are now, unchanged by others until the end.

    Whoever needs the fair's row too locks that one first.
    """
    return lock_once(f"windows {fair_id}", lambda: _lock_windows(fair_id))


def _lock_windows(fair_id: int) -> dict[int, ArrivalWindow]:
    query = sa.select(ArrivalWindow).where(ArrivalWindow.fair_id == fair_id)
    locked = query.order_by(ArrivalWindow.id).with_for_update()
    fresh = assert_writing().scalars(locked.execution_options(populate_existing=True))
    return {window.id: window for window in fresh}


def _lock_window(fair_id: int, window_id: int | None) -> ArrivalWindow | None:
    if window_id is None:
        return None
    window = lock_windows(fair_id).get(window_id)
    if window is None:
        raise NotFound("window_unknown")
    return window


def _count(fair: Fair, window: ArrivalWindow | None, people: int) -> None:
    fair.places_taken += people
    if window is not None:
        window.taken += people


def add_fair(
    facts: FairFacts,
    *,
    now: datetime,
    phase: Phase = Phase.DRAFT,
    rooms: tuple[str, ...] = (),
    texts: tuple[tuple[TextKey, str, str], ...] = (),
) -> Fair:
    """Add a fair with its rooms and its texts (key, language, words) and tell the other rooms.

    Raises Conflict("slug_taken").
    """
    session = assert_writing()
    fair = Fair(**facts.values(), phase=phase, places_taken=0, created_at=now)
    with conflicts(uq_fair_slug="slug_taken"):
        session.add(fair)
    session.add_all(
        Room(fair_id=fair.id, name=name, position=place) for place, name in enumerate(rooms)
    )
    session.add_all(
        FairText(fair_id=fair.id, key=key, lang=lang, body=body) for key, lang, body in texts
    )
    session.flush()
    publish(FairMade(fair.id, fair.capacity))
    return fair
