"""Days at a door drawn by lot: whatever network and phone do, the server hears everything once."""

from datetime import datetime
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Route

from jobfair.checkin.rules import Direction, Move, Presence, presence
from tests.browser.conftest import ContextMaker
from tests.browser.door.fake_api import (
    FakeApi,
    Json,
    Phone,
    code_of,
    hash_of,
    instant,
    outcome,
    person,
)

pytestmark = pytest.mark.browser

CODES = [code_of(number) for number in range(1, 6)]
STEPS = 70
OPENED = {"in": "admitted", "out": "left"}
REFUSED = {"in": "already_inside", "out": "not_inside"}


class Server(FakeApi):
    """Keeps scans and knows who is inside; `deaf` hears everything but is never heard."""

    def __init__(self) -> None:
        super().__init__()
        self.deaf = False
        self.heard: dict[str, Json] = {}
        self.undone: set[str] = set()

    def _answer(self, route: Route, path: str) -> None:
        if not self.deaf:
            super()._answer(route, path)
            return
        self._call(path, route.request.post_data_json or {})
        route.abort()

    def _judge(self, scan: Json) -> Json:
        told = {name: value for name, value in scan.items() if name != "offline"}
        assert self.heard.setdefault(scan["id"], told) == told, "the same id with other content"
        return super()._judge(scan)

    def _call(self, path: str, body: Json) -> Json:
        self.undone |= {action["scan"] for action in body.get("actions", [])}
        return super()._call(path, body)

    def inside_of(self, code: str) -> Json | None:
        """Return where the scans that count leave the badge."""
        found: Presence = presence(
            Move(datetime.fromisoformat(scan["scanned_at"]), Direction(scan["direction"]))
            for scan in self.heard.values()
            if scan["badge"] == code
            and scan["id"] not in self.undone
            and scan["decided"] in OPENED.values()
        )
        if found.since is None:
            return None
        return {"since": instant(found.since), "station": "Eingang"}

    def roster(self) -> Json:
        """Return the roster with everybody as they are now."""
        self.people = [person(code, inside=self.inside_of(code)) for code in CODES]
        self.inside = sum(entry["inside"] is not None for entry in self.people)
        return super().roster()


class Day:
    """A phone in somebody's hands, and what must be true of it."""

    def __init__(self, random: Random, server: Server, phone: Phone) -> None:
        self.random, self.server, self.phone = random, server, phone
        self.inside: set[str] = set()
        self.shown: list[str] = []
        self.last: tuple[str, str, str] | None = None

    def scan(self) -> None:
        """Show a badge: the answer is the one that whoever stands there expects."""
        code, direction = self.random.choice(CODES), self.random.choice(["in", "in", "out"])
        self.phone.later(11)
        verdict = self.phone.scan(code, direction)
        passed = (code in self.inside) == (direction == "out")
        expected = (OPENED if passed else REFUSED)[direction]
        assert outcome(verdict) == expected
        self.shown.append(verdict["id"])
        if passed:
            self.inside ^= {code}
            self.last = (verdict["id"], code, direction)

    def undo(self) -> None:
        """Take the last scan back that let somebody through, if it is still on the screen."""
        if self.last is not None:
            scan_id, code, _ = self.last
            if self.phone.do("engine.undo(given)", scan_id) is None:
                self.inside ^= {code}
            self.last = None

    def reload(self) -> None:
        """Close the page and open it again."""
        self.phone.open().unlock()
        self.last = None

    def lock(self) -> None:
        """Put the phone away for a while."""
        self.phone.do("engine.lock()")
        self.phone.unlock()
        self.last = None

    def network(self) -> None:
        """Have the network come, go, or swallow the answers."""
        self.server.away = self.random.random() < 0.5
        self.server.deaf = self.random.random() < 0.4

    def sync(self) -> None:
        """Have the phone try to reach the server now."""
        self.phone.do("engine.sync()")


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_lost_or_counted_twice(seed: int, browser_context: ContextMaker) -> None:
    random, server = Random(seed), Server()
    context = browser_context()
    server.serve(context)
    day = Day(random, server, Phone(context.new_page()).open().pair())
    steps: list[Any] = [day.scan, day.undo, day.reload, day.lock, day.network, day.sync]
    for step in random.choices(steps, weights=[12, 5, 1, 1, 3, 5], k=STEPS):
        step()
    server.away = server.deaf = False
    day.sync()
    day.phone.sent()
    day.sync()
    assert sorted(server.heard) == sorted(day.shown)
    assert {code for code in CODES if server.inside_of(code)} == day.inside
    assert day.phone.do("engine.counts.inside") == len(day.inside)
    assert day.phone.do("engine.session.moves.byHash.size") == 0
    assert day.phone.do("engine.counts.parked") == 0
    assert hash_of(CODES[0]) in {entry["hash"] for entry in server.people}
