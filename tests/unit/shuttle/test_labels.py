"""Names on a map: on no sign, off the lines where possible, moved for others before they go."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from jobfair.shuttle.boxes import Box, Boxes, Piece, Raster, bits
from jobfair.shuttle.labels import FAR, FARTHER, NEAR, Ground, Wanted, place_labels

SIZE = 14
PICTURE = Box(0, 0, 600, 500)

ends = st.tuples(st.floats(0, 600), st.floats(0, 500))
reaches = st.floats(0, 60)
boxes = st.builds(Box.round, st.floats(60, 540), st.floats(60, 440), reaches)
stops = st.lists(st.tuples(st.integers(1, 11), st.integers(1, 9)), min_size=1, unique=True)


def ground(signs: list[Box], lines: list[Piece] | None = None) -> Ground:
    """Return a ground with these signs and lines on it."""
    along = [box for line in lines or [] for box in bits(line)]
    return Ground(PICTURE, Raster(PICTURE, signs), Raster(PICTURE, along))


def wanted(x: float, y: float, far: tuple[int, ...] = FAR, *, is_needed: bool = False) -> Wanted:
    """Return a label that is wanted for a stop at a place."""
    return Wanted("Melle", 3, x, y, 5, Box.round(x, y, 8), far, is_needed)


@given(st.lists(boxes), boxes)
def test_boxes_are_found_by_what_touches_them(all_of_them: list[Box], one: Box) -> None:
    index = Boxes(all_of_them)
    assert index.touching(one) == {box for box in all_of_them if box.touches(one)}
    for box in all_of_them:
        index.remove(box)
    assert index.touching(one) == set()


@given(st.lists(boxes), boxes)
def test_nothing_that_touches_a_box_goes_uncounted(others: list[Box], one: Box) -> None:
    found = Raster(PICTURE, others).count(one)
    assert found >= sum(other.touches(one) for other in others)
    assert Raster(PICTURE, [*others, one]).count(one, without=one) == found


@given(ends, ends)
def test_bits_of_a_piece_follow_it(begin: tuple[float, float], end: tuple[float, float]) -> None:
    found = bits((begin, end))
    for box in found:
        assert max(box.right - box.left, box.bottom - box.top) <= 10.001
    assert min(box.left for box in found) <= min(begin[0], end[0]) + 0.001
    assert max(box.right for box in found) >= max(begin[0], end[0]) - 0.001
    for one, after in pairwise(found):
        assert one.left <= after.right
        assert after.left <= one.right


@settings(deadline=None, max_examples=30)
@given(stops)
def test_texts_and_strokes_touch_no_other_name_and_no_sign(grid: list[tuple[int, int]]) -> None:
    asked = [wanted(x * 50, y * 50) for x, y in grid]
    signs = [one.sign for one in asked]
    labels = place_labels(asked, ground(signs), SIZE)
    pairs = [(own, label) for own, label in zip(signs, labels, strict=True) if label]
    for (_own, one), (_other_own, other) in combinations(pairs, 2):
        assert not any(a.touches(b) for a in one.boxes(SIZE) for b in other.boxes(SIZE))
    for own, label in pairs:
        for box in label.boxes(SIZE):
            assert not any(box.touches(sign) for sign in signs if sign != own)


def test_a_label_without_room_is_left_out() -> None:
    assert place_labels([wanted(100, 100)], ground([PICTURE]), SIZE) == [None]


def test_a_label_that_is_needed_covers_a_sign_where_there_is_no_room() -> None:
    (label,) = place_labels([wanted(100, 100, FARTHER, is_needed=True)], ground([PICTURE]), SIZE)
    assert label


def test_a_label_that_is_needed_stands_on_no_sign_where_there_is_room() -> None:
    signs = [Box(0, 0, 600, 180)]
    (label,) = place_labels([wanted(100, 100, FARTHER, is_needed=True)], ground(signs), SIZE)
    assert label
    assert label.stroke
    assert not label.box(SIZE).touches(signs[0])


def test_a_label_stands_on_no_line_where_there_is_room_beside() -> None:
    right = ((100.0, 100.0), (300.0, 100.0))
    (label,) = place_labels([wanted(100, 100)], ground([], [right]), SIZE)
    assert label
    assert label.anchor == "end"
    assert not any(label.box(SIZE).touches(bit) for bit in bits(right))


def test_a_label_goes_a_little_farther_rather_than_stand_on_a_line() -> None:
    corners = [(281.0, 231.0), (319.0, 231.0), (319.0, 269.0), (281.0, 269.0), (281.0, 231.0)]
    round_about = list(pairwise(corners))
    (label,) = place_labels([wanted(300, 250)], ground([], round_about), SIZE)
    assert label
    assert not any(label.box(SIZE).touches(bit) for piece in round_about for bit in bits(piece))


def test_a_label_goes_to_another_place_where_a_later_one_has_no_other() -> None:
    wall = [Box(0, 0, 600, 85), Box(0, 115, 600, 500), Box(230, 85, 600, 115)]
    both = [wanted(100, 100, NEAR), wanted(220, 100, NEAR)]
    (alone,) = place_labels(both[:1], ground(wall), SIZE)
    first, second = place_labels(both, ground(wall), SIZE)
    assert alone
    assert alone.anchor == "start"
    assert first
    assert first.anchor == "end"
    assert second
    assert second.anchor == "end"
