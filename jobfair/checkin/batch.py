"""The scans of one commit, judged one after the other against what is known so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy.engine import Connection

from jobfair.checkin.aboard import Aboard
from jobfair.checkin.counts import Counts
from jobfair.checkin.duty import Duty, OffDuty
from jobfair.checkin.lookup import (
    NO_BADGE,
    Badge,
    Door,
    Moved,
    admitted_twice,
    find_badges,
    find_known,
)
from jobfair.checkin.marks import Marks
from jobfair.checkin.ports import BoardingPort
from jobfair.checkin.records import APART, Note, Records, Row
from jobfair.checkin.rules import (
    IN_BUSES,
    LET_IN,
    WAYS_IN,
    BadgeState,
    ConflictKind,
    Direction,
    Move,
    Outcome,
    Override,
    Presence,
    conflict_of,
    decide,
    decide_boarding,
    in_order,
    known_at,
    override_of,
    passes,
    presence,
    repeats,
    time_counts,
)
from jobfair.checkin.wire import Answer, DeviceState, Refused, Result, ScanInput

GONE_THROUGH = {
    Direction.IN: Outcome.ADMITTED,
    Direction.OUT: Outcome.LEFT,
    Direction.BOARD: Outcome.BOARDED,
    Direction.ALIGHT: Outcome.ALIGHTED,
}


@dataclass(frozen=True)
class Handful:
    """Scans that came in one request."""

    duty: Duty
    state: DeviceState
    received_at: datetime
    scans: tuple[ScanInput, ...]


@dataclass
class Memory:
    """What a process remembers from one commit to the next."""

    counts: Counts = field(default_factory=Counts)
    marks: Marks = field(default_factory=Marks)
    noted: dict[int, Note] = field(default_factory=dict)


class Case(NamedTuple):
    """A scan with all that its answer rests on."""

    handful: Handful
    scan: ScanInput
    code: str
    badge: Badge
    door: Door
    counts: bool

    @property
    def let_in(self) -> bool:
        """Tell whether the device opened the door by a verdict of its own."""
        return self.scan.offline and self.scan.decided in LET_IN


class Batch:
    """Reads once for all scans, judges each, and writes once."""

    def __init__(
        self,
        connection: Connection,
        handfuls: Sequence[Handful],
        buses: BoardingPort,
        memory: Memory,
    ) -> None:
        every = list(chain.from_iterable(handful.scans for handful in handfuls))
        self._connection = connection
        self._now = max(handful.received_at for handful in handfuls)
        self.counts = memory.counts.copy()
        self._codes = _codes_of(connection, handfuls, memory.marks, self._now)
        named = [one.badge for one in every if one.badge] + list(self._codes.values())
        self._badges = find_badges(connection, named)
        holders = [b.attendee_id for b in self._badges.values() if b.attendee_id is not None]
        tokens = {handful.duty.token_hash for handful in handfuls}
        self._off_duty, self._moves, self._stored = find_known(
            connection, tokens, holders, [one.id for one in every], self._now
        )
        self._aboard = Aboard(connection, buses, _departures(every, handfuls), holders)
        self._records = Records(connection, memory.noted)
        self._count_first(handfuls)

    def judge_all(self, handful: Handful) -> list[Result] | OffDuty:
        """Return the answers to the scans of a request, or why its device gets none."""
        refused = self._off_duty.get(handful.duty.token_hash)
        if refused is not None:
            return OffDuty(refused)
        self._records.note_device(handful.duty.device_id, handful.state, handful.received_at)
        return [self._judge(handful, scan) for scan in handful.scans]

    def store(self) -> None:
        """Write what was decided."""
        self._records.write()

    def _judge(self, handful: Handful, scan: ScanInput) -> Result:
        """Return the answer: the stored one where the id is known, else a new one."""
        case = self._case(handful, scan)
        if misplaced := _misplaced(case):
            return Refused(str(scan.id), misplaced)
        row = self._stored.get(scan.id)
        if row is None:
            row = self._stored[scan.id] = self._decided(case)
        elif row["fair_id"] != handful.duty.fair_id or _content(row) != _told(case):
            return Refused(str(scan.id), "id_reused")
        elif scan.offline and not row["offline"]:
            self._shown_after_all(case, row)
        since = Presence(row["since_at"], row["since_station"] or "")
        return Answer(scan.id, row["outcome"], since, row["conflict"])

    def _case(self, handful: Handful, scan: ScanInput) -> Case:
        duty = handful.duty
        code = scan.badge or self._codes.get((duty.salt, scan.hash or "")) or scan.hash or ""
        badge = self._badges.get(code, NO_BADGE).at(duty.fair_id)
        if scan.direction in IN_BUSES:
            door = Door(None, scan.departure_id or duty.departure_id)
        else:
            door = Door(duty.zone_of(scan.station or duty.station))
        counts = time_counts(scan.scanned_at, handful.received_at, duty.first_day)
        return Case(handful, scan, code, badge, door, counts)

    def _decided(self, case: Case) -> Row:
        """Return a new scan with its answer, kept to be written."""
        scan, handful = case.scan, case.handful
        known = in_order(known_at(self._concerning(case), scan.scanned_at))
        before = presence(known)
        repeated = bool(known) and _repeats(known[-1], case)
        outcome = GONE_THROUGH[scan.direction] if repeated else self._decide(case, before)
        row: Row = {
            "id": scan.id,
            "fair_id": handful.duty.fair_id,
            "attendee_id": case.badge.attendee_id,
            "device_id": handful.duty.device_id,
            "room_id": case.door.room_id,
            "departure_id": case.door.departure_id,
            "badge": case.code,
            "station": scan.station or handful.duty.station,
            "direction": scan.direction,
            "outcome": outcome,
            "decided": scan.decided,
            "offline": scan.offline,
            "passed": False,
            "conflict": False,
            "since_at": before.since,
            "since_station": before.station or None,
            "override_reason": scan.override_reason,
            "device_at": scan.device_at,
            "scanned_at": scan.scanned_at,
            "received_at": handful.received_at + self._records.count * APART,
            "counts": case.counts,
        }
        self._records.add(row)
        if not repeated:
            self._go_through(case, row)
        return row

    def _decide(self, case: Case, before: Presence) -> Outcome:
        scan, duty, state = case.scan, case.handful.duty, case.badge.state
        override = override_of(scan.override_reason, state, duty.rights)
        if scan.direction in IN_BUSES:
            return self._decide_boarding(case, before, override)
        enters = scan.direction is Direction.IN and state is BadgeState.ADMIT
        room_left = self._room_left(case) if enters and before.since is None else None
        return decide(state, before, scan.direction, override=override, room_left=room_left)

    def _decide_boarding(self, case: Case, before: Presence, override: Override) -> Outcome:
        seated = self._aboard.seats(case.door.departure_id, case.badge.attendee_id)
        insists = override is not Override.NONE and not seated
        return decide_boarding(
            case.badge.state,
            before,
            case.scan.direction,
            seated=seated,
            override=override,
            room_left=self._aboard.room_left(case.door.departure_id or 0) if insists else None,
        )

    def _room_left(self, case: Case) -> int | None:
        duty, room_id = case.handful.duty, case.door.room_id
        limit = duty.limits.get(room_id)
        if limit is None:
            return None
        return self.counts.room_left(self._connection, (duty.fair_id, room_id), limit, self._now)

    def _count_first(self, handfuls: Sequence[Handful]) -> None:
        """Count who is inside before anybody is judged: in between, moves would be missed."""
        for handful in handfuls:
            duty, now = handful.duty, self._now
            stations = {scan.station or duty.station for scan in handful.scans}
            for room_id in {duty.zone_of(station) for station in stations}:
                limit = duty.limits.get(room_id)
                self.counts.people(self._connection, (duty.fair_id, room_id), now, limit)

    def _concerning(self, case: Case) -> list[Move]:
        """Return the moves that count; a scan that doesn't, as in a rehearsal, sees its like."""
        moves = self._moves.get(case.badge.attendee_id or 0, ())
        return [
            moved.move
            for moved in moves
            if moved.concerns(case.door) and (moved.counts or not case.counts)
        ]

    def _shown_after_all(self, case: Case, row: Row) -> None:
        """Have a stored scan be one whose own verdict was shown; the answer stays."""
        row["offline"] = True
        self._records.change(row)
        if not row["passed"] and row["undone_at"] is None:
            self._go_through(case, row)
            if row["passed"] and case.badge.attendee_id is not None:
                self._records.touch(case.badge.attendee_id, self._now)

    def _go_through(self, case: Case, row: Row) -> None:
        """Have the person be where the scan leaves them, and list what contradicts it."""
        scan, badge, outcome = case.scan, case.badge, row["outcome"]
        known = badge.attendee_id is not None
        row["passed"] = passes(scan.direction, outcome, known=known, let_in=case.let_in)
        before = self._concerning(case)
        if row["passed"]:
            again = scan.override_reason is not None
            duty, at = case.handful.duty, row["scanned_at"]
            move = Move(at, scan.direction, row["station"], again, duty.device_id, scan.id.hex)
            self._moves[badge.attendee_id or 0].append(Moved(move, case.door, case.counts))
            self._count(case, before)
            if scan.direction is Direction.BOARD:
                self._aboard.add(case.door.departure_id, badge.attendee_id)
        if case.counts and scan.direction in WAYS_IN:
            self._list_conflicts(case, row, before)

    def _count(self, case: Case, before: Sequence[Move]) -> None:
        if not case.counts or case.scan.direction in IN_BUSES:
            return
        was_inside = presence(before).since is not None
        is_inside = presence(self._concerning(case)).since is not None
        if was_inside != is_inside:
            zone = (case.handful.duty.fair_id, case.door.room_id)
            self.counts.move(zone, 1 if is_inside else -1)

    def _list_conflicts(self, case: Case, row: Row, before: Sequence[Move]) -> None:
        ours = case.badge.fair_id == row["fair_id"]
        kind = conflict_of(row["outcome"], let_in=case.let_in, ours=ours)
        seconds = admitted_twice(self._concerning(case)) if row["passed"] else {}
        if kind is not None:
            self._records.conflict(row, kind, row["id"], seconds.get(row["id"]), self._now)
        if kind is ConflictKind.NEVER_ISSUED:
            self._records.withdraw(case.code, self._now)
        known = admitted_twice(before) if seconds else {}
        for scan_id, first_id in seconds.items():
            if scan_id not in known and scan_id != row["id"]:
                self._records.second(row, scan_id, first_id, self._stored, self._now)


