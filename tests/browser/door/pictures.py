"""Makes the pictures of docs/door.md: `python -m tests.browser.door.pictures URL` of a JobFair
that runs, with invented people and the scanner's own screens."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, Page, Route, ViewportSize, sync_playwright

from config import ROOT
from jobfair.attendees.badges.qr import qr_matrix
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.film import HEIGHT, WIDTH, Lens

IMAGES = ROOT / "docs/images"
ENGINE = Path(__file__).with_name("fake_engine.js").read_text()
FACE = ROOT / "jobfair/static/vendor/pdf/NotoSans-Bold.ttf"
SIZE: ViewportSize = {"width": 360, "height": 640}
# The camera shows the badge, and only what the picture needs is answered.
BLIND = """export async function loadReader() {}
export class FrameReader { async read() { return null; } }"""
COLOURS = 48
CODE = "7Q3M8ZK1X9TB"
BADGE = f"HTTPS://FAIR.EXAMPLE.ORG/B/{CODE}"
NOON = "2026-11-28T13:20:00Z"
EARLIER = {"at": "2026-11-28T13:02:00Z", "station": "Haupteingang"}
Json = dict[str, Any]

AMAL = {
    "name": "Amal Haddad",
    "given": "Amal",
    "ownScript": "أمل حداد",
    "ownGiven": "أمل",
    "lang": "ar",
    "hash": "amal",
}
OLENA = {"name": "Olena Bondar", "given": "Olena", "ownScript": "Олена Бондар", "lang": "uk"}
FAMILY = [
    {"name": f"{given} Haddad", "given": given, "lang": "ar", "hash": given, "outside": True}
    for given in ("Yusuf", "Lina")
]
ADMITTED: Json = {"outcome": "admitted", "entry": AMAL, "undoable": True}
INSIDE: Json = {
    "outcome": "already_inside",
    "entry": AMAL,
    "firstScan": EARLIER,
    "can": {"again": True},
}
VERDICTS: dict[str, Json] = {
    "admitted": ADMITTED,
    "seal": {"outcome": "admitted", "seal": True, "entry": None, "undoable": True},
    "inside": INSIDE,
    "unknown": {"outcome": "unknown", "entry": None},
    "waiting": {"outcome": "waitlisted", "entry": OLENA},
}


MINUTE = 60_000
BUS = {"id": 5, "direction": "out", "name": "Bus 3 · 13:50"}
OTHER: Json = {"outcome": "wrong_departure", "direction": "board", "entry": OLENA, "room": 2}


def clock(minutes: int, late: int = 0) -> Json:
    """Return a time so many minutes after the pictures', by plan and as it will be."""
    planned = datetime.fromisoformat(NOON).timestamp() * 1000 + minutes * MINUTE
    return {"planned": planned, "late": late, "at": planned + late * MINUTE}


def rider(name: str, own: str, **more: Any) -> Json:
    """Return somebody on the list of a bus."""
    seat = {"hash": name, "name": name, "own_script": own, "seated": True, "boarded": None}
    nothing = {"where": None, "seen": None, "answer": None, "wheelchair": False, "prams": 0}
    return seat | nothing | {"party": 1} | more


def halt(number: int, name: str, times: Json, people: list[Json], note: str = "") -> Json:
    """Return a stop with whoever gets on or off there."""
    on_board = sum(person["boarded"] is not None for person in people)
    counted = {"onBoard": on_board, "expected": len(people), "people": people}
    return {"id": number, "name": name, "note": note, **times, **counted}


def manifest(stops: list[Json], fair: Json, **more: Any) -> Json:
    """Return a trip as the engine tells of it."""
    figures = {
        "onBoard": sum(stop["onBoard"] for stop in stops),
        "expected": sum(stop["expected"] for stop in stops),
        "room": 2,
    }
    nobody = {"people": [], "onBoard": 0, "expected": 0}
    state: Json = {
        "closedAt": None,
        "leaving": False,
        "over": False,
        "missing": [],
        "others": nobody,
    }
    return BUS | figures | state | {"stops": stops, "fair": fair, "next": None} | more


def bus_out() -> Json:
    """Return a bus at its second stop, ten minutes late."""
    aboard = {"boarded": {"since": clock(-8)["at"], "station": BUS["name"]}}
    first = [
        rider("Mehmet Kaya", "", **aboard),
        rider("Sara Nasr", "سارة نصر", wheelchair=True, **aboard),
    ]
    second = [
        rider("Amal Haddad", "أمل حداد", party=3, prams=1, **aboard),
        rider("Yusuf Haddad", "يوسف حداد", party=3, prams=1),
        rider("Lina Haddad", "لينا حداد", party=3, prams=1),
        rider("Olena Bondar", "Олена Бондар"),
    ]
    stops = [
        halt(1, "Fürstenau, Markt", clock(-10), first),
        halt(2, "Bramsche, Bahnhof", clock(-8, 10), second, "Steig C"),
    ]
    return manifest(stops, clock(25, 10), next=1)


