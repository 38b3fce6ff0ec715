"""Use case: the road times of a plan, asked of a server once for the same places."""

import logging
from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from flask import current_app

from jobfair.core.db import assert_writing, session, transaction
from jobfair.shuttle.document import Document, straight_roads
from jobfair.shuttle.models import RoadTable, ShuttlePlan
from jobfair.shuttle.planning.types import TravelTimes
from jobfair.shuttle.roads import RoadsFault, RoadTimes, digest_of, fetch, matrix
from jobfair.shuttle.rules import Roads

log = logging.getLogger("jobfair.shuttle")


def road_times(
    fair_id: int, frame: Document, now: datetime, pulse: Callable[[], object]
) -> tuple[TravelTimes, Roads, str]:
    """Return road times between all places of the frame, where they are from, and their digest.

    Straight lines do where no server is set, and where that one fails.
    """
    straight = straight_roads(frame)
    url = current_app.config["JOBFAIR"].routing_url
    if not url:
        return straight, Roads.DIRECT, ""
    digest = digest_of(url, straight.points)
    times = _known(fair_id, digest)
    if times is None:
        try:
            times = fetch(url, straight, pulse)
        except RoadsFault as fault:
            log.warning("roads", extra={"code": str(fault)})
            return straight, Roads.FALLBACK, ""
        _keep(fair_id, digest, times, now)
    return matrix(times, straight), Roads.SERVER, digest


def _known(fair_id: int, digest: str) -> RoadTimes | None:
    kept = session().scalar(
        sa.select(RoadTable.times).where(RoadTable.fair_id == fair_id, RoadTable.digest == digest)
    )
    return RoadTimes(**kept) if kept else None


def _keep(fair_id: int, digest: str, times: RoadTimes, now: datetime) -> None:
    """Have the road times be known, and forget those that no plan counts on any more."""
    row = RoadTable(fair_id=fair_id, digest=digest, times=times._asdict(), fetched_at=now)
    with transaction() as current:
        _forget_unused(fair_id)
        current.add(row)


def _forget_unused(fair_id: int) -> None:
    current = assert_writing()
    documents = current.scalars(
        sa.select(ShuttlePlan.document).where(ShuttlePlan.fair_id == fair_id)
    )
    used = {document.get("roads") for document in documents}
    current.execute(
        sa.delete(RoadTable).where(RoadTable.fair_id == fair_id, RoadTable.digest.not_in(used)),
        execution_options={"synchronize_session": False},
    )
