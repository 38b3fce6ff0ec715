"""The personal data of offers: whose they are, nothing more."""

import sqlalchemy as sa

from jobfair.places.models import Offer
from jobfair.privacy.registry import Holder, Row, Subject, keep_rows, rows_of


def _export(household_id: int) -> list[Row]:
    query = sa.select(Offer).where(Offer.household_id == household_id)
    return rows_of(query.order_by(Offer.id))


HOLDERS = (Holder("offer", Subject.HOUSEHOLD, _export, keep_rows),)
