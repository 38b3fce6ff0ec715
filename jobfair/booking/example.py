"""One journey as an example on the fair's page: from a far stop to the fair, and back."""

from dataclasses import dataclass
from datetime import datetime

from jobfair.shuttle.models import Call, Departure
from jobfair.shuttle.queries import list_departures
from jobfair.shuttle.rules import Direction


@dataclass(frozen=True)
class Example:
    """A ride to the fair that one can imagine, and when buses go back to that stop."""

    line: int
    stop_name: str
    leaves_at: datetime
    arrives_at: datetime
    back_at: tuple[datetime, ...]

    @property
    def minutes(self) -> int:
        """Return how long the ride takes."""
        return round((self.arrives_at - self.leaves_at).total_seconds() / 60)


def example_journey(fair_id: int) -> Example | None:
    """Return the ride from the stop where the largest bus begins, None without buses."""
    departures = [one for one in list_departures(fair_id) if one.calls]
    out = [one for one in departures if one.direction is Direction.OUT]
    if not out:
        return None
    departure = max(out, key=lambda one: (one.seats, -one.wave, -one.line))
    call = departure.calls[0]
    return Example(
        line=departure.line,
        stop_name=call.stop.name,
        leaves_at=call.at,
        arrives_at=departure.fair_at,
        back_at=_back_at(departures, call),
    )


def _back_at(departures: list[Departure], call: Call) -> tuple[datetime, ...]:
    times = {
        one.fair_at
        for one in departures
        if one.direction is Direction.BACK
        and any(home.stop_id == call.stop_id for home in one.calls)
    }
    return tuple(sorted(times))