def bus_home() -> Json:
    """Return a bus home that leaves in twelve minutes, while somebody is missing."""
    missing = rider(
        "Olena Bondar",
        "Олена Бондар",
        where="seen_out",
        seen={"at": clock(-35)["at"], "station": "Haupteingang"},
    )
    stops = [halt(2, "Bramsche, Bahnhof", clock(45), [missing])]
    counts = {"onBoard": 31, "expected": 32, "missing": [missing], "leaving": True}
    return manifest(stops, clock(12), direction="back", name="Bus 3 · 14:32", **counts)


def badge() -> Image.Image:
    """Return a badge held before the camera, a little askew."""
    card = Image.new("L", (380, 240), 250)
    pen = ImageDraw.Draw(card)
    font = ImageFont.truetype(FACE, 34)
    pen.text((26, 70), "Amal\nHaddad", fill=30, font=font)
    matrix = qr_matrix(BADGE)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                pen.rectangle((205 + 5 * x, 45 + 5 * y, 209 + 5 * x, 49 + 5 * y), fill=20)
    scene = Image.new("L", (WIDTH, HEIGHT), 120)
    turned = card.rotate(4, expand=True, fillcolor=120, resample=Image.Resampling.BICUBIC)
    scene.paste(turned, ((WIDTH - turned.width) // 2, (HEIGHT - turned.height) // 2 - 30))
    return scene


def script(text: str) -> Callable[[Route], None]:
    """Return what answers with that script."""
    return lambda route: route.fulfill(body=text, content_type="text/javascript")


@contextmanager
def opened(browser: Browser, url: str, state: str = "ready") -> Iterator[Page]:
    """Give the scanner in German, over an engine that says what it is told to."""
    context = browser.new_context(
        locale="de",
        viewport=SIZE,
        service_workers="block",
        permissions=["camera"],
        timezone_id="Europe/Berlin",
    )
    page = context.new_page()
    page.clock.set_fixed_time(NOON)
    page.route("**/door/engine.js", script(ENGINE))
    page.route("**/door/reader.js", script(BLIND))
    page.goto(f"{url}/door?lang=de")
    page.wait_for_selector("[data-screen=unpaired]:not([hidden])")
    if state == "ready":
        page.evaluate("fake.set({ state: 'ready', about: { station: 'Haupteingang' } })")
    yield page
    context.close()


def keep(page: Page, name: str) -> None:
    """Store what is in sight, in few colours."""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.wait_for_timeout(300)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(IMAGES / f"door-{name}.png", optimize=True)


def scan(page: Page, verdict: Json) -> None:
    """Have the badge be answered so."""
    page.evaluate("verdict => { fake.answers = [verdict]; }", {"others": [], **verdict})
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type(BADGE)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-answer]:not([hidden])")


def draw(browser: Browser, url: str) -> None:
    """Make every picture anew."""
    with opened(browser, url, "unpaired") as page:
        for field, text in (("code", "6V9C SN9R"), ("shift", "CKGV9 826YT"), ("name", "Karin")):
            page.fill(f"#pair-{field}", text)
        keep(page, "pair")
    with opened(browser, url) as page:
        page.evaluate("fake.checked.roster.ageMs = 60000")
        page.click("[data-menu]")
        page.click("#menu [data-opens=checks]")
        keep(page, "ready")
    for name, verdict in VERDICTS.items():
        with opened(browser, url) as page:
            scan(page, verdict)
            keep(page, name)


def draw_scanner(browser: Browser, url: str) -> None:
    """Make the pictures of the camera's screen anew."""
    with opened(browser, url) as page:
        page.wait_for_timeout(1500)
        keep(page, "scan")
        scan(page, {**ADMITTED, "others": FAMILY})
        page.wait_for_selector("[data-answer]", state="hidden")
        keep(page, "family")
    with opened(browser, url) as page:
        page.evaluate("fake.set({ net: 'offline', counts: { ...fake.counts, waiting: 23 } })")
        page.wait_for_timeout(1500)
        keep(page, "offline")


def ride(page: Page, trip: Json) -> None:
    """Have the phone go along with that trip."""
    departure = {name: trip[name] for name in BUS}
    page.evaluate(
        """([departure, bus]) => fake.set({
          about: { departure, station: departure.name, rights: ["scan", "search", "undo_own"] },
          counts: { ...fake.counts, bus },
        })""",
        [departure, trip],
    )


def draw_bus(browser: Browser, url: str) -> None:
    """Make the pictures of a phone that goes along with a bus anew."""
    with opened(browser, url) as page:
        ride(page, bus_out())
        keep(page, "bus-list")
        scan(page, OTHER)
        keep(page, "bus-other")
    with opened(browser, url) as page:
        ride(page, bus_home())
        page.click("[data-busacts] [data-way=back]")
        keep(page, "bus-closing")


def main(url: str) -> None:
    """Make all pictures of a day at the door."""
    with sync_playwright() as driver, TemporaryDirectory() as folder:
        lens = Lens(Path(folder) / "badge.y4m")
        lens.show(badge())
        browser = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=[*ARGUMENTS, f"--use-file-for-fake-video-capture={lens.film}"],
        )
        draw(browser, url)
        draw_scanner(browser, url)
        draw_bus(browser, url)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
