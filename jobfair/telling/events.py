"""What becomes of what households are told."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class NoticeTold:
    """The household was told: its mail was delivered, or somebody called."""

    fair_id: int
    household_id: int
    kind: str
    now: datetime


@dataclass(frozen=True)
class NoticeUntold:
    """The household was not told after all: the mail came back, or the tick was taken back."""

    fair_id: int
    household_id: int
    kind: str
    now: datetime
