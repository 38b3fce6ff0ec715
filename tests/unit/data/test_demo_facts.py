"""The facts of the demo fair are complete and agree with each other."""

from datetime import time
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

import pytest

from jobfair.core.languages import LANGUAGES
from jobfair.core.text import Script, script_of
from jobfair.data import demo_facts, municipalities, municipality
from jobfair.data.demo import DemoLine, DemoName

FIELDS = {
    "care", "logistics", "metal", "construction", "food", "cleaning", "hospitality", "retail",
    "office", "it", "education", "agriculture", "electrical", "transport", "crafts",
}  # fmt: skip
KREISHAUS = (52.2524, 8.0705)
LEVELS = {"none", "A1", "A2", "B1", "B2", "C1"}
LICENCES = {"none", "B", "C", "D", "forklift"}
NEEDS = {"power", "table", "wall", "wifi", "water", "quiet"}
FULL_POOLS = ("uk", "ar", "ru", "fa", "prs", "tr", "ku", "pl", "ro", "fr")


@pytest.mark.parametrize("lang", [*FULL_POOLS, "ti"])
def test_names_are_given_in_both_scripts(lang: str) -> None:
    pool = demo_facts().names[lang]
    family: list[DemoName] = [name for both in pool.family for name in (both.male, both.female)]
    for name in (*pool.female, *pool.male, *family):
        assert script_of(name.own) is LANGUAGES[lang].script
        assert script_of(name.latin) is Script.LATIN
        assert name.latin[0].isupper()


@pytest.mark.parametrize("lang", FULL_POOLS)
def test_there_are_enough_names(lang: str) -> None:
    pool = demo_facts().names[lang]
    assert len(set(pool.female)) == len(pool.female) >= 40
    assert len(set(pool.male)) == len(pool.male) >= 40
    assert len(set(pool.family)) == len(pool.family) >= 60


def test_slavic_family_names_have_a_form_for_women() -> None:
    forms = {
        (name.male.latin, name.female.latin)
        for lang in ("uk", "ru", "pl")
        for name in demo_facts().names[lang].family
    }
    assert {("Levytskyi", "Levytska"), ("Ivanov", "Ivanova"), ("Kowalski", "Kowalska")} <= forms


def test_exhibitors() -> None:
    companies = demo_facts().companies
    kinds = [company.kind for company in companies]
    assert len({company.name for company in companies}) == 20
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "employer": 15, "training": 2, "advice": 2, "authority": 1,
    }  # fmt: skip
    for company in companies:
        assert municipality(company.place)
        assert company.branch
        assert company.contact
        assert set(company.needs) <= NEEDS
        assert 1 <= len(company.postings) <= 3


def test_postings() -> None:
    postings = [posting for company in demo_facts().companies for posting in company.postings]
    assert len(postings) == 41
    assert {posting.field for posting in postings} == FIELDS
    assert {posting.german_level for posting in postings} <= LEVELS
    assert {posting.licence for posting in postings} == LICENCES
    assert all(municipality(posting.place) and posting.title for posting in postings)
    assert len({posting.bus for posting in postings}) == 2


def test_every_municipality_of_the_county_has_a_stop() -> None:
    stops = demo_facts().stops
    county = {place.ags for place in municipalities() if not place.is_city_of_osnabrueck}
    assert {stop.municipality for stop in stops} == county
    assert len({stop.key for stop in stops}) == len({stop.name for stop in stops}) == len(stops)
    for stop in stops:
        place = municipality(stop.municipality)
        assert abs(stop.lat - place.lat) < 0.02
        assert abs(stop.lon - place.lon) < 0.02
        assert stop.platform


def test_every_stop_is_on_one_line() -> None:
    facts = demo_facts()
    called = [call.stop for line in facts.lines for call in line.calls]
    assert sorted(called) == sorted(stop.key for stop in facts.stops)


def test_lines() -> None:
    lines = demo_facts().lines
    assert [line.number for line in lines] == list(range(1, 9))
    for line in lines:
        assert 30 <= line.seats <= 54
        assert line.wheelchairs >= 1
        assert 10 <= line.arrives_before <= 30
        assert line.back == (time(16, 15), time(17, 15), time(18, 15))
        for earlier, later in pairwise(line.calls):
            assert earlier.ride_minutes > later.ride_minutes > 0
            assert earlier.minutes_before - later.minutes_before > 0


@pytest.mark.parametrize("line", demo_facts().lines, ids=lambda line: line.name)
def test_ride_times_follow_the_distances(line: DemoLine) -> None:
    points = {stop.key: (stop.lat, stop.lon) for stop in demo_facts().stops}
    following, minutes = KREISHAUS, 0.0
    for further_stops, call in enumerate(reversed(line.calls)):
        minutes += _distance_km(points[call.stop], following) * 1.3 / 50 * 60
        assert call.ride_minutes == round(minutes + further_stops)
        following = points[call.stop]


def _distance_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    lat, other_lat = radians(start[0]), radians(end[0])
    half_chord = (
        sin((other_lat - lat) / 2) ** 2
        + cos(lat) * cos(other_lat) * sin(radians(end[1] - start[1]) / 2) ** 2
    )
    return 2 * 6371 * asin(sqrt(half_chord))


def test_the_far_north_rides_over_an_hour() -> None:
    rides = {call.stop: call.ride_minutes for line in demo_facts().lines for call in line.calls}
    assert rides["quakenbrueck-bahnhof"] > 60
    assert rides["belm-rathaus"] < 20
