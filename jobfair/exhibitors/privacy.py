"""The personal data of exhibitors: their contact; the organisation itself is no person."""

from datetime import datetime

import sqlalchemy as sa

from jobfair.core.db import assert_writing
from jobfair.core.errors import NotFound
from jobfair.exhibitors.models import Exhibitor
from jobfair.privacy.registry import Holder, Row, Subject, rows_of


def _export(exhibitor_id: int) -> list[Row]:
    return rows_of(sa.select(Exhibitor).where(Exhibitor.id == exhibitor_id))


def _erase(exhibitor_id: int, _now: datetime) -> None:
    exhibitor = assert_writing().get(Exhibitor, exhibitor_id, with_for_update=True)
    if exhibitor is None:
        raise NotFound("not_found")
    exhibitor.contact_name = exhibitor.contact_email = exhibitor.contact_phone = ""
    exhibitor.needs_note = ""
    exhibitor.submission_key = f"erased-{exhibitor_id}"
    exhibitor.user_id = None
    exhibitor.link_version += 1


HOLDERS = (Holder("exhibitor", Subject.EXHIBITOR, _export, _erase),)
