"""What the devices of a bus are told of those who ride on it, and no other device."""

from collections.abc import Iterable

from jobfair.checkin.ports import BusList
from jobfair.checkin.roster.people import Entry

WHEELCHAIR = "wheelchair"


def entries_of(lists: Iterable[BusList]) -> dict[int, Entry]:
    """Return for each person on the lists their stop, and whether they come in a wheelchair.

    Where somebody is on several lists, the first says it.
    """
    found: dict[int, Entry] = {}
    for bus in lists:
        stops = {halt.stop_id: halt.name for halt in bus.plan.halts}
        for rider in bus.riders:
            hint = {"hint": WHEELCHAIR} if rider.wheelchair else {}
            entry = {"stop": stops.get(rider.stop_id or 0, ""), **hint}
            found.setdefault(rider.attendee_id, entry)
    return found
