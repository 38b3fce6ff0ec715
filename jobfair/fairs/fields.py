"""Fields for days and times: the browser's own where it has them, else as people type them."""

import re
from datetime import date, datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField
from wtforms.widgets import DateInput, DateTimeLocalInput, TimeInput

from jobfair.core.text import to_western_digits

YEARS = range(2000, 2200)  # near the ends of the calendar, time zones lead out of it

_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_CLOCK = re.compile(r"(\d{1,2})(?:[:. ]?(\d{2}))?(?: ?(?:h|uhr))?(?::\d{2})?", re.IGNORECASE)


def read_day(typed: str) -> date | None:
    """Return the day that was typed as 2026-12-10 or 10.12.2026, in any digits."""
    text = to_western_digits(typed).strip()
    if found := _ISO_DAY.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def read_clock(typed: str) -> time | None:
    """Return the time that was typed as 14:00, 14.00, 1400, 14 or 14 Uhr, in any digits."""
    found = _CLOCK.fullmatch(to_western_digits(typed).strip())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_moment(typed: str, otherwise: time) -> datetime | None:
    """Return the day and time that were typed with a blank, comma or T between them."""
    first, _, second = to_western_digits(typed).strip().replace("T", " ").partition(" ")
    day = read_day(first.rstrip(",،"))
    clock = read_clock(second) if second else otherwise
    return None if day is None or clock is None else datetime.combine(day, clock)


class DayField(Field):
    """A day; what is none keeps standing as it was typed."""

    widget = DateInput()
    data: date | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the typed day."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = read_day(typed)
        if typed and self.data is None:
            raise ValueError(_l("Please write the day like this: 10.12.2026."))

    def _value(self) -> str:
        return _typed(self) or (self.data.isoformat() if self.data else "")


class ClockField(Field):
    """A time of the day; what is none keeps standing as it was typed."""

    widget = TimeInput()
    data: time | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the typed time."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = read_clock(typed)
        if typed and self.data is None:
            raise ValueError(_l("Please write the time like this: 14:00."))

    def _value(self) -> str:
        return _typed(self) or (f"{self.data:%H:%M}" if self.data else "")


class MomentField(Field):
    """A day and a time, as the clocks at the fair show them; a day alone means `otherwise`."""

    widget = DateTimeLocalInput()
    data: datetime | None

    def __init__(self, label: Any = None, *, otherwise: time = time(), **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.otherwise = otherwise

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the typed moment."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = read_moment(typed, self.otherwise)
        if typed and self.data is None:
            raise ValueError(_l("Please write day and time like this: 10.12.2026 14:00."))

    def _value(self) -> str:
        return _typed(self) or (f"{self.data:%Y-%m-%dT%H:%M}" if self.data else "")


def _typed(field: Field) -> str:
    """Return what was typed where it could not be read."""
    raw: list[Any] = field.raw_data or []
    return str(raw[0]) if raw and field.data is None else ""


class SlugField(StringField):
    """A web address, typed in small or capital letters."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the address in small letters, without what stands around it."""
        if valuelist:
            self.data = to_western_digits(valuelist[0]).strip().strip("/").lower()
