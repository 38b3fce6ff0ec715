"""How many people are inside, known well enough for every scan to ask."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from jobfair.checkin.queries import count_inside

COUNT_EVERY = timedelta(seconds=15)
COUNT_NEAR = timedelta(seconds=2)  # where the limit is near, for others write too
NEAR = 50

Zone = tuple[int, int | None]


@dataclass(frozen=True)
class Counted:
    """How many were inside a zone, when they were last counted in the database."""

    people: int
    at: datetime

    def holds(self, now: datetime, limit: int | None) -> bool:
        """Tell whether the count is fresh enough, beside that limit if there is one."""
        near = limit is not None and limit - self.people < NEAR
        return abs(now - self.at) < (COUNT_NEAR if near else COUNT_EVERY)


class Counts:
    """Remembers what was counted; between counts it follows the moves of this process."""

    def __init__(self) -> None:
        self._kept: dict[Zone, Counted] = {}

    def copy(self) -> "Counts":
        """Return a copy to work on: what is not committed is not kept."""
        mine = Counts()
        mine._kept = dict(self._kept)
        return mine

    def keep(self, worked_on: "Counts") -> None:
        """Have the counts be as they were left by a commit."""
        self._kept = worked_on._kept

    def room_left(
        self, current: Session | Connection, zone: Zone, limit: int, now: datetime
    ) -> int:
        """Return how many more people may come in; below zero where too many are inside."""
        return limit - self.people(current, zone, now, limit)

    def people(
        self, current: Session | Connection, zone: Zone, now: datetime, limit: int | None = None
    ) -> int:
        """Return how many people are inside."""
        counted = self._kept.get(zone)
        if counted is None or not counted.holds(now, limit):
            counted = self._kept[zone] = Counted(count_inside(current, *zone), now)
        return counted.people

    def move(self, zone: Zone, people: int) -> None:
        """Have so many more (or fewer) people be inside."""
        counted = self._kept.get(zone)
        if counted is not None:
            self._kept[zone] = Counted(counted.people + people, counted.at)

    def forget(self, fair_id: int) -> None:
        """Have the people of the fair be counted anew."""
        self._kept = {zone: kept for zone, kept in self._kept.items() if zone[0] != fair_id}
