"""The households of the demo fair look like those of a real one."""

from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest

from jobfair.attendees.rules import AttendeeKind
from jobfair.core.languages import LANGUAGES
from jobfair.core.text import Script, script_of
from jobfair.data import demo_facts, municipalities
from jobfair.demo.people import LANGUAGE_WEIGHTS, Family, draw_families
from jobfair.demo.rules import REGISTERING, calendar_for

CALENDAR = calendar_for(datetime(2026, 11, 22, tzinfo=UTC))
STOPS = {place.ags: [number] for number, place in enumerate(municipalities())}


def draw(people: int, seed: int = 1) -> list[Family]:
    return draw_families(people, CALENDAR, STOPS, Random(seed))


@pytest.fixture(scope="module")
def families() -> list[Family]:
    return draw(500)


@pytest.mark.parametrize("people", [1, 2, 33, 500, 1234])
def test_there_are_exactly_so_many_people(people: int) -> None:
    assert sum(len(family.household.people) for family in draw(people)) == people


def test_households_are_singles_couples_and_families(families: list[Family]) -> None:
    sizes = Counter(len(family.household.people) for family in families)
    assert sizes.most_common(1)[0][0] == 1
    assert max(sizes) <= 7
    assert 180 < len(families) < 300
    for family in families:
        kinds = [person.kind for person in family.household.people]
        assert kinds[0] is AttendeeKind.ADULT
        assert kinds == sorted(kinds)
        assert kinds.count(AttendeeKind.ADULT) <= 2


def test_every_municipality_comes_the_large_ones_more(families: list[Family]) -> None:
    county = [place for place in municipalities() if not place.is_city_of_osnabrueck]
    found = Counter(family.household.municipality for family in families)
    assert set(found) == {place.ags for place in county}
    assert found["03459024"] > found["03459025"]  # Melle, Menslage


def test_languages_are_those_of_the_county() -> None:
    found = Counter(family.household.lang for family in draw(3000))
    assert set(found) == set(LANGUAGE_WEIGHTS) == set(demo_facts().names)
    assert [lang for lang, _ in found.most_common(2)] == ["uk", "ar"]


def test_names_are_in_both_scripts_and_births_of_adults(families: list[Family]) -> None:
    for family in families:
        script = LANGUAGES[family.household.lang].script
        for person in family.household.people:
            assert script_of(person.given_name) is script_of(person.family_name) is Script.LATIN
            if script is Script.LATIN:
                assert (person.own_given_name, person.own_family_name) == ("", "")
            else:
                assert script_of(person.own_given_name) is script
                assert script_of(person.own_family_name) is script
            assert person.birth_year is None or person.kind is AttendeeKind.ADULT
            assert person.birth_year is None or 1966 <= person.birth_year <= 2007


def test_a_household_has_one_family_name_and_different_given_ones() -> None:
    for family in draw(2000):
        people = family.household.people
        assert len({person.given_name for person in people}) == len(people)
        assert len({person.family_name[:3] for person in people}) == 1


def test_half_have_no_email_and_some_no_telephone(families: list[Family]) -> None:
    without = sum(not family.household.email for family in families) / len(families)
    assert 0.4 < without < 0.6
    silent = [f for f in families if not f.household.email and not f.household.phone]
    assert silent
    addresses = [family.household.email for family in families if family.household.email]
    assert len(set(addresses)) == len(addresses)
    assert all(a.isascii() and a.endswith("@example.org") for a in addresses)


def test_they_register_one_after_the_other_while_it_is_open(families: list[Family]) -> None:
    times = [family.registered_at for family in families]
    assert times == sorted(times)
    assert CALENDAR.opens_at <= times[0]
    assert times[-1] <= CALENDAR.opens_at + REGISTERING


def test_about_half_ride_from_a_stop_at_home(families: list[Family]) -> None:
    rides = [(family.household.municipality, family.ride) for family in families if family.ride]
    assert 0.45 < len(rides) / len(families) < 0.65
    assert all(ride.stop_id in STOPS[place] for place, ride in rides)
    assert all((ride.back_wave is None) == (ride.ways == "out") for _place, ride in rides)


def test_the_same_seed_draws_the_same() -> None:
    assert draw(200, seed=7) == draw(200, seed=7)
    assert draw(200, seed=7) != draw(200, seed=8)
