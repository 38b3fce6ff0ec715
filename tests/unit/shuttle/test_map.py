"""The map: places are kept apart, names stand on nothing, everything is inside the picture."""

from itertools import combinations
from math import dist

from hypothesis import given, settings
from hypothesis import strategies as st

from jobfair.shuttle.boxes import Box
from jobfair.shuttle.halts import Halt, Line
from jobfair.shuttle.map import (
    CROWD,
    DASHES,
    FAIR,
    PHONE,
    SIZE,
    WIDE,
    Frame,
    Sheet,
    draw,
    sheet,
    stroke_of,
)

FAIR_HALT = Halt("Kreishaus", 52.2524, 8.0705)
halts = st.builds(
    Halt,
    st.sampled_from(["Menslage, Kirche", "Bramsche, Bahnhof", "Melle", "Bad Rothenfelde, Kurpark"]),
    st.floats(52.0, 52.8),
    st.floats(7.6, 8.5),
    st.integers(0, 80),
)
routes = st.lists(st.lists(halts, min_size=1, max_size=6), min_size=1, max_size=12)
frames = st.sampled_from([WIDE, PHONE])


def drawn(ways: list[list[Halt]], frame: Frame = WIDE) -> Sheet:
    """Return the map of lines with these stops."""
    lines = [Line(number, tuple(way)) for number, way in enumerate(ways, 1) if way]
    return sheet(lines, FAIR_HALT, frame)


def points(written: str) -> list[tuple[float, float]]:
    """Return the points of a way as SVG writes them."""
    pairs = (pair.split(",") for pair in written.split())
    return [(float(x), float(y)) for x, y in pairs]


def names(made: Sheet) -> set[str]:
    """Return the names that are written at stops."""
    return {label.name for label in made.labels}


def test_without_stops_there_is_no_map() -> None:
    assert draw([], FAIR_HALT) is None
    assert draw([Line(1, ())], FAIR_HALT) is None


def test_a_map_is_drawn_for_wide_pages_and_for_phones() -> None:
    made = draw([Line(1, (Halt("Melle", 52.2, 8.33),))], FAIR_HALT)
    assert made
    assert [one.name for one in made.sheets] == ["wide", "phone"]


@settings(deadline=None, max_examples=30)
@given(routes, frames)
def test_names_stand_on_no_other_name_and_inside(ways: list[list[Halt]], frame: Frame) -> None:
    made = drawn(ways, frame)
    fair = made.fair_label
    assert fair
    boxes = [label.box(SIZE) for label in (fair, *made.labels)]
    picture = Box(0, 0, made.width, made.height)
    for one, other in combinations(boxes, 2):
        assert not one.touches(other)
    for box in boxes:
        assert box.is_within(picture)


@settings(deadline=None, max_examples=30)
@given(routes, frames)
def test_every_stop_has_a_name_or_a_number(ways: list[list[Halt]], frame: Frame) -> None:
    made = drawn(ways, frame)
    assert len(made.labels) + len(made.numbered) == len(made.rings)
    assert [ring.number for ring in made.numbered] == list(range(1, len(made.numbered) + 1))
    assert [ring.name for ring in made.numbered] == sorted(ring.name for ring in made.numbered)


@settings(deadline=None, max_examples=30)
@given(routes, frames)
def test_the_same_lines_give_the_same_map(ways: list[list[Halt]], frame: Frame) -> None:
    assert drawn(ways, frame) == drawn(ways, frame)


places = st.integers(0, 5).flatmap(
    lambda step: st.builds(
        Halt,
        st.just("Bad Rothenfelde"),
        st.just(52.05 + step / 8),
        st.floats(7.6, 8.5),
        st.integers(0, 80),
    )
)


@settings(deadline=None, max_examples=30)
@given(st.lists(places, min_size=1, max_size=6, unique_by=lambda halt: halt.lat), frames)
def test_ends_of_lines_and_the_fair_are_named(ends: list[Halt], frame: Frame) -> None:
    ways = [
        [Halt(f"Bad Rothenfelde {line}", *end.place, end.people), Halt("Belm", 52.29, 8.13, 3)]
        for line, end in enumerate(ends, 1)
    ]
    made = drawn(ways, frame)
    assert {way[0].name for way in ways} <= names(made)
    assert made.fair_label


