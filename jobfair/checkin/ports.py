"""What the door asks of rooms that it does not know; `wiring` fills it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection
from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Halt:
    """A stop of a bus: when it leaves there on its way out, or arrives there on its way back."""

    stop_id: int
    name: str
    at: datetime


@dataclass(frozen=True)
class BusPlan:
    """A departure as those who go along need it.

    `direction` is `out` (to the fair) or `back`, `fair_at` when the bus arrives at the fair or
    leaves from there, and `name` short enough for a station's name and the same in all languages.
    """

    departure_id: int
    direction: str
    line: int
    wave: int
    name: str
    fair_at: datetime
    seats: int
    wheelchairs: int
    halts: tuple[Halt, ...]


@dataclass(frozen=True)
class Rider:
    """A person with a seat: where they get on (out) or off (back), and how many ride together."""

    attendee_id: int
    stop_id: int
    party: int


class BoardingPort(Protocol):
    """Which buses there are, and who has a seat on which departure."""

    def seated(
        self,
        connection: Connection,
        departure_ids: Collection[int],
        attendee_ids: Collection[int],
    ) -> set[tuple[int, int]]:
        """Return the pairs of departure and attendee that have a seat, in one statement."""

    def plan(self, session: Session, departure_id: int) -> BusPlan:
        """Return the departure with its halts in their order; raise NotFound."""

    def riders(self, session: Session, departure_id: int) -> list[Rider]:
        """Return who has a seat on the departure, households together."""

    def choices(self, session: Session, fair_id: int) -> list[tuple[int, str]]:
        """Return the departures of the fair with words for a form, those to the fair first."""
