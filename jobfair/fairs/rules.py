"""Decisions about a fair: phases, what each allows, limits."""

from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

NAME_MOST = 120
LINE_MOST = 160
LABEL_MOST = 80
POSTAL_CODE_MOST = 10
EMAIL_MOST = 254
TEXT_MOST = 4000
CAPACITY_MOST = 100_000
TIME_ZONE = "Europe/Berlin"
SLUG_MOST = 60
SLUG_PATTERN = r"(?=[a-z0-9-]*[0-9])[a-z0-9](?:[a-z0-9-]{1,58})[a-z0-9]"


class Phase(StrEnum):
    """Where a fair stands; the organiser moves it on."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    RUNNING = "running"
    OVER = "over"
    CANCELLED = "cancelled"


class TextKey(StrEnum):
    """The texts that an organiser can write for a fair, each in every language."""

    LEAD = "lead"
    ARRIVAL = "arrival"
    FREE = "free"
    CHILDREN = "children"
    LANGUAGE = "language"
    PAPERS = "papers"
    MISSED_BUS = "missed_bus"
    NEWS = "news"


PAGE_TEXTS = tuple(key for key in TextKey if key is not TextKey.NEWS)
NEXT_PHASES: dict[Phase, tuple[Phase, ...]] = {
    Phase.DRAFT: (Phase.OPEN,),
    Phase.OPEN: (Phase.CLOSED, Phase.RUNNING, Phase.DRAFT),
    Phase.CLOSED: (Phase.OPEN, Phase.RUNNING),
    Phase.RUNNING: (Phase.OVER, Phase.CLOSED),
    Phase.OVER: (Phase.RUNNING,),
    Phase.CANCELLED: (),
}


NEWS_PHASES = (Phase.OPEN, Phase.CLOSED, Phase.RUNNING)


@dataclass(frozen=True)
class FairFacts:
    """What an organiser says about a fair; times are instants, all of them aware."""

    name: str
    slug: str
    starts_at: datetime
    ends_at: datetime
    venue: str
    capacity: int
    street: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    lat: float | None = None
    lon: float | None = None
    time_zone: str = TIME_ZONE
    registration_opens_at: datetime | None = None
    registration_closes_at: datetime | None = None
    shuttle_decided_by: datetime | None = None
    on_site_from: datetime | None = None

    @property
    def day(self) -> date:
        """Return the day of the fair in its own zone."""
        return self.starts_at.astimezone(ZoneInfo(self.time_zone)).date()

    def meets(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Tell whether some of that time is within the fair."""
        return starts_at < self.ends_at and self.starts_at < ends_at

    def values(self) -> dict[str, Any]:
        """Return the facts by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def changes(self, before: "FairFacts") -> dict[str, Any]:
        """Return the facts that differ from earlier ones, by name."""
        present = before.values()
        return {name: value for name, value in self.values().items() if value != present[name]}


@dataclass(frozen=True)
class WindowFacts:
    """What an organiser says about an arrival window; its times are instants."""

    starts_at: datetime
    ends_at: datetime
    label: str
    capacity: int


class RegistrationState(StrEnum):
    """What the registration page can say before anything is typed."""

    OPEN = "open"
    NOT_YET = "registration_not_yet"
    CLOSED = "registration_closed"


@dataclass(frozen=True)
class Window:
    """When registration is open; None means without limit at that end."""

    opens_at: datetime | None
    closes_at: datetime | None

    def is_to_come(self, now: datetime) -> bool:
        """Tell whether it hasn't begun."""
        return self.opens_at is not None and now < self.opens_at

    def is_past(self, now: datetime) -> bool:
        """Tell whether it has ended."""
        return self.closes_at is not None and now >= self.closes_at


def registration_state(phase: Phase, window: Window, now: datetime) -> RegistrationState:
    """Return whether households can register now."""
    if phase is Phase.DRAFT or window.is_to_come(now):
        return RegistrationState.NOT_YET
    if phase is not Phase.OPEN or window.is_past(now):
        return RegistrationState.CLOSED
    return RegistrationState.OPEN


def opening_fault(facts: FairFacts, now: datetime) -> str | None:
    """Return the code of what makes it pointless to open registration."""
    closes_at = facts.registration_closes_at
    if facts.capacity == 0:
        return "open_without_places"
    if facts.ends_at <= now:
        return "open_after_end"
    if closes_at and closes_at <= now:
        return "open_after_window"
    return None


def may_move(before: Phase, after: Phase) -> bool:
    """Tell whether the organiser can move a fair from one phase to the other."""
    return after in NEXT_PHASES[before]


def postpone_fault(
    phase: Phase, before: FairFacts, starts_at: datetime, now: datetime
) -> str | None:
    """Return the code of why a fair can't be moved to that time and everybody be told."""
    if phase not in NEWS_PHASES:
        return "news_to_nobody"
    if starts_at <= now:
        return "postpone_to_past"
    return "postpone_to_same" if starts_at == before.starts_at else None


def call_off_fault(phase: Phase, ends_at: datetime, now: datetime) -> str | None:
    """Return the code of why a fair can't be cancelled and everybody be told."""
    if phase not in NEWS_PHASES:
        return "news_to_nobody"
    return "call_off_after_end" if ends_at <= now else None


def postponed_facts(before: FairFacts, starts_at: datetime, ends_at: datetime) -> FairFacts:
    """Return the facts of the fair at that time; what is to be done before it moves with it.

    Registration begins as announced.
    """
    shift, zone = clock_shift(before, starts_at), ZoneInfo(before.time_zone)
    moved: dict[str, Any] = {
        name: days_later(at, shift, zone)
        for name in ("registration_closes_at", "shuttle_decided_by", "on_site_from")
        if (at := getattr(before, name)) is not None
    }
    return replace(before, starts_at=starts_at, ends_at=ends_at, **moved)


def clock_shift(before: FairFacts, starts_at: datetime) -> timedelta:
    """Return how much later the fair begins then, on its clocks."""
    zone = ZoneInfo(before.time_zone)
    shown, earlier = (
        at.astimezone(zone).replace(tzinfo=None) for at in (starts_at, before.starts_at)
    )
    return shown - earlier


def local_instant(shown: datetime, zone: str) -> datetime | None:
    """Return the instant at which the clocks there show this, the first if they do so twice.

    None where they never do: in the hour that is skipped when summer time begins.
    """
    instant = shown.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    back = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return instant if back == shown else None


def copied_facts(earlier: FairFacts, name: str, slug: str, day: date) -> FairFacts:
    """Return the facts of the same fair on another day, at the same times of the clock."""
    zone = ZoneInfo(earlier.time_zone)
    days = day - earlier.day
    moved: dict[str, Any] = {
        field: days_later(value, days, zone)
        for field, value in earlier.values().items()
        if isinstance(value, datetime)
    }
    return replace(earlier, name=name, slug=slug, **moved)


def days_later(at: datetime, days: timedelta, zone: ZoneInfo) -> datetime:
    """Return the instant so much later on the clocks there: whole days keep the time of day."""
    return (at.astimezone(zone) + days).astimezone(UTC)
