"""The hour itself: events reach the phones in the order of time; afterwards a few live scans."""

import heapq
import time
from random import Random
from threading import Lock

from bench.door_days.hour import HOUR, Event, Hour
from bench.door_days.phones import Phone
from bench.door_days.world import World

RESTARTS = 0.02


def live_through(world: World, phones: list[Phone], scans: int) -> None:
    """Have the phones make so many scans within the hour, restarted now and then."""
    hour = Hour(world)
    events = hour.events(scans)
    heapq.heapify(events)
    while events and sum(len(phone.shown) for phone in phones) < scans:
        event = heapq.heappop(events)
        if event.at <= HOUR:
            phone = phones[event.phone]
            for later in _happen(world, hour, phone, event):
                heapq.heappush(events, later)
            if world.rng.random() < RESTARTS:
                phone.restart()


def _happen(world: World, hour: Hour, phone: Phone, event: Event) -> list[Event]:
    """Have the event happen, and return what follows from it."""
    at = phone.opened_at + event.at
    if event.how == "walk_in":
        if not phone.block:
            return []
        codes = phone.register(world.rng.randint(1, 3), at)
        world.walk_ins.update(codes)
        for place, code in enumerate(codes):
            phone.scan(code, "in", at + 1 + place)
        return [hour.later(code, event.at + 5) for code in codes if world.rng.random() < 0.6]
    shown = phone.scan(event.code, event.direction, at, by_hash=event.how == "family")
    if shown and event.how == "again" and shown.said == "already_inside":
        phone.let_in_again(event.code, at + 2)
    return []


class LiveScans:
    """Scans after the network has come back, each of somebody else."""

    def __init__(self, world: World, count: int) -> None:
        everybody = sorted(world.holders - world.walk_ins)
        world.rng.shuffle(everybody)
        self._codes, self._lock = everybody[:count], Lock()

    def __call__(self, phone: Phone, rng: Random) -> bool:
        """Have the phone make a scan; return False when there is none left."""
        with self._lock:
            if not self._codes:
                return False
            code = self._codes.pop()
        phone.scan(f"HTTPS://FAIR.EXAMPLE.ORG/B/{code}", rng.choice(("in", "out")), time.time())
        return True
