"""A server of the door's API as the engine sees it, that can be slow, wrong, full or away."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import pbkdf2_hmac, sha256
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route

from config import ROOT
from jobfair.checkin.hashes import badge_hash
from jobfair.core.text import search_tables

ORIGIN = "http://localhost"
SCRIPTS = ROOT / "jobfair/static/js/door"
SHIFT_CODE = "7K2MPQ4XR9"
SALT = bytes(range(16))
QUICK = 1_000  # iterations: what takes a phone a second would take the tests minutes
PROOF = sha256(pbkdf2_hmac("sha256", SHIFT_CODE.encode(), SALT + b"shift", QUICK, 64)[32:])
TOKEN = "token-that-nobody-may-read"
Json = dict[str, Any]
Answer = tuple[int, Json] | None

OPEN = """async ([module, config]) => {
    const { Engine } = await import(module);
    const engine = await Engine.open(config);
    const seen = { corrected: [], trouble: [] };
    for (const name of Object.keys(seen)) {
        engine.addEventListener(name, ({ detail }) => seen[name].push(detail));
    }
    Object.assign(globalThis, { engine, seen });
}"""


def hash_of(code: str) -> str:
    return badge_hash(code, SALT)


def code_of(number: int) -> str:
    return f"{number:012d}"


def instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def person(code: str, given: str = "Amal", family: str = "Haddad", **more: Any) -> Json:
    entry = {
        "hash": hash_of(code),
        "state": "admit",
        "name": f"{given} {family}",
        "given": given,
        "own_script": "",
        "lang": "ar",
        "household": f"of {code}",
        "inside": None,
        "hint": "",
    }
    return entry | more


def outcome(verdict: Json) -> str:
    told: str = verdict["outcome"]
    return told


AMAL, YUSUF, LATE, UNPAID = (code_of(number) for number in range(1, 5))
STRANGER = code_of(99)


def serve_scripts(route: Route) -> None:
    """Answer with an empty page, or with a module of the door."""
    name = route.request.url.rsplit("/", 1)[1]
    if name:
        script = (SCRIPTS / name).read_text("utf-8")
        route.fulfill(body=script, content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>Door</title>", content_type="text/html")


class FakeApi:
    """Answers `decided` to every scan unless `outcomes` has another one for its badge."""

    def __init__(self) -> None:
        self.people: list[Json] = []
        self.pool: list[str] = []
        self.codes: list[str] = []
        self.samples: list[Json] = []
        self.gone: list[str] = []
        self.rights = ["scan", "search", "undo_own"]
        self.direction = "both"
        self.limit: int | None = None
        self.inside = 0
        self.ahead = timedelta(0)
        self.lasts = timedelta(hours=8)
        self.place: Json = {
            "station": {"name": "Eingang", "kind": "entrance"},
            "departure": None,
        }
        self.lock = {"iterations": QUICK, "check": PROOF.hexdigest()}
        self.full = True
        self.away = False
        self.outcomes: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.conflicts: set[str] = set()
        self.trips: list[Json] = []
        self.coming: list[Json] = []
        self.interfere: Callable[[str, Json], Answer] = lambda path, body: None
        self.calls: list[tuple[str, Json]] = []
        self.stored: dict[str, Json] = {}

    def serve(self, target: Page | BrowserContext) -> None:
        """Answer whatever that page or browser asks for."""
        target.route(re.compile(f"^{ORIGIN}/"), self._handle)

    def sent(self, call: str) -> list[Json]:
        """Return the bodies of the requests to that call, in their order."""
        return [body for path, body in self.calls if path.endswith(call)]

    def scans(self) -> list[Json]:
        """Return the scans of all requests, in their order."""
        return [scan for body in self.sent("/scans") for scan in body["scans"]]

    def _handle(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).split("?")[0]
        if not path.startswith("/api/v1/"):
            serve_scripts(route)
        elif self.away:
            route.abort()
        else:
            self._answer(route, path)

    def _answer(self, route: Route, path: str) -> None:
        body: Json = json.loads(route.request.post_data or "{}")
        self.calls.append((path, body))
        status, answer = self.interfere(path, body) or (200, self._call(path, body))
        route.fulfill(status=status, json=answer)

    def _call(self, path: str, body: Json) -> Json:
        if path.endswith("/devices"):
            return self.pairing()
        if path.endswith("/roster"):
            return self.roster()
        if path.endswith("/departures"):
            return {"now": self._now(), "cursor": "d1", "full": True, "departures": self.trips}
        if path.endswith("/scans"):
            return {"now": self._now(), "results": [self._judge(scan) for scan in body["scans"]]}
        if path.endswith("/walk-ins"):
            return {"results": [self._register(item) for item in body["walk_ins"]]}
        if path.endswith("/actions"):
            return {"results": [{"id": a["id"], "error": None} for a in body["actions"]]}
        return {}

    def _now(self) -> str:
        return instant(datetime.now(UTC) + self.ahead)

    def pairing(self) -> Json:
        return {
            "device": 7,
            "token": TOKEN,
            "fair": {"slug": "fair-2026", "name": "The fair", "time_zone": "Europe/Berlin"},
            **self.place,
            "direction": self.direction,
            "rights": self.rights,
            "expires_at": instant(datetime.now(UTC) + self.ahead + self.lasts),
            "shift": {"salt": SALT.hex(), "phone": "0541 1"} | self.lock,
        }

    def roster(self) -> Json:
        full, self.full = self.full, False
        return {
            "now": self._now(),
            "cursor": "c1",
            "generated_at": self._now(),
            "full": full,
            "salt": SALT.hex(),
            "pool": [hash_of(code) for code in self.pool],
            "codes": self.codes,
            "entries": self.people,
            "gone": self.gone,
            "station": self.station(),
            "samples": self.samples,
            "buses": self.coming,
        }

    def station(self) -> Json | None:
        """Return the station with its figures; a bus has none."""
        station: Json | None = self.place["station"]
        return station and station | {"limit": self.limit, "inside": self.inside}

    def _judge(self, scan: Json) -> Json:
        badge = scan.get("badge") or scan["hash"]
        result = {
            "id": scan["id"],
            "outcome": self.outcomes.get(badge, scan["decided"]),
            "first_scan": None,
            "conflict": badge in self.conflicts,
            "error": self.errors.get(badge),
        }
        return self.stored.setdefault(scan["id"], result)

    def _register(self, item: Json) -> Json:
        state = self.outcomes.get("walk_in", "registered")
        return {"id": item["id"], "error": None, "state": state}


class Phone:
    """A page with an engine in it."""

    def __init__(self, page: Page, folder: str = ORIGIN, **config: Any) -> None:
        self.page = page
        self.folder = folder
        self.config = {"tables": search_tables(), **config}

    def open(self) -> "Phone":
        """Load the page anew and open the engine."""
        self.page.goto(f"{self.folder}/")
        self.page.evaluate(OPEN, [f"{self.folder}/engine.js", self.config])
        return self

    def pair(self, code: str = "ABCD2345", shift_code: str = SHIFT_CODE) -> "Phone":
        """Pair, and load the roster."""
        words = {"code": code, "name": "Phone 1", "shiftCode": shift_code}
        self.do("engine.pair(given)", words)
        return self

    def unlock(self) -> "Phone":
        """Type the shift code as people do."""
        self.do("engine.unlock(given)", f" {SHIFT_CODE[:5].lower()} {SHIFT_CODE[5:]}")
        return self

    def do(self, script: str, given: object = None) -> Any:
        """Return what the script comes to, or {"error": code} where the engine refuses."""
        wrapped = f"""async (given) => {{
            try {{ return (await ({script})) ?? null; }}
            catch (error) {{
                if (!error.code) throw error;
                return {{ error: error.code }};
            }}
        }}"""
        return self.page.evaluate(wrapped, given)

    def scan(self, code: str, direction: str = "in") -> Json:
        """Hold a badge before the camera."""
        verdict: Json = self.do(f"engine.scan(given, {{ direction: '{direction}' }})", code)
        return verdict

    def later(self, seconds: int) -> None:
        """Have what was scanned be so much longer ago."""
        kept = f"(kept) => (kept.item.shownAt -= {seconds * 1000})"
        self.page.evaluate(f"engine.session.scans.recent.forEach({kept})")

    def sent(self) -> "Phone":
        """Wait until nothing waits."""
        self.until("engine.counts.waiting === 0")
        return self

    def until(self, condition: str) -> None:
        """Wait for something to become true in the page."""
        self.page.wait_for_function(condition, polling=20)
