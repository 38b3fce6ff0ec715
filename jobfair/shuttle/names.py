"""What a bus is called everywhere, and when it sets off."""

from datetime import datetime

from jobfair.shuttle.models import Departure
from jobfair.web.filters import local


def bus_name(departure: Departure, zone: str) -> str:
    """Return the name of a departure, loaded with its calls, in all languages; its station too."""
    return f"Bus {departure.line} · {local(sets_off(departure), zone):%H:%M}"


def sets_off(departure: Departure) -> datetime:
    """Return when the bus leaves: its first stop on the way out, the fair on the way back."""
    return min([departure.fair_at, *(call.at for call in departure.calls)])
