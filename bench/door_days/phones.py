"""Phones at the door that decide on their own copy of the roster and lose nothing that is stored.

They follow what the page's engine does (`static/js/door/`), in a code of its own: what they know
is memory, what they must not lose is `disk`, a list of lines; a restart forgets the memory.
"""

import base64
import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import takewhile
from random import Random
from typing import Any
from uuid import UUID

REPEAT = 10.0
PATIENCE = 1.0
OPENED = frozenset({"admitted", "left"})
CODE = re.compile(r"(?:.*/B/)?([0-9A-Z]{12})", re.IGNORECASE)
Json = dict[str, Any]


@dataclass
class Shown:
    """A scan as the people at the door saw it.

    `said` is what stood on the screen in the end, `told` every answer that the server gave.
    """

    id: str
    phone: int
    badge: str
    zone: str
    direction: str
    at: float
    said: str
    again: bool
    told: list[Json] = field(default_factory=list)


class Phone:
    """A phone with a clock of its own."""

    def __init__(self, number: int, station: str, zone: str, rng: Random) -> None:
        self.number, self.station, self.zone, self.rng = number, station, zone, rng
        self.ahead = (-1) ** number * 600.0 if number < 2 else rng.uniform(-600, 600)
        self.drift = rng.uniform(-2e-4, 2e-4)
        self.opened_at = 0.0
        self.salt = b""
        self.states: dict[str, str] = {}
        self.pool: set[str] = set()
        self.block: list[str] = []
        self.disk: list[str] = []
        self.shown: dict[str, Shown] = {}
        self.registered: dict[str, list[Json]] = {}
        self.restarts = 0
        self._forget()

    def _forget(self) -> None:
        self.queue: dict[str, Json] = {}
        self.inside: dict[str, bool] = {}
        self.lately: dict[tuple[str, str], float] = {}

    def take_roster(self, answer: Json, opened_at: float) -> None:
        """Load the roster before the doors open."""
        self.opened_at = opened_at
        self.salt = bytes.fromhex(answer["salt"])
        self.states = {entry["hash"]: entry["state"] for entry in answer["entries"]}
        self.pool = set(answer["pool"])
        self.block = list(answer["codes"])

    def clock(self, at: float) -> str:
        """Return what this phone takes that time (in seconds since 1970) for."""
        wrong = at + self.ahead + self.drift * (at - self.opened_at)
        return datetime.fromtimestamp(wrong, UTC).isoformat().replace("+00:00", "Z")

    def hash_of(self, code: str) -> str:
        """Return how the roster calls a code."""
        digest = hashlib.sha256(self.salt + code.encode()).digest()[:8]
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def scan(self, text: str, direction: str, at: float, *, by_hash: bool = False) -> Shown | None:
        """Decide on a badge; None where that repeats what was shown just before."""
        found = CODE.fullmatch(text)
        code = found[1].upper() if found else None
        mark = self.hash_of(code) if code else ""
        last = self.lately.get((mark, direction))
        if code and last is not None and at - last <= REPEAT:
            return None
        if by_hash and mark in self.states:
            return self._decide({"hash": mark}, code or "", direction, at)
        badge = {"badge": code or text[:11]}
        return self._decide(badge, code or text[:11], direction, at, mark=mark)

    def let_in_again(self, code: str, at: float) -> Shown:
        """Let somebody in who is said to be inside."""
        return self._decide({"hash": self.hash_of(code)}, code, "in", at, again=True)

    def _decide(
        self,
        badge: Json,
        code: str,
        direction: str,
        at: float,
        *,
        mark: str = "",
        again: bool = False,
    ) -> Shown:
        mark = badge.get("hash") or mark
        said = self._verdict(mark, direction, again=again)
        number = UUID(int=self.rng.getrandbits(128), version=4)
        body = badge | {
            "id": str(number),
            "station": self.station,
            "direction": direction,
            "departure": None,
            "scanned_at": self.clock(at),
            "decided": said,
            "override": {"reason": "again"} if again else None,
        }
        item = {"kind": "scan", "body": body, "at": at, "mark": mark, "offline": False}
        self._store({"put": item})
        if said in OPENED:
            self.lately[(mark, direction)] = at
        self.shown[str(number)] = shown = Shown(
            str(number), self.number, code, self.zone, direction, at, said, again
        )
        return shown

    def _verdict(self, mark: str, direction: str, *, again: bool) -> str:
        state = self.states.get(mark) or ("admit" if mark in self.pool else "unknown")
        if state == "unknown":
            return state
        inside = self.inside.get(mark, False)
        if direction == "out":
            return "left" if inside else "not_inside"
        if state != "admit":
            return state
        return "already_inside" if inside and not again else "admitted"

    def register(self, people: int, at: float) -> list[str]:
        """Register a household at the door; return the codes from the block that it got."""
        codes, self.block = self.block[:people], self.block[people:]
        number = str(UUID(int=self.rng.getrandbits(128), version=4))
        named = [{"code": code, "given_name": "Nour", "family_name": "Salem"} for code in codes]
        body = {"id": number, "code": codes[0], "people": named, "lang": "ar"}
        body |= {"municipality": "03459014", "registered_at": self.clock(at)}
        self._store({"put": {"kind": "walk_in", "body": body, "at": at, "codes": codes}})
        return codes

    def _store(self, line: Json) -> None:
        """Have the line be durable, and follow it."""
        self.disk.append(json.dumps(line))
        self._follow(line)

    def _follow(self, line: Json) -> None:
        if done := line.get("done"):
            self.queue.pop(done, None)
        if item := line.get("put"):
            self.queue[item["body"]["id"]] = item
            for code in item.get("codes", ()):
                self.states[self.hash_of(code)] = "admit"
            self._move(item)

    def _move(self, item: Json) -> None:
        if item["kind"] != "scan":
            return
        body = item["body"]
        if body["direction"] == "out" or body["decided"] == "admitted":
            self.inside[item["mark"]] = body["direction"] == "in"

    def restart(self) -> None:
        """Forget all but what is on the disk."""
        self.restarts += 1
        self._forget()
        for line in self.disk:
            self._follow(json.loads(line))

    def batch(self, most: int) -> tuple[str, list[Json]]:
        """Return the first items that go together, and of which kind they are."""
        items = list(self.queue.values())
        kind = items[0]["kind"]
        return kind, list(takewhile(lambda item: item["kind"] == kind, items[:most]))

    def body_of(self, kind: str, items: list[Json], at: float) -> Json:
        """Return the request with these items; what waited was decided here alone."""
        for item in items:
            item["offline"] = item.get("offline") or at - item["at"] > PATIENCE
        if kind == "walk_in":
            return {"walk_ins": [item["body"] for item in items]}
        device = {"now": self.clock(at), "unsent": len(self.queue), "battery": 50}
        return {
            "device": device,
            "scans": [item["body"] | {"offline": item["offline"]} for item in items],
        }

    def settle(self, items: list[Json], results: list[Json], at: float) -> None:
        """Take in the answers; one that comes late and says otherwise sends its scan again."""
        for item, result in zip(items, results, strict=True):
            body = item["body"]
            if item["kind"] == "scan" and result["error"] is None:
                differs, late = result["outcome"] != body["decided"], at - item["at"] > PATIENCE
                if differs and late and not item["offline"]:
                    self._store({"put": item | {"offline": True}})
                    continue
                if differs and not item["offline"]:
                    self.shown[body["id"]].said = result["outcome"]
            self._store({"done": body["id"]})

    def note(self, results: list[Json]) -> None:
        """Keep what was answered, for whoever compares it later."""
        for result in results:
            if result["id"] in self.shown:
                self.shown[result["id"]].told.append(result)
            else:
                self.registered.setdefault(result["id"], []).append(result)
