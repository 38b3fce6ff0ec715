"""Table of consents."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobfair.core.db import Base, Id


class Consent(Base):
    """Who agreed to which version of a text, in which language, and when."""

    __tablename__ = "consent"
    __table_args__ = (sa.UniqueConstraint("subject_kind", "subject_id", "text", "version"),)

    id: Mapped[Id]
    subject_kind: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int]
    text: Mapped[str] = mapped_column(sa.String(40))
    version: Mapped[str] = mapped_column(sa.String(20))
    lang: Mapped[str] = mapped_column(sa.String(12))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
