"""What the door asks of rooms that it does not know; `wiring` fills it."""

from collections.abc import Collection
from typing import Protocol

from sqlalchemy.orm import Session


class BoardingPort(Protocol):
    """Who has a seat on which departure."""

    def seated(
        self, session: Session, departure_ids: Collection[int], attendee_ids: Collection[int]
    ) -> set[tuple[int, int]]:
        """Return the pairs of departure and attendee that have a seat, in one statement."""

    def departures(self, session: Session, fair_id: int) -> frozenset[int]:
        """Return the departures of the fair."""


class NoBuses:
    """Nobody has a seat where there are no buses."""

    def seated(
        self,
        _session: Session,
        _departure_ids: Collection[int],
        _attendee_ids: Collection[int],
    ) -> set[tuple[int, int]]:
        """Return nobody."""
        return set()

    def departures(self, _session: Session, _fair_id: int) -> frozenset[int]:
        """Return none."""
        return frozenset()