def _misplaced(case: Case) -> str | None:
    """Return why a device may not scan this way: each has its bus, or the fair's doors."""
    duty, boards = case.handful.duty, case.scan.direction in IN_BUSES
    if boards is (duty.departure_id is None):
        return "bad_direction"
    if boards and case.door.departure_id not in duty.departures:
        return "bad_departure"
    return None


def _repeats(last: Move, case: Case) -> bool:
    """Tell whether the scan shows a badge again that this device let through just now."""
    scan = case.scan
    same = last.device_id == case.handful.duty.device_id and last.direction is scan.direction
    return same and scan.override_reason is None and repeats(last.at, scan.scanned_at)


def _codes_of(
    connection: Connection, handfuls: Sequence[Handful], marks: Marks, now: datetime
) -> dict[tuple[bytes, str], str]:
    """Return the codes of the badges that devices know by their hashes only."""
    found: dict[tuple[bytes, str], str] = {}
    for handful in handfuls:
        duty = handful.duty
        hashes = {scan.hash for scan in handful.scans if scan.hash is not None}
        codes = marks.codes_of(connection, duty.fair_id, duty.salt, hashes, now)
        found |= {(duty.salt, mark): code for mark, code in codes.items()}
    return found


def _departures(every: Sequence[ScanInput], handfuls: Sequence[Handful]) -> set[int]:
    """Return the departures in question."""
    if not any(scan.direction in IN_BUSES for scan in every):
        return set()
    wanted = {scan.departure_id for scan in every} | {h.duty.departure_id for h in handfuls}
    return {one for one in wanted if one is not None}


def _content(row: Row) -> tuple[Any, ...]:
    """Return what has to be the same when the same id is sent again."""
    names = ("badge", "station", "direction", "departure_id", "device_at", "override_reason")
    return tuple(row[name] for name in names)


def _told(case: Case) -> tuple[Any, ...]:
    scan = case.scan
    station = scan.station or case.handful.duty.station
    departure = case.door.departure_id
    reason = scan.override_reason
    return (case.code, station, scan.direction, departure, scan.device_at, reason)
