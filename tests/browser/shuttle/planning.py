"""What the organiser does before the day: what plans begin with, plans, the timetable."""

import io
import zipfile
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from jobfair.core.db import session
from jobfair.fairs.models import Fair
from jobfair.fairs.queries import find_fair
from jobfair.shuttle.models import Departure
from jobfair.shuttle.queries import list_departures
from jobfair.shuttle.rules import Direction
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor

WALLENHORST = "03459033"
FIRST, SECOND = "Bramsche, Bahnhof", "Wallenhorst, Rathaus"
HINT = "Bussteig 1"
STOPS = f"""name;municipality;lat;lon;step_free;note
{FIRST};Bramsche;52,4085;7,9712;ja;{HINT}
{SECOND};{WALLENHORST};52,3512;8,0146;nein;
Nirgendwo;Atlantis;;;;
"""
BUS, SEATS = "Kleinbus", 4
ARRIVES, RETURNS = ("11:00", "12:30"), ("15:00", "17:00")
SHIFT = 12
MORNING = 9
FARTHEST_EAST, DAY = 14, 24
PLANNED_WITHIN = 40_000


def morning() -> datetime:
    """Return the time where it is nine o'clock and something now, whenever this is run."""
    ahead = MORNING - datetime.now(UTC).hour
    ahead += DAY if ahead < FARTHEST_EAST - DAY else 0
    return datetime.now(ZoneInfo(f"Etc/GMT{-ahead:+}"))


def set_the_clock(
    stage: Stage, organiser: Visitor, at: datetime, starts: str = "10:30", ends: str = "18:00"
) -> None:
    """Have the fair be at a place where it is morning now, which buses can be planned to."""
    fair = _fair(stage)
    fair.time_zone = str(at.tzinfo)
    session().commit()
    organiser.open(stage.url("/desk/FAIR/settings"))
    organiser.send(day=f"{at:%Y-%m-%d}", starts=starts, ends=ends, place="52.2517, 8.0700")
    assert organiser.page.locator(".jf-summary").count() == 0


def import_stops(stage: Stage, organiser: Visitor) -> None:
    """Take the stops of a list over, in which one row is wrong."""
    organiser.open(stage.url("/desk/FAIR/shuttle/stops/list"))
    page = organiser.page
    page.set_input_files(
        "#file", {"name": "h.csv", "mimeType": "text/csv", "buffer": STOPS.encode()}
    )
    organiser.press(page.locator("#list [name=look]"))
    assert page.locator("tr.is-over").count() == 1
    organiser.press(page.locator("#list [name=apply]"))
    organiser.open(stage.url("/desk/FAIR/shuttle/stops"))
    assert all(words in organiser.text() for words in (FIRST, HINT, SECOND))
    assert "Nirgendwo" not in organiser.text()


def describe_buses(stage: Stage, organiser: Visitor) -> None:
    """Have one small bus, two times on each way, and limits."""
    fleet = stage.url("/desk/FAIR/shuttle/fleet")
    organiser.open(stage.url("/desk/FAIR/shuttle/plan"))
    assert organiser.page.locator("form#run").count() == 0
    organiser.open(f"{fleet}/buses/new")
    organiser.send(name=BUS, seats=str(SEATS), wheelchairs="1", count="1", cost="350,50")
    for arrives, returns in zip(ARRIVES, RETURNS, strict=True):
        organiser.open(f"{fleet}/waves/new")
        organiser.send(arrives=arrives, returns=returns)
    organiser.open(f"{fleet}/limits")
    organiser.send(max_ride="1000")
    assert organiser.page.locator(".jf-summary").count() == 1
    organiser.send(max_ride="60")
    assert organiser.page.url == fleet


def plan(stage: Stage, organiser: Visitor) -> None:
    """Have a plan be worked out from what people asked for, and look on."""
    page = organiser.page
    organiser.open(stage.url("/desk/FAIR/shuttle/plan"))
    assert page.is_checked("main [name=source][value=requests]")
    page.check("main [name=seconds][value='20']")
    organiser.press(page.locator("form#run .jf-btn--next"))
    made = page.locator("#result a[href*='/shuttle/plan/']")
    expect(made).to_be_visible(timeout=PLANNED_WITHIN)
    organiser.press(made)
    expect(page.locator("svg:visible polyline.m-route")).to_have_count(1)
    expect(page.locator(".jf-line .jf-line__at")).to_have_count(3)
    assert all(words in organiser.text() for words in (FIRST, SECOND, BUS, ARRIVES[0]))
    assert page.locator(".jf-summary").count() == 0
    assert page.locator(".jf-keys .jf-key strong").all_inner_texts()[:2] == ["8", "0"]


def change_by_hand(organiser: Visitor) -> None:
    """Have a line come too late, see what that violates, and have it come in time again."""
    page = organiser.page
    for way, faults in (("1", 1), ("-1", 0)):
        organiser.press(page.locator(".jf-lines a[href*='/lines/']").first)
        page.check(f"#do-shift [name=way][value='{way}']")
        page.fill("#do-shift [name=minutes]", str(SHIFT))
        organiser.press(page.locator("#do-shift button"))
        assert page.locator(".jf-summary li").count() == faults
    organiser.press(page.locator(".jf-lines a[href*='/lines/']").first)
    page.select_option("#do-move [name=stop]", label=FIRST)
    page.select_option("#do-move [name=position]", value="1")
    organiser.press(page.locator("#do-move button"))
    halts = page.locator(".jf-line .jf-line__at strong").all_inner_texts()
    assert halts[:2] == [SECOND, FIRST]
    organiser.press(page.locator(".jf-lines a[href*='/lines/']").first)
    page.select_option("#do-move [name=stop]", label=FIRST)
    page.select_option("#do-move [name=position]", value="0")
    organiser.press(page.locator("#do-move button"))
    assert page.locator(".jf-summary").count() == 0


def publish(stage: Stage, organiser: Visitor) -> None:
    """Have the plan be the timetable that everybody sees, and that apps can read."""
    organiser.press(organiser.page.locator("a[href$='/publish']"))
    organiser.send()
    assert organiser.page.url == stage.url("/desk/FAIR/shuttle/")
    passer_by = stage.visitor("ar", scripts=False, also=("uk",))
    passer_by.open(stage.url("/FAIR/shuttle"))
    assert passer_by.page.locator("svg:visible polyline.m-route").count() == 1
    assert all(words in passer_by.text() for words in (FIRST, HINT, SECOND))
    answer = passer_by.page.request.get(stage.url("/FAIR/shuttle/gtfs.zip"))
    with zipfile.ZipFile(io.BytesIO(answer.body())) as feed:
        assert FIRST in feed.read("stops.txt").decode("utf-8-sig")
        times = feed.read("stop_times.txt").decode("utf-8-sig")
    assert times.count("\n") == 1 + 2 * 3
    assert f"{ARRIVES[0]}:00" in times


def departure(stage: Stage, direction: Direction) -> Departure:
    """Return the bus that goes that way."""
    session().rollback()
    (found,) = [one for one in list_departures(_fair(stage).id) if one.direction is direction]
    return found


def _fair(stage: Stage) -> Fair:
    found = find_fair(stage.slug)
    assert found is not None
    return found
