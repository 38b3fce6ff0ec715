"""The timetable as GTFS, judged by the rules of the format."""

import csv
import io
import re
import zipfile
from datetime import timedelta

import pytest
from flask import Flask

from jobfair.core.db import transaction
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.shuttle.models import Stop
from jobfair.shuttle.rules import Direction
from tests.client import PageClient
from tests.factories import make_departure, make_fair, make_stop

Table = list[dict[str, str]]
REQUIRED = {
    "agency.txt": {"agency_name", "agency_url", "agency_timezone"},
    "stops.txt": {"stop_id", "stop_name", "stop_lat", "stop_lon"},
    "routes.txt": {"route_id", "agency_id", "route_short_name", "route_type"},
    "trips.txt": {"route_id", "service_id", "trip_id"},
    "stop_times.txt": {"trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"},
    "calendar_dates.txt": {"service_id", "date", "exception_type"},
    "feed_info.txt": {"feed_publisher_name", "feed_publisher_url", "feed_lang"},
}
KEYS = {"stops.txt": "stop_id", "routes.txt": "route_id", "trips.txt": "trip_id"}
TIME = re.compile(r"\d{2,}:[0-5]\d:[0-5]\d")


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Make a fair with two buses there and one back, until after midnight."""
    made = make_fair(slug="fair-2026", lat=52.25, lon=8.07)
    stops = [make_stop(name=name, step_free=name == "Markt") for name in ("Markt", "Dom, Nord")]
    make_departure(made, stops, line=1, wheelchairs=2)
    make_departure(made, stops[1:], line=2)
    late = made.starts_at.replace(hour=22, minute=50)
    make_departure(made, stops, line=1, direction=Direction.BACK, fair_at=late)
    return made


def tables_of(page: PageClient) -> dict[str, Table]:
    """Return the tables of the feed as a journey planner reads them."""
    answer = page.open("/fair-2026/shuttle/gtfs.zip")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
        texts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    return {name: list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}


def seconds(clock: str) -> int:
    """Return a time of the feed in seconds."""
    assert TIME.fullmatch(clock)
    hours, minutes, rest = map(int, clock.split(":"))
    return 3600 * hours + 60 * minutes + rest


def judge(tables: dict[str, Table]) -> None:
    """Fail where the feed breaks a rule of GTFS."""
    assert set(tables) == set(REQUIRED)
    for name, columns in REQUIRED.items():
        assert tables[name], name
        for row in tables[name]:
            assert all(row[column] for column in columns), (name, row)
    ids = {name: [row[key] for row in tables[name]] for name, key in KEYS.items()}
    for found in ids.values():
        assert len(set(found)) == len(found)
    services = {row["service_id"] for row in tables["calendar_dates.txt"]}
    for trip in tables["trips.txt"]:
        assert trip["route_id"] in ids["routes.txt"]
        assert trip["service_id"] in services
        halts = [row for row in tables["stop_times.txt"] if row["trip_id"] == trip["trip_id"]]
        assert len(halts) >= 2
        assert [int(row["stop_sequence"]) for row in halts] == sorted(
            {int(row["stop_sequence"]) for row in halts}
        )
        times = [seconds(row[way]) for row in halts for way in ("arrival_time", "departure_time")]
        assert times == sorted(times)
        assert len({row["arrival_time"] for row in halts}) == len(halts)
    for row in tables["stop_times.txt"]:
        assert row["stop_id"] in ids["stops.txt"]
        assert row["trip_id"] in ids["trips.txt"]
    for row in tables["stops.txt"]:
        assert -90 <= float(row["stop_lat"]) <= 90
        assert -180 <= float(row["stop_lon"]) <= 180


@pytest.mark.usefixtures("fair")
def test_the_feed_keeps_the_rules_of_the_format(page: PageClient) -> None:
    tables = tables_of(page)
    judge(tables)
    assert [row["trip_id"] for row in tables["trips.txt"]] == ["1-out-0", "2-out-0", "1-back-0"]
    assert {row["stop_name"]: row["wheelchair_boarding"] for row in tables["stops.txt"]} == {
        "Kreishaus Osnabrück": "0", "Markt": "1", "Dom, Nord": "2",
    }  # fmt: skip
    assert tables["trips.txt"][0]["wheelchair_accessible"] == "1"
    assert tables["agency.txt"][0]["agency_timezone"] == "Europe/Berlin"


@pytest.mark.usefixtures("fair")
def test_times_after_midnight_count_on(page: PageClient) -> None:
    tables = tables_of(page)
    home = [row for row in tables["stop_times.txt"] if row["trip_id"] == "1-back-0"]
    assert home[0]["arrival_time"] == "23:50:00"
    assert home[-1]["arrival_time"] > "24:00:00"
    assert (home[0]["pickup_type"], home[0]["drop_off_type"]) == ("0", "1")
    assert {row["drop_off_type"] for row in home[1:]} == {"0"}


@pytest.mark.usefixtures("fair")
def test_the_same_timetable_is_the_same_file(page: PageClient) -> None:
    first, second = (page.open("/fair-2026/shuttle/gtfs.zip").get_data() for _time in range(2))
    assert first == second


def test_stops_without_a_place_are_left_out(fair: Fair, page: PageClient) -> None:
    lost = make_stop(name="Irgendwo")
    make_departure(fair, [lost], line=3)
    with transaction() as session:
        stop = session.get_one(Stop, lost.id)
        stop.lat = stop.lon = None
    tables = tables_of(page)
    judge(tables)
    assert "Irgendwo" not in {row["stop_name"] for row in tables["stops.txt"]}
    assert "line-3" not in {row["route_id"] for row in tables["routes.txt"]}


def test_the_clock_that_is_put_forward_on_the_day_is_right(app: Flask, page: PageClient) -> None:
    made = make_fair(slug="fair-2026", lat=52.25, lon=8.07)
    spring = made.starts_at.replace(year=2027, month=3, day=28, hour=8, minute=0)
    with transaction() as session:
        session.get_one(Fair, made.id).starts_at = spring
        session.get_one(Fair, made.id).ends_at = spring + timedelta(hours=5)
    make_departure(made, [make_stop()], line=1, fair_at=spring)
    judge(tables_of(page))
    assert tables_of(page)["stop_times.txt"][-1]["arrival_time"] == "10:00:00"


def test_without_a_timetable_or_a_place_there_is_none(app: Flask, page: PageClient) -> None:
    make_fair(slug="quiet-2026", lat=52.25, lon=8.07)
    assert page.open("/quiet-2026/shuttle/gtfs.zip").status_code == 404
    lost = make_fair(slug="lost-2026", lat=None, lon=None)
    make_departure(lost, [make_stop()], line=1)
    assert page.open("/lost-2026/shuttle/gtfs.zip").status_code == 404
    draft = make_fair(slug="draft-2026", lat=52.25, lon=8.07, phase=Phase.DRAFT)
    make_departure(draft, [make_stop()], line=1)
    assert page.open("/draft-2026/shuttle/gtfs.zip").status_code == 404


@pytest.mark.usefixtures("fair")
def test_the_timetable_links_it_and_shows_the_map(page: PageClient) -> None:
    seen = page.get("/fair-2026/shuttle?lang=en")
    assert seen.link("GTFS") == "/fair-2026/shuttle/gtfs.zip"
    assert [picture.get("role") for picture in seen.root.all("svg") if picture.get("role")]
    page.get("/fair-2026/shuttle?lang=ar")
