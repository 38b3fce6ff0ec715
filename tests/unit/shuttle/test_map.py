"""The map: places are kept apart, names stand on nothing, everything is inside the picture."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.shuttle.labels import SIZE, Box, Wanted, place_labels
from jobfair.shuttle.map import (
    DASHES,
    FAIR,
    WIDTH,
    Drawing,
    Halt,
    Line,
    draw,
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
routes = st.lists(st.lists(halts, max_size=6), max_size=12)


def drawn(ways: list[list[Halt]]) -> Drawing | None:
    """Return the map of lines with these stops."""
    return draw([Line(number, tuple(way)) for number, way in enumerate(ways, 1)], FAIR_HALT)


def test_without_stops_there_is_no_map() -> None:
    assert drawn([]) is None
    assert drawn([[]]) is None


@given(routes)
def test_names_stand_on_no_other_name_nor_stop_and_inside(ways: list[list[Halt]]) -> None:
    made = drawn(ways)
    if made is None:
        return
    names = [*made.labels, *([made.fair_label] if made.fair_label else [])]
    boxes = [label.box(SIZE) for label in names]
    rings = [Box.round(ring.x, ring.y, ring.radius) for ring in made.rings]
    plates = [Box.round(*route.plate, 13) for route in made.routes]
    for one, other in combinations(boxes, 2):
        assert not one.touches(other)
    for box in boxes:
        assert box.is_within(WIDTH, made.height)
        assert not any(box.touches(other) for other in [*rings, *plates])


@given(routes)
def test_all_is_inside_the_picture(ways: list[list[Halt]]) -> None:
    made = drawn(ways)
    if made is None:
        return
    for route in made.routes:
        for pair in route.points.split():
            x, y = map(float, pair.split(","))
            assert 0 <= x <= WIDTH
            assert 0 <= y <= made.height
        assert 13 <= route.plate[0] <= WIDTH - 13
    assert FAIR / 2 <= made.fair[0] <= WIDTH - FAIR / 2


def test_north_is_up_and_east_is_right() -> None:
    made = drawn([[Halt("Nord", 52.6, 7.8)], [Halt("Süd", 52.1, 8.4)]])
    assert made
    north, south = made.rings
    assert north.y < made.fair[1] < south.y
    assert north.x < made.fair[0] < south.x


def test_the_area_of_a_ring_grows_with_its_people() -> None:
    made = drawn([[Halt("Eins", 52.6, 7.8, 3), Halt("Zwei", 52.5, 7.9, 40)]])
    assert made
    radius = {ring.y: ring.radius for ring in made.rings}
    assert radius[min(radius)] < radius[max(radius)]


def test_stops_of_two_lines_are_drawn_once_with_all_people() -> None:
    melle = Halt("Melle, Bahnhof", 52.2, 8.33, 20)
    made = drawn([[melle], [melle]])
    assert made
    assert len(made.rings) == 1
    assert [(label.name, label.people) for label in made.labels] == [("Melle", 40)]
    assert made.routes[0].points != made.routes[1].points


def test_neighbours_of_a_place_are_one() -> None:
    made = drawn([[Halt("Melle, Markt", 52.202, 8.334, 5), Halt("Melle, Bahnhof", 52.2, 8.33, 20)]])
    assert made
    assert [(label.name, label.people) for label in made.labels] == [("Melle", 25)]
    far = drawn([[Halt("Melle, Markt", 52.6, 8.3, 5), Halt("Melle, Bahnhof", 52.2, 8.33, 20)]])
    assert far
    assert {label.name for label in far.labels} == {"Melle, Markt", "Melle, Bahnhof"}


def test_more_than_eight_lines_have_the_colours_again_with_other_dashes() -> None:
    for line in range(1, 57):
        assert stroke_of(line) != stroke_of(line + len(DASHES))


def test_a_label_without_room_is_left_out() -> None:
    everywhere = [Box(0, 0, WIDTH, 500)]
    assert place_labels([Wanted("Melle", 3, 100, 100, 5)], everywhere, (WIDTH, 500), 3) == [None]


@pytest.mark.parametrize("most", [0, 1])
def test_only_so_many_labels_are_big(most: int) -> None:
    wanted = [Wanted("Melle", 30, 100, 100, 5), Wanted("Bohmte", 20, 100, 300, 5)]
    placed = place_labels(wanted, [], (WIDTH, 500), most)
    assert [bool(label and label.is_big) for label in placed] == [most == 1, False]