def test_a_stop_at_the_fair_itself_is_drawn() -> None:
    made = drawn([[Halt("Kreishaus", *FAIR_HALT.place, 3)]])
    assert len(made.rings) == 1


@settings(deadline=None, max_examples=30)
@given(routes, frames)
def test_all_is_inside_the_picture(ways: list[list[Halt]], frame: Frame) -> None:
    made = drawn(ways, frame)
    picture = Box(0, 0, made.width, made.height)
    assert Box.round(*made.fair, FAIR / 2).is_within(picture)
    for route in made.routes:
        assert route.plate.is_within(picture)
        for point in points(route.points):
            assert Box.round(*point, 0).is_within(picture)


def test_north_is_up_and_east_is_right() -> None:
    made = drawn([[Halt("Nord", 52.6, 7.8)], [Halt("Süd", 52.1, 8.4)]])
    north, south = made.rings
    assert north.y < made.fair[1] < south.y
    assert north.x < made.fair[0] < south.x


def test_the_area_of_a_ring_grows_with_its_people() -> None:
    made = drawn([[Halt("Eins", 52.6, 7.8, 3), Halt("Zwei", 52.5, 7.9, 40)]])
    radius = {ring.y: ring.radius for ring in made.rings}
    assert radius[min(radius)] < radius[max(radius)]


def test_stops_of_two_lines_are_drawn_once_with_all_people() -> None:
    melle = Halt("Melle, Bahnhof", 52.2, 8.33, 20)
    made = drawn([[melle], [melle]])
    assert len(made.rings) == 1
    assert [(label.name, label.people) for label in made.labels] == [("Melle", 40)]
    assert made.routes[0].points != made.routes[1].points


def test_neighbours_of_a_place_are_one() -> None:
    made = drawn([[Halt("Melle, Markt", 52.202, 8.334, 5), Halt("Melle, Bahnhof", 52.2, 8.33, 20)]])
    assert [(label.name, label.people) for label in made.labels] == [("Melle", 25)]
    far = drawn([[Halt("Melle, Markt", 52.6, 8.3, 5), Halt("Melle, Bahnhof", 52.2, 8.33, 20)]])
    assert {label.name for label in far.labels} == {"Melle, Markt", "Melle, Bahnhof"}


def test_more_than_eight_lines_have_the_colours_again_with_other_dashes() -> None:
    for line in range(1, 57):
        assert stroke_of(line) != stroke_of(line + len(DASHES))


def test_lines_that_share_a_leg_are_drawn_beside_each_other() -> None:
    melle, belm = Halt("Melle", 52.2, 8.33), Halt("Belm", 52.23, 8.2)
    made = drawn([[melle, belm], [melle, belm], [belm]])
    first, second, third = (points(route.points) for route in made.routes)
    assert dist(first[0], second[0]) > 5
    assert min(dist(a, b) for a, b in [(first[-1], second[-1]), (second[-1], third[-1])]) > 5


def test_lines_that_reach_the_fair_from_one_side_keep_apart() -> None:
    made = drawn([[Halt("Bersenbrück", 52.55, 7.95)], [Halt("Wallenhorst", 52.35, 8.03)]])
    far, near = (points(route.points)[-1] for route in made.routes)
    assert dist(far, near) > 5
    assert dist(far, made.fair) < FAIR / 2
    assert dist(near, made.fair) < FAIR / 2


def test_in_a_crowd_the_stops_have_numbers() -> None:
    towns = [[Halt(f"Ort {n}", 52.0 + n % 40 / 80, 7.7 + n / 900, n)] for n in range(CROWD + 30)]
    made = drawn(towns, PHONE)
    assert made.fair_label
    assert len(made.numbered) > CROWD


def test_the_ring_of_a_number_has_room_for_it() -> None:
    made = drawn([[Halt(f"Ort {n}", 52.25 + n / 5000, 8.07) for n in range(110)]], PHONE)
    assert made.numbered[-1].radius > made.numbered[0].radius
