"""Road times from a server that speaks OSRM's table API; believed only as far as they make sense.

Asked with coordinates alone, in batches that such servers take, each within a few seconds.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from http.client import HTTPException
from itertools import product
from queue import Empty, Queue
from threading import Thread
from typing import Any, NamedTuple
from urllib.request import urlopen

from jobfair.shuttle.planning.travel import Haversine, Matrix
from jobfair.shuttle.planning.types import Leg

SECONDS_MOST = 5.0
BYTES_MOST = 8 * 1024 * 1024
CHUNK = 64 * 1024
PLACES_MOST = 100
"""Servers take so many places at once, as long as nobody has told them otherwise."""
ABSURD = 20
"""Nobody drives so many times as far, or as long, as along a straight line, or so much less."""
NEAR_M = 1000
"""Places nearer than that can be far apart by road."""

Cell = int | None
Table = list[list[Cell]]
Point = tuple[float, float]


class RoadsFault(Exception):
    """The server gave no answer that can be used, and why."""


class RoadTimes(NamedTuple):
    """Metres and seconds from each place to each; None for pairs that the server doesn't know."""

    places: list[str]
    metres: Table
    seconds: Table


def digest_of(url: str, points: Mapping[str, Point]) -> str:
    """Return what names the road times between these places, as that server tells them."""
    return sha256(json.dumps([url, sorted(points.items())]).encode()).hexdigest()


def fetch(url: str, straight: Haversine, pulse: Callable[[], object]) -> RoadTimes:
    """Return the server's road times between all places; raise RoadsFault.

    `pulse` is called before each question.
    """
    places = list(straight.points)
    times = RoadTimes(places, _empty(places), _empty(places))
    for rows, columns in _batches(len(places)):
        pulse()
        answer = _ask(_question(url, straight, places, rows, columns))
        metres = _table(answer.get("distances"), rows, columns)
        seconds = _table(answer.get("durations"), rows, columns)
        for i, row in enumerate(rows):
            for j, column in enumerate(columns):
                times.metres[row][column] = metres[i][j]
                times.seconds[row][column] = seconds[i][j]
    _believe(times, straight)
    return times


def matrix(times: RoadTimes, straight: Haversine) -> Matrix:
    """Return the road times between the places that `straight` knows, which fills the gaps."""
    at = {place: index for index, place in enumerate(times.places)}
    places = list(straight.points)
    order = [at.get(place) for place in places]
    return Matrix(places, _ordered(times.metres, order), _ordered(times.seconds, order), straight)


def _ordered(table: Table, order: Sequence[int | None]) -> Table:
    """Return the table with these places of it, None for those that it doesn't have."""
    return [[None if a is None or b is None else table[a][b] for b in order] for a in order]


def _empty(places: Sequence[str]) -> Table:
    return [[None] * len(places) for _place in places]


def _batches(places: int) -> Iterator[tuple[range, range]]:
    """Go through rows and columns of the table in parts, none with too many places."""
    step = places if places <= PLACES_MOST else PLACES_MOST // 2
    parts = [range(start, min(start + step, places)) for start in range(0, places, step or 1)]
    return product(parts, parts)


def _question(
    url: str, straight: Haversine, places: Sequence[str], rows: range, columns: range
) -> str:
    indices = list(rows) if rows == columns else [*rows, *columns]
    points = (straight.points[places[index]] for index in indices)
    path = ";".join(f"{lon:.6f},{lat:.6f}" for lat, lon in points)
    asked = f"{url}/table/v1/driving/{path}?annotations=duration,distance"
    if rows == columns:
        return asked
    sources = ";".join(map(str, range(len(rows))))
    ends = ";".join(map(str, range(len(rows), len(indices))))
    return f"{asked}&sources={sources}&destinations={ends}"


def _ask(question: str) -> dict[str, Any]:
    """Return the server's answer, if it comes in time and is one."""
    try:
        found = json.loads(_said(question))
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        raise RoadsFault(type(error).__name__) from None
    if not isinstance(found, dict) or found.get("code") != "Ok":
        raise RoadsFault("not Ok")
    return found


def _said(question: str) -> bytes:
    """Return what the server says in time; whoever is slower, with whatever part, talks alone."""
    heard: Queue[bytes | Exception] = Queue()
    Thread(target=_listen, args=(question, heard), daemon=True).start()
    try:
        said = heard.get(timeout=SECONDS_MOST)
    except Empty:
        raise RoadsFault("slow") from None
    if isinstance(said, Exception):
        raise said
    return said


def _listen(question: str, heard: "Queue[bytes | Exception]") -> None:
    """Queue what the server says, or what went wrong."""
    try:
        heard.put(_read(question))
    except (OSError, HTTPException, ValueError, RoadsFault) as error:
        heard.put(error)


def _read(question: str) -> bytes:
    end = time.monotonic() + SECONDS_MOST
    with urlopen(question, timeout=SECONDS_MOST) as answer:  # noqa: S310  # a setting, http(s) only
        said = b""
        while chunk := answer.read1(CHUNK):
            said += chunk
            if time.monotonic() > end or len(said) > BYTES_MOST:
                raise RoadsFault("slow or endless")
        return said


def _table(found: object, rows: range, columns: range) -> Table:
    if not isinstance(found, list) or len(found) != len(rows):
        raise RoadsFault("rows")
    if any(not isinstance(row, list) or len(row) != len(columns) for row in found):
        raise RoadsFault("columns")
    return [[_cell(value) for value in row] for row in found]


def _cell(value: object) -> Cell:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e8:
        raise RoadsFault("numbers")
    return round(value)


def _believe(times: RoadTimes, straight: Haversine) -> None:
    """Raise RoadsFault where a way is absurdly long or short, or where none is known."""
    known = asked = 0
    for (row, start), (column, end) in product(enumerate(times.places), repeat=2):
        metres, seconds = times.metres[row][column], times.seconds[row][column]
        direct = straight.leg(start, end)
        asked += start != end
        if metres is not None and seconds is not None:
            known += start != end
            _sensible(Leg(metres, seconds), direct)
    if asked and not known:
        raise RoadsFault("no way known")


def _sensible(leg: Leg, direct: Leg) -> None:
    if direct.metres <= NEAR_M:
        return
    for found, expected in zip(leg, direct, strict=True):
        if not expected / ABSURD <= found <= expected * ABSURD:
            raise RoadsFault("absurd")
