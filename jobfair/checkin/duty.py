"""A device on duty: what every call of it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from jobfair.checkin.rules import RIGHTS, DeviceKind, Right
from jobfair.core.errors import DomainError


class OffDuty(DomainError):
    """The device may not call any more, and wipes what it holds."""

    status = HTTPStatus.UNAUTHORIZED


@dataclass(frozen=True)
class Duty:
    """A paired device with the facts of its fair that decisions rest on.

    One of a bus has a departure that it was paired to, and all `departures` of that bus's day.
    `zones` says for each station's name which room it watches (None: the house), `limits` how
    many people fit into each zone; one without limit is missing.
    """

    device_id: int
    token_hash: str
    fair_id: int
    fair_slug: str
    kind: DeviceKind
    station: str
    departure_id: int | None
    departures: tuple[int, ...]
    salt: bytes
    first_day: datetime
    expires_at: datetime
    zones: Mapping[str, int | None]
    limits: Mapping[int | None, int]

    @property
    def rights(self) -> tuple[Right, ...]:
        """Return what the device may do."""
        return RIGHTS[self.kind]

    def zone_of(self, station: str) -> int | None:
        """Return the room that a station watches; a name that is gone is that of the device's."""
        return self.zones.get(station, self.zones.get(self.station))
