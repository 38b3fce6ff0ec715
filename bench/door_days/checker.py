"""Compares what the phones showed and were told with what the database holds.

This is no code of the product and doesn't use its rules: what has to hold is worked out from what
was seen at the doors, in the order of true time, and from the answers.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bench.door_days.phones import REPEAT, Json, Shown
from bench.door_days.world import HALL, World
from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.checkin.models import Conflict, Scan
from jobfair.core.db import session

CLOSE = 3.0
"""Seconds by which a corrected time may differ from the true one, for drift and slow requests."""
ADMITTED = "admitted"


@dataclass(frozen=True)
class Figure:
    """Something that was counted, and how much of it is allowed (None: any number)."""

    name: str
    count: int
    most: int | None = 0

    @property
    def holds(self) -> bool:
        """Tell whether there is no more of it than allowed."""
        return self.most is None or self.count <= self.most


class Check:
    """All that is known in the end: the scans as shown, the rows, the listed conflicts."""

    def __init__(self, world: World, shown: Iterable[Shown]) -> None:
        self._world = world
        self._shown = sorted(shown, key=lambda one: one.at)
        session().rollback()
        query = sa.select(Scan).where(Scan.fair_id == world.fair_id)
        self._rows = {str(row.id): row for row in session().scalars(query)}
        listed = sa.select(Conflict).where(Conflict.fair_id == world.fair_id)
        self._conflicts = list(session().scalars(listed))
        self._people = self._shown_by_person()

    def _shown_by_person(self) -> dict[tuple[str, str], list[Shown]]:
        """Return the scans that moved somebody, by the person and the room (or the house)."""
        found: dict[tuple[str, str], list[Shown]] = defaultdict(list)
        for one in self._shown:
            if one.badge in self._world.holders and self._passed(one):
                found[one.badge, one.zone].append(one)
                if one.direction == "out" and not one.zone:
                    found[one.badge, HALL].append(one)
        return {key: self._without_repeats(moves) for key, moves in found.items()}

    def _passed(self, one: Shown) -> bool:
        answered = self._rows[one.id].outcome if one.id in self._rows else None
        return one.direction == "out" or ADMITTED in (one.said, answered)

    def _without_repeats(self, moves: list[Shown]) -> list[Shown]:
        """Leave out what the same phone scanned the same way within ten seconds."""
        kept: list[Shown] = []
        for one in moves:
            last = kept[-1] if kept else None
            same = last and (last.phone, last.direction) == (one.phone, one.direction)
            if last and same and not one.again and one.at - last.at <= REPEAT:
                continue
            kept.append(one)
        return kept

    def figures(self, registered: Iterable[list[Json]]) -> list[Figure]:
        """Return what was found."""
        return [
            Figure("scans shown at the doors", len(self._shown), None),
            Figure("lost", sum(one.id not in self._rows for one in self._shown)),
            Figure("stored that nobody showed", len(self._rows.keys() - self._ids())),
            Figure("stored otherwise than scanned", len(self._falsified())),
            Figure("answers to one id that differ", len(self._wavering())),
            Figure("told otherwise than stored", len(self._misreported())),
            Figure("admitted twice", len(self._doubles()), None),
            Figure("admitted twice and not listed", len(self._unlisted_doubles())),
            Figure("let in against the answer", len(self._contradicted()), None),
            Figure("let in against the answer and not listed", len(self._unlisted())),
            Figure("registered at the door", len(self._world.walk_ins), None),
            Figure("registered at the door, lost or twice", self._misregistered(registered)),
        ]

    def _ids(self) -> set[str]:
        return {one.id for one in self._shown}

    def _stored(self) -> list[tuple[Shown, Scan]]:
        return [(one, self._rows[one.id]) for one in self._shown if one.id in self._rows]

    def _falsified(self) -> list[str]:
        """Return scans whose row tells of another badge, phone, direction or time."""
        devices = self._world.device_ids
        return [
            one.id
            for one, row in self._stored()
            if (row.badge, row.device_id, row.direction)
            != (one.badge, devices[one.phone], one.direction)
            or abs(row.scanned_at - datetime.fromtimestamp(one.at, UTC)).total_seconds() > CLOSE
            or not row.counts
        ]

    def _wavering(self) -> list[str]:
        """Return scans that were answered in more than one way."""

        def core(result: Json) -> str:
            return str([result["outcome"], result["first_scan"], result["error"]])

        return [one.id for one in self._shown if len(set(map(core, one.told))) > 1]

    def _misreported(self) -> list[str]:
        """Return scans of which no answer came, or not the one that is stored."""
        return [
            one.id
            for one, row in self._stored()
            if not one.told or {result["outcome"] for result in one.told} != {row.outcome.value}
        ]

    def _doubles(self) -> list[tuple[Shown, Shown]]:
        """Return who was let in while inside, without being let in again on purpose."""
        found = []
        for moves in self._people.values():
            inside: Shown | None = None
            for one in moves:
                if one.direction == "in" and inside is not None and not one.again:
                    found.append((inside, one))
                inside = one if one.direction == "in" else None
        return found

    def _unlisted_doubles(self) -> list[tuple[Shown, Shown]]:
        """Return those of whom no list tells; which of two at the same instant is no matter.

        Who may not come in at all is listed for that; the first scan is then named beside it.
        """
        listed = {
            str(row.scan_id)
            for row in self._conflicts
            if row.kind == "double_admission" or row.other_id is not None
        }
        return [
            pair
            for pair in self._doubles()
            if pair[1].id not in listed
            and not (pair[1].at - pair[0].at < CLOSE and pair[0].id in listed)
        ]

    def _contradicted(self) -> list[tuple[Shown, Any]]:
        """Return who was let in by a phone and would not have been by what the server knows."""
        return [
            (one, row)
            for one, row in self._stored()
            if one.direction == "in" and one.said == ADMITTED and row.outcome != ADMITTED
        ]

    def _unlisted(self) -> list[str]:
        kinds = {"already_inside": "double_admission"}
        kinds |= dict.fromkeys(("cancelled", "waitlisted", "blocked"), "not_admissible")
        listed = {(str(row.scan_id), row.kind.value) for row in self._conflicts}
        return [
            one.id
            for one, row in self._contradicted()
            if (one.id, kinds.get(row.outcome, "never_issued")) not in listed
        ]

    def _misregistered(self, registered: Iterable[list[Json]]) -> int:
        """Return how many of those who came without badge are missing, or there twice."""
        query = (
            sa.select(BadgeCode.code, sa.func.count(Attendee.id).label("times"))
            .join(Attendee, Attendee.id == BadgeCode.attendee_id)
            .where(BadgeCode.code.in_(self._world.walk_ins))
            .group_by(BadgeCode.code)
        )
        there = {row.code: row.times for row in session().execute(query)}
        people = sa.select(sa.func.count()).select_from(Attendee)
        in_all = session().scalar(people.where(Attendee.fair_id == self._world.fair_id)) or 0
        refused = sum(result["error"] is not None for results in registered for result in results)
        missing = sum(there.get(code) != 1 for code in self._world.walk_ins)
        return missing + refused + abs(in_all - len(self._world.holders))

    def inside(self, zone: str) -> set[str]:
        """Return the codes of all who must be in that room, or in the house."""
        return {
            code
            for (code, where), moves in self._people.items()
            if where == zone and moves and moves[-1].direction == "in"
        }
