"""The seats of the buses that one commit is about, and the room for those who have none."""

from collections import Counter
from collections.abc import Collection

from sqlalchemy.engine import Connection

from jobfair.checkin.ports import BoardingPort


class Aboard:
    """Knows who has a seat on the buses, and asks for a bus's room when somebody needs it."""

    def __init__(
        self,
        connection: Connection,
        buses: BoardingPort,
        departure_ids: Collection[int],
        attendee_ids: Collection[int],
    ) -> None:
        self._connection, self._buses = connection, buses
        self._seats = buses.seated(connection, departure_ids, attendee_ids) if departure_ids else ()
        self._rooms: dict[int, int] = {}
        self._added: Counter[int] = Counter()

    def seats(self, departure_id: int | None, attendee_id: int | None) -> bool:
        """Tell whether the person has a seat on the bus."""
        return (departure_id, attendee_id) in self._seats

    def room_left(self, departure_id: int) -> int:
        """Return how many more can get on without a seat."""
        if departure_id not in self._rooms:
            self._rooms[departure_id] = self._buses.room(self._connection, departure_id)
        return self._rooms[departure_id] - self._added[departure_id]

    def add(self, departure_id: int | None, attendee_id: int | None) -> None:
        """Have it count that somebody got on, who perhaps has no seat."""
        if departure_id is not None and not self.seats(departure_id, attendee_id):
            self._added[departure_id] += 1
