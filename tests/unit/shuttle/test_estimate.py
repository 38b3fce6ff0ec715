"""Who would ride from where: all riders, by population, more by last time the more that were."""

from hypothesis import given
from hypothesis import strategies as st

from jobfair.shuttle.estimate import Catchment, expected_riders, parties, spread

MELLE = Catchment(1, "Melle", 46_000)
BRAMSCHE = Catchment(2, "Bramsche", 31_000)
ENGTER = Catchment(3, "Bramsche", 31_000)

catchments = st.lists(
    st.builds(
        Catchment,
        st.integers(1, 50),
        st.sampled_from("ABC"),
        st.just(10_000),
        st.integers(0, 80),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda place: place.stop,
)


def test_without_an_earlier_fair_the_population_decides() -> None:
    assert expected_riders([MELLE, BRAMSCHE], 77) == {1: 46, 2: 31}


def test_the_stops_of_a_place_share_its_riders() -> None:
    assert expected_riders([MELLE, BRAMSCHE, ENGTER], 154) == {1: 92, 2: 31, 3: 31}


def test_the_earlier_fair_counts_the_more_people_asked() -> None:
    def at_melle(earlier: int) -> int:
        places = [
            Catchment(1, "Melle", 46_000, earlier),
            Catchment(2, "Bramsche", 31_000, 3 * earlier),
        ]
        return expected_riders(places, 1000)[1]

    assert at_melle(0) == 597
    assert at_melle(0) > at_melle(20) > at_melle(200) > 250


def test_nobody_comes_from_where_nobody_lives_or_asked() -> None:
    city = Catchment(9, "Stadt", 0)
    assert expected_riders([MELLE, city], 10) == {1: 10}
    assert expected_riders([], 10) == {}
    assert expected_riders([city], 10) == {}


@given(catchments, st.integers(0, 2000))
def test_all_riders_come_from_somewhere(places: list[Catchment], riders: int) -> None:
    found = expected_riders(places, riders)
    assert sum(found.values()) == riders
    assert all(people > 0 for people in found.values())
    assert set(found) <= {place.stop for place in places}


@given(st.integers(0, 300))
def test_parties_are_of_one_to_four(people: int) -> None:
    found = parties(people)
    assert sum(group.people for group in found) == people
    assert all(1 <= group.people <= 4 for group in found)


@given(
    st.dictionaries(st.integers(1, 9), st.integers(1, 40), max_size=9), st.integers(1, 4).map(range)
)
def test_waves_are_about_equally_full(riders: dict[int, int], waves: range) -> None:
    found = spread(riders, waves)
    load = [sum(g.people for row in found[wave].values() for g in row) for wave in waves]
    assert sum(load) == sum(riders.values())
    assert max(load) - min(load) <= 4
    for stop, people in riders.items():
        assert sum(g.people for wave in waves for g in found[wave].get(stop, ())) == people
