"""What a household as a whole wishes: the stop it boards at and when it arrives."""

import re
from collections.abc import Iterable
from datetime import time

from jobfair.booking.rules import stops_near
from jobfair.core.text import name_key, to_western_digits
from jobfair.data.municipalities import municipality
from jobfair.partners.lists.rows import StopFact, WindowFact
from jobfair.partners.lists.values import Unreadable, read_yes

_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])(?:[:.]([0-5]\d))?(?!\d)")


def read_stop(text: str, place: str, stops: Iterable[StopFact]) -> int | None:
    """Return the stop of that name, for yes the first one where they live, for no None."""
    near = [stop for stop in stops if stop.municipality == stops_near(place)]
    try:
        if not read_yes(text):
            return None
    except Unreadable:
        return _only(_named(text, near) or _named(text, stops), "stop_unknown")
    return _only(near[:1], "stop_missing")


def _only(stops: list[StopFact], fault: str) -> int:
    if len(stops) != 1:
        raise Unreadable(fault)
    return stops[0].id


def _named(text: str, stops: Iterable[StopFact]) -> list[StopFact]:
    """Return the stops of that name, else those that have it in their name."""
    wanted = _key(text)
    exact = [stop for stop in stops if wanted in (_key(stop.name), _key(_in_full(stop)))]
    return exact or [stop for stop in stops if wanted and wanted in _key(_in_full(stop))]


def _in_full(stop: StopFact) -> str:
    return f"{municipality(stop.municipality).name} {stop.name}"


def _key(name: str) -> str:
    return name_key(re.sub(r"[,/()]", " ", name))


def read_window(text: str, windows: Iterable[WindowFact]) -> int:
    """Return the arrival window of that label, or the one in which that time is."""
    label, at = text.casefold().strip(), _clock(text)
    for window in windows:
        if window.label.casefold() == label or (at and window.starts_at <= at < window.ends_at):
            return window.id
    raise Unreadable("window_unknown")


def _clock(text: str) -> time | None:
    found = _CLOCK.search(to_western_digits(text))
    return time(int(found[1]), int(found[2] or 0)) if found else None
