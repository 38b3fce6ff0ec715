"""The map: places are kept apart, names stand on nothing, everything is inside the picture."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from jobfair.shuttle.labels import Box, Ground, Wanted, place_labels
from jobfair.shuttle.map import (
    DASHES,
    FAIR,
    LARGE_MOST,
    LARGE_SIZE,
    SIZE,
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


@settings(deadline=None)
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


def test_a_stop_at_the_fair_itself_is_drawn() -> None:
    made = drawn([[Halt("Kreishaus", *FAIR_HALT.place, 3)]])
    assert made
    assert len(made.rings) == 1


@settings(deadline=None)
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
    ground = Ground(WIDTH, 500, [Box(0, 0, WIDTH, 500)], [])
    assert place_labels([Wanted("Melle", 3, 100, 100, 5)], ground, SIZE) == [None]


def test_a_label_stands_on_no_line_where_there_is_room_beside() -> None:
    right = ((100.0, 100.0), (300.0, 100.0))
    (label,) = place_labels([Wanted("Melle", 3, 100, 100, 5)], Ground(600, 500, [], [right]), SIZE)
    assert label
    assert label.anchor == "end"
    assert not label.box(SIZE).is_crossed(right)


@settings(deadline=None)
@given(*(st.floats(-50, 50) for _end in range(4)))
def test_a_box_is_crossed_by_what_leads_through_it(x: float, y: float, u: float, v: float) -> None:
    box = Box(-10, -10, 10, 10)
    steps = [(x + (u - x) * n / 200, y + (v - y) * n / 200) for n in range(201)]
    if any(abs(at) < 10 and abs(down) < 10 for at, down in steps):
        assert box.is_crossed(((x, y), (u, v)))
    if all(max(abs(at), abs(down)) > 11 for at, down in steps):
        assert not box.is_crossed(((x, y), (u, v)))


def test_phones_see_the_largest_names_only() -> None:
    towns = [Halt(f"Ort{n}", 52.0 + n / 30, 7.7 + n % 3 / 5, n) for n in range(1, 20)]
    made = drawn([towns])
    assert made
    assert 0 < len(made.large_labels) <= LARGE_MOST
    assert made.large_labels[0].people == 19
    boxes = [label.box(LARGE_SIZE) for label in made.large_labels]
    assert all(box.is_within(WIDTH, made.height) for box in boxes)
    assert not any(one.touches(other) for one, other in combinations(boxes, 2))
