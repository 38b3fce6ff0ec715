"""The JSON of the door: what devices send, each scan judged by itself, and what they get."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from jobfair.checkin.rules import (
    BADGE_MOST,
    REASON_MOST,
    SCANS_MOST,
    STATION_MOST,
    Direction,
    Outcome,
    Presence,
)
from jobfair.core.codes import normalise_code
from jobfair.core.errors import Invalid
from jobfair.core.languages import greeting
from jobfair.core.text import clean_line

TEXT_MOST = 300


@dataclass(frozen=True)
class ScanInput:
    """A scan as a device tells it; `scanned_at` is already by our clock."""

    id: UUID
    badge: str
    station: str
    direction: Direction
    device_at: datetime
    scanned_at: datetime
    override_reason: str | None = None

    @property
    def content(self) -> tuple[object, ...]:
        """Return what has to be the same when the same id is sent again."""
        return (self.badge, self.station, self.direction, self.device_at, self.override_reason)


@dataclass(frozen=True)
class Refused:
    """A scan that can't be read or can't be stored, with the code that says why."""

    id: str | None
    error: str


@dataclass(frozen=True)
class Holder:
    """Who holds a badge, as the door shows it: first name and initial, nothing more."""

    name: str
    own_script: str
    lang: str
    household: tuple[str, ...] = ()


STRANGER = Holder("", "", "")


@dataclass(frozen=True)
class Answer:
    """The stored answer to a scan."""

    id: UUID
    outcome: Outcome
    holder: Holder | None
    since: Presence


Parsed = ScanInput | Refused
Result = Answer | Refused


class _Fault(ValueError):
    """A field that can't be used; its only argument is the code."""


def parse_scans(body: object, received_at: datetime) -> list[Parsed]:
    """Return the scans of a request in their order, those with a fault as Refused.

    A device that says what time it is (`now`) has its times corrected by the difference.
    Raises Invalid when the request as a whole can't be read.
    """
    scans = body.get("scans") if isinstance(body, dict) else None
    if not isinstance(scans, list) or len(scans) > SCANS_MOST:
        raise Invalid("scans_unreadable", most=SCANS_MOST)
    offset = _offset(body, received_at)
    return [_parse_scan(item, offset) for item in scans]


def _offset(body: Any, received_at: datetime) -> timedelta:
    if body.get("now") is None:
        return timedelta(0)
    try:
        return received_at - _instant(body, "now")
    except _Fault as fault:
        raise Invalid("scans_unreadable", most=SCANS_MOST) from fault


def _parse_scan(item: object, offset: timedelta) -> Parsed:
    fields = item if isinstance(item, dict) else {}
    sent_id = fields.get("id")
    shown_id = sent_id[:40] if isinstance(sent_id, str) else None
    try:
        scan_id, device_at = _uuid(sent_id), _instant(fields, "scanned_at")
        return ScanInput(
            id=scan_id,
            badge=_badge(fields),
            station=_line(fields, "station", STATION_MOST),
            direction=_direction(fields),
            device_at=device_at,
            scanned_at=device_at + offset,
            override_reason=_override(fields.get("override")),
        )
    except _Fault as fault:
        return Refused(shown_id, str(fault))
    except OverflowError:
        return Refused(shown_id, "bad_scanned_at")


def _uuid(value: object) -> UUID:
    if not isinstance(value, str) or len(value) != 36:
        raise _Fault("bad_id")
    try:
        return UUID(value)
    except ValueError as error:
        raise _Fault("bad_id") from error


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or len(value) > TEXT_MOST:
        raise _Fault(f"bad_{name}")
    return value


def _line(fields: Mapping[str, object], name: str, most: int) -> str:
    line = clean_line(_text(fields, name), most)
    if not line:
        raise _Fault(f"bad_{name}")
    return line


def _badge(fields: Mapping[str, object]) -> str:
    """Return the code, or the beginning of what is none, which no badge then has."""
    text = _text(fields, "badge")
    return normalise_code(text) or clean_line(text, BADGE_MOST - 1)


def _direction(fields: Mapping[str, object]) -> Direction:
    try:
        return Direction(_text(fields, "direction"))
    except ValueError as error:
        raise _Fault("bad_direction") from error


def _instant(fields: Mapping[str, object], name: str) -> datetime:
    try:
        at = datetime.fromisoformat(_text(fields, name))
        if at.tzinfo is None:
            raise _Fault(f"bad_{name}")
        return at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _Fault(f"bad_{name}") from error


def _override(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise _Fault("bad_override")
    return _line(value, "reason", REASON_MOST)


def show_result(result: Result) -> dict[str, object]:
    """Return a result as it is sent; a refused scan has an error and no outcome."""
    if isinstance(result, Refused):
        scan: dict[str, object] = {
            "id": result.id,
            "outcome": None,
            "since": None,
            "error": result.error,
        }
        return scan | _shown(None, None)
    scan = {"id": str(result.id), "outcome": result.outcome, "error": None}
    return scan | {"since": _since(result.since)} | _shown(result.holder, result.outcome)


def _shown(holder: Holder | None, outcome: Outcome | None) -> dict[str, object]:
    """Return what is shown of a person; only who comes in is greeted."""
    known = holder or STRANGER
    return {
        "name": known.name,
        "own_script": known.own_script,
        "lang": known.lang,
        "greeting": greeting(known.lang) if holder and outcome is Outcome.ADMITTED else "",
        "household": list(known.household),
    }


def _since(presence: Presence) -> dict[str, str] | None:
    if presence.since is None:
        return None
    at = presence.since.astimezone(UTC).isoformat(timespec="seconds")
    return {"at": at.replace("+00:00", "Z"), "station": presence.station}
