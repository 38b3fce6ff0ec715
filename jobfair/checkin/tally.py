"""Who came when and is inside where, kept up to date from scan to scan.

Counting a large fair anew takes longer than a page that is fetched every few seconds may take, so
each process remembers the moves and reads only what is new. Now and then it reads all of them.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from jobfair.attendees.models import Attendee
from jobfair.checkin.models import Conflict, Scan
from jobfair.checkin.rules import Direction

TALLIES = "tallies"
SLOT = timedelta(minutes=5)
OVERLAP = timedelta(seconds=60)  # what other processes had received but not yet committed
ANEW = timedelta(minutes=15)
KEPT_MOST = 8
HOUSE = None
DOORS = (Direction.IN, Direction.OUT)

DAY = timedelta(days=1)
PASSAGES: sa.Select[*tuple[Any, ...]] = sa.select(
    Scan.id,
    Scan.attendee_id,
    Scan.scanned_at,
    Scan.received_at,
    Scan.direction,
    Scan.room_id,
    Scan.station,
).where(Scan.attendee_id.is_not(None), Scan.direction.in_(DOORS))


class Passage(NamedTuple):
    """Somebody went through a door; `room_id` None means that of the house."""

    scan_id: UUID
    attendee_id: int
    at: datetime
    received_at: datetime
    direction: Direction
    room_id: int | None
    station: str


class Subject(NamedTuple):
    """What is tallied: a fair, or what was rehearsed for it on the day that begins then."""

    fair_id: int
    rehearsal: datetime | None = None


class Flow(NamedTuple):
    """Through which station and which way people went, in the five minutes from `slot` on."""

    station: str
    slot: datetime
    direction: Direction


def slot_of(at: datetime) -> datetime:
    """Return the beginning of the five minutes."""
    return at.replace(minute=at.minute - at.minute % 5, second=0, microsecond=0)


class Tally:
    """The passages of a fair, and what they add up to."""

    def __init__(self) -> None:
        self.arrivals: Counter[datetime] = Counter()
        self.inside: Counter[int | None] = Counter()
        self.flows: Counter[Flow] = Counter()
        self._people: dict[int, dict[UUID, Passage]] = {}

    def add(self, passages: Iterable[Passage]) -> None:
        """Have these count, each once."""
        new = [one for one in passages if self._known(one.attendee_id).get(one.scan_id) != one]
        people = {one.attendee_id for one in new}
        self._count(people, -1)
        for one in new:
            self._people.setdefault(one.attendee_id, {})[one.scan_id] = one
        self._count(people, 1)

    def drop(self, passages: Iterable[Passage]) -> None:
        """Have these not count (any more)."""
        old = [one for one in passages if one.scan_id in self._known(one.attendee_id)]
        people = {one.attendee_id for one in old}
        self._count(people, -1)
        for one in old:
            del self._people[one.attendee_id][one.scan_id]
        self._count(people, 1)

    def _known(self, person: int) -> dict[UUID, Passage]:
        return self._people.get(person, {})

    def _count(self, people: Iterable[int], times: int) -> None:
        """Count what these people did, or with -1 take it back."""
        for person in people:
            passages = sorted(
                self._known(person).values(), key=lambda one: (one.at, one.received_at)
            )
            for one in first_arrival(passages):
                self.arrivals[slot_of(one.at)] += times
            for room_id in where(passages):
                self.inside[room_id] += times
            for one in passages:
                self.flows[Flow(one.station, slot_of(one.at), one.direction)] += times


def first_arrival(passages: Iterable[Passage]) -> list[Passage]:
    """Return the first passage inwards of those in order of time, if there is one."""
    return [one for one in passages if one.direction is Direction.IN][:1]


def where(passages: Iterable[Passage]) -> set[int | None]:
    """Return the rooms in which the passages, in order of time, leave a person; None: the house.

    Whoever leaves the house leaves its rooms.
    """
    rooms: set[int | None] = set()
    for one in passages:
        if one.direction is Direction.IN:
            rooms.add(one.room_id)
        elif one.room_id is HOUSE:
            rooms.clear()
        else:
            rooms.discard(one.room_id)
    return rooms


class Tallies:
    """The tallies that this process keeps, each as it was at its last reading."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[Subject, tuple[datetime, datetime, Tally]] = {}

    def read(self, current: Session, subject: Subject, now: datetime) -> Tally:
        """Return the tally as the scans stand now."""
        with self._lock:
            anew, last, tally = self._kept.get(subject, (None, now, Tally()))
            if anew is None or not anew <= now < anew + ANEW:
                anew, tally = now, _whole(current, subject)
            else:
                _bring_up_to_date(current, subject, tally, last - OVERLAP)
            if len(self._kept) >= KEPT_MOST:
                self._kept.clear()
            self._kept[subject] = (anew, now, tally)
            return tally


def tally_of(
    current: Session, fair_id: int, now: datetime, *, rehearsal: datetime | None = None
) -> Tally:
    """Return the tally of the fair as its scans stand now.

    With `rehearsal`, the tally of what doesn't count on the day that begins then.
    """
    tallies: Tallies = current_app.extensions.setdefault(TALLIES, Tallies())
    return tallies.read(current, Subject(fair_id, rehearsal), now)


def _counting(rehearsal: datetime | None) -> sa.ColumnElement[bool]:
    """Return which scans are in the tally of the fair, or of that day's rehearsal."""
    passed = sa.and_(Scan.passed.is_(True), Scan.undone_at.is_(None))
    if rehearsal is None:
        return sa.and_(passed, Scan.counts.is_(True))
    that_day = sa.and_(Scan.scanned_at >= rehearsal, Scan.scanned_at < rehearsal + DAY)
    return sa.and_(passed, Scan.counts.is_(False), that_day)


def _whole(current: Session, subject: Subject) -> Tally:
    tally = Tally()
    query = PASSAGES.where(Scan.fair_id == subject.fair_id, _counting(subject.rehearsal))
    tally.add(Passage(*row) for row in current.execute(query))
    return tally


def _bring_up_to_date(current: Session, subject: Subject, tally: Tally, since: datetime) -> None:
    """Read what was scanned, taken back, found to be a conflict or somebody's since then."""
    fair_id = subject.fair_id
    ids = sa.select(Scan.id).where(Scan.fair_id == fair_id)
    doubted = sa.select(Conflict.scan_id).where(Conflict.fair_id == fair_id)
    changed = sa.select(Attendee.id).where(
        Attendee.fair_id == fair_id, Attendee.changed_at >= since
    )
    new = sa.union_all(
        ids.where(Scan.received_at >= since),
        ids.where(Scan.undone_at >= since),
        doubted.where(Conflict.made_at >= since),
        ids.where(Scan.attendee_id.in_(changed)),
    )
    query = PASSAGES.add_columns(_counting(subject.rehearsal)).where(Scan.id.in_(new))
    rows = [(Passage(*row[:-1]), row[-1]) for row in current.execute(query)]
    tally.drop(passage for passage, counts in rows if not counts)
    tally.add(passage for passage, counts in rows if counts)
