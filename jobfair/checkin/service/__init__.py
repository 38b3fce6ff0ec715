"""Use cases of the door: recording scans, taking one's own last scan back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import Flask, current_app

from jobfair.checkin.models import Scan
from jobfair.checkin.rules import MOVES
from jobfair.checkin.wire import Parsed, Refused, Result, ScanInput
from jobfair.checkin.writer import Door, Handful, ScanWriter
from jobfair.core.actor import Actor
from jobfair.core.db import check_may_write, session, transaction
from jobfair.core.errors import Conflict, Forbidden, NotFound
from jobfair.fairs.models import Fair

WRITER = "scan_writer"


def init_checkin(app: Flask) -> None:
    """Give the application its scan writer."""
    app.extensions[WRITER] = ScanWriter()


def record_scans(fair: Fair, actor: Actor, sent: Sequence[Parsed], now: datetime) -> list[Result]:
    """Have every readable scan stored with its answer; return the answers in the same order.

    A scan that is stored already gets its stored answer again.
    """
    check_may_write()
    good = tuple(one for one in sent if isinstance(one, ScanInput))
    handful = Handful(door_of(fair), actor.id, now, good)
    session().rollback()  # others can have the connection while this request waits for its turn
    writer: ScanWriter = current_app.extensions[WRITER]
    answers = iter(writer.write(handful) if good else ())
    return [one if isinstance(one, Refused) else next(answers) for one in sent]


def door_of(fair: Fair) -> Door:
    """Return what the decision needs of the fair; its day begins at midnight of its place."""
    starts = fair.starts_at.astimezone(ZoneInfo(fair.time_zone))
    return Door(fair.id, fair.capacity, starts.replace(hour=0, minute=0, second=0, microsecond=0))


def undo_scan(fair: Fair, actor: Actor, scan_id: UUID, now: datetime) -> None:
    """Have the actor's own scan not count any more; once undone it stays so.

    Raises NotFound, Forbidden, or Conflict where the badge moved again since.
    """
    with transaction() as current:
        query = sa.select(Scan).where(Scan.id == scan_id, Scan.fair_id == fair.id)
        scan = current.scalar(query.with_for_update())
        if scan is None:
            raise NotFound("scan_unknown")
        if scan.user_id != actor.id:
            raise Forbidden("scan_not_yours")
        if scan.undone_at is not None:
            return
        later = sa.select(Scan.id).where(
            Scan.fair_id == fair.id,
            Scan.attendee_id == scan.attendee_id,
            Scan.outcome.in_(MOVES),
            Scan.undone_at.is_(None),
            Scan.id != scan.id,
            Scan.scanned_at >= scan.scanned_at,
        )
        if current.scalar(later.limit(1)) is not None:
            raise Conflict("scan_not_last")
        scan.undone_at = now
