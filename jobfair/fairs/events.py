"""What others react to when fairs are made and changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class FairMade:
    """A fair exists, with its rooms and texts; `capacity` places can be taken."""

    fair_id: int
    capacity: int


@dataclass(frozen=True)
class FairCopied:
    """A fair was made from an earlier one; its rooms have the names of that one's rooms."""

    from_id: int
    to_id: int


@dataclass(frozen=True)
class FairMoved:
    """The fair takes place so much later on its clocks, whole days unless it was postponed."""

    fair_id: int
    days: timedelta


@dataclass(frozen=True)
class CapacityChanged:
    """The fair has more or fewer places than before."""

    fair_id: int
    capacity: int
    now: datetime


@dataclass(frozen=True)
class WindowsChanged:
    """The fair's arrival windows are others, or have other places."""

    fair_id: int
    now: datetime


@dataclass(frozen=True)
class FairPostponed:
    """The organiser has everybody told that the fair, planned for `earlier`, is at another time."""

    fair_id: int
    earlier: datetime
    now: datetime


@dataclass(frozen=True)
class FairCancelled:
    """The organiser has everybody told that the fair doesn't take place."""

    fair_id: int
    now: datetime


@dataclass(frozen=True)
class FairOpened:
    """The fair is no draft any more, so registration can begin."""

    fair_id: int
