"""The timetable as GTFS, so that journey planners of the county can show it.

https://gtfs.org/documentation/schedule/reference/ describes the files and their fields.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from jobfair.shuttle.models import Departure, Stop
from jobfair.shuttle.rules import Direction, departure_key

BUS = 3
YES, NO = 1, 2
"""In GTFS, 2 is a no and 0 means that nobody knows."""
REGULAR, NOT_HERE = 0, 1
"""Whether people get on, or off, at a stop."""
ADDED = 1
LINE_COLOURS = ("1d5fa8", "a6480a", "00705a", "8c1d6b", "5f5b00", "2b2b2b", "6a45b5", "3a741b")
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time in the archive, always the same, so that the same timetable is the same file."""

Row = tuple[object, ...]


@dataclass(frozen=True)
class Publisher:
    """Who runs the buses, where to ask, and where the timetable is on the web."""

    name: str
    url: str
    phone: str
    email: str


@dataclass(frozen=True)
class Venue:
    """The fair as a stop, with its name in addresses and its clocks."""

    slug: str
    name: str
    lat: float
    lon: float
    time_zone: str

    @property
    def stop_id(self) -> str:
        """Return what names it among the stops."""
        return f"fair-{self.slug}"


@dataclass(frozen=True)
class _Halt:
    stop_id: str
    at: datetime


def feed(publisher: Publisher, venue: Venue, departures: Sequence[Departure]) -> bytes:
    """Return the archive; stops without a place are left out, and buses that only call there."""
    halts = [(one, _halts(one, venue)) for one in departures]
    trips = [trip for trip in halts if len(trip[1]) > 1]
    going = [one for one, _calls in trips]
    days = sorted({_day(calls, venue) for _one, calls in trips})
    tables: dict[str, list[Row]] = {
        "agency.txt": _agency(publisher, venue),
        "stops.txt": _stops(venue, going),
        "routes.txt": _routes(venue, going),
        "trips.txt": _trips(venue, trips),
        "stop_times.txt": _stop_times(venue, trips),
        "calendar_dates.txt": _calendar(days),
    }
    version = sha256(repr(tables).encode()).hexdigest()[:12]
    tables["feed_info.txt"] = _feed_info(publisher, days, version)
    return _zipped(tables)


def _calendar(days: Iterable[date]) -> list[Row]:
    rows = ((f"{day:%Y%m%d}", f"{day:%Y%m%d}", ADDED) for day in days)
    return [("service_id", "date", "exception_type"), *rows]


def _halts(departure: Departure, venue: Venue) -> list[_Halt]:
    """Return where the bus halts as it drives, with the fair, without stops that have no place."""
    calls = [
        _Halt(f"stop-{call.stop_id}", call.at) for call in departure.calls if _has_place(call.stop)
    ]
    fair = _Halt(venue.stop_id, departure.fair_at)
    return [*calls, fair] if departure.direction is Direction.OUT else [fair, *calls]


def _has_place(stop: Stop) -> bool:
    return stop.lat is not None and stop.lon is not None


def _day(halts: Sequence[_Halt], venue: Venue) -> date:
    """Return the day that the bus belongs to: when it starts, by the clocks of the fair."""
    return halts[0].at.astimezone(ZoneInfo(venue.time_zone)).date()


def _clock(at: datetime, day: date, venue: Venue) -> str:
    """Return the time as GTFS counts it: from twelve hours before noon, on beyond 24:00."""
    noon = datetime.combine(day, time(12), ZoneInfo(venue.time_zone))
    seconds = round((at - noon + timedelta(hours=12)).total_seconds())
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _agency(publisher: Publisher, venue: Venue) -> list[Row]:
    head = ("agency_id", "agency_name", "agency_url", "agency_timezone", "agency_lang",
            "agency_phone", "agency_email")  # fmt: skip
    zone = venue.time_zone
    row = ("1", publisher.name, publisher.url, zone, "de", publisher.phone, publisher.email)
    return [head, row]


def _stops(venue: Venue, departures: Iterable[Departure]) -> list[Row]:
    head = ("stop_id", "stop_name", "stop_desc", "stop_lat", "stop_lon", "wheelchair_boarding")
    stops = {call.stop_id: call.stop for one in departures for call in one.calls}
    rows = [
        (f"stop-{key}", stop.name, stop.note, stop.lat, stop.lon, YES if stop.step_free else NO)
        for key, stop in sorted(stops.items())
        if _has_place(stop)
    ]
    return [head, (venue.stop_id, venue.name, "", venue.lat, venue.lon, 0), *rows]


def _routes(venue: Venue, departures: Iterable[Departure]) -> list[Row]:
    head = ("route_id", "agency_id", "route_short_name", "route_long_name", "route_type",
            "route_color", "route_text_color")  # fmt: skip
    farthest: dict[int, str] = {}
    for one in departures:
        stop = one.calls[0 if one.direction is Direction.OUT else -1].stop
        farthest.setdefault(one.line, stop.name)
    return [
        head,
        *(
            (_route(line), "1", line, f"{name} – {venue.name}", BUS,
             LINE_COLOURS[(line - 1) % len(LINE_COLOURS)], "ffffff")
            for line, name in sorted(farthest.items())
        ),
    ]  # fmt: skip


def _route(line: int) -> str:
    return f"line-{line}"


def _trips(venue: Venue, trips: Iterable[tuple[Departure, Sequence[_Halt]]]) -> list[Row]:
    head = ("route_id", "service_id", "trip_id", "trip_headsign", "direction_id", "block_id",
            "wheelchair_accessible")  # fmt: skip
    rows = []
    for one, halts in trips:
        outbound = one.direction is Direction.OUT
        headsign, direction = (venue.name, 0) if outbound else (one.calls[-1].stop.name, 1)
        rows.append((
            _route(one.line), f"{_day(halts, venue):%Y%m%d}", _trip(one), headsign, direction,
            "" if one.block is None else one.block, YES if one.wheelchairs else NO,
        ))  # fmt: skip
    return [head, *rows]


def _trip(departure: Departure) -> str:
    return departure_key(departure.direction, departure.line, departure.wave)


def _stop_times(venue: Venue, trips: Iterable[tuple[Departure, Sequence[_Halt]]]) -> list[Row]:
    head = ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence",
            "pickup_type", "drop_off_type", "timepoint")  # fmt: skip
    rows = []
    for one, halts in trips:
        day = _day(halts, venue)
        for number, halt in enumerate(halts, 1):
            boarding = (halt.stop_id == venue.stop_id) == (one.direction is Direction.BACK)
            at = _clock(halt.at, day, venue)
            on, off = (REGULAR, NOT_HERE) if boarding else (NOT_HERE, REGULAR)
            rows.append((_trip(one), at, at, halt.stop_id, number, on, off, 1))
    return [head, *rows]


def _feed_info(publisher: Publisher, days: Sequence[date], version: str) -> list[Row]:
    head = ("feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_start_date",
            "feed_end_date", "feed_version", "feed_contact_email")  # fmt: skip
    first, last = (f"{days[0]:%Y%m%d}", f"{days[-1]:%Y%m%d}") if days else ("", "")
    row = (publisher.name, publisher.url, "de", first, last, version, publisher.email)
    return [head, row]


def _zipped(tables: dict[str, list[Row]]) -> bytes:
    """Return the tables as CSV in an archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, rows in tables.items():
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows(rows)
            packed.writestr(zipfile.ZipInfo(name, ZIP_EPOCH), text.getvalue().encode())
    return archive.getvalue()
