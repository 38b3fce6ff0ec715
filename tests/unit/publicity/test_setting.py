"""Longer texts on paper: as large as there is room, whole as long as that is possible."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobfair.attendees.badges.fonts import Fonts, load_fonts
from jobfair.publicity.paper.setting import Piece, set_stack

WIDTH, HEIGHT = 300.0, 200.0


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return load_fonts()


@settings(max_examples=80, deadline=None)
@given(text=st.text(max_size=600), width=st.floats(40, 400), rtl=st.booleans())
def test_every_line_fits_and_no_word_is_lost(text: str, width: float, rtl: bool) -> None:
    piece = Piece(text, load_fonts().regular, rtl)
    block = piece.block(12, width)
    assert block.width <= width + 0.01
    drawn = "".join("".join(line.text.split()) for line in block.lines)
    assert drawn == "".join(word for words in piece.paragraphs for word, _ in words)


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(st.text("abc шжآب 7\n", max_size=800), min_size=1, max_size=6),
    times=st.sampled_from([1, 20]),
    height=st.floats(120, 500),
)
def test_a_stack_fits_its_room_or_is_cut(texts: list[str], times: int, height: float) -> None:
    fonts = load_fonts()
    pieces = [
        Piece(text * times, fonts.regular, share=1 + place % 2 / 2, gap=0.3)
        for place, text in enumerate(texts)
    ]
    stack = set_stack(pieces, WIDTH, height, 40, 5)
    assert 5 <= stack.size <= 40
    assert stack.height <= height + 0.01
    if not stack.cut:
        assert set_stack(pieces, WIDTH, height, stack.size, 5).blocks == stack.blocks


def test_a_letter_wider_than_its_line_is_set_smaller(fonts: Fonts) -> None:
    assert Piece("WW", fonts.bold).block(100, 40).width <= 40.01


def test_typed_lines_begin_anew(fonts: Fonts) -> None:
    block = Piece("eins\n\nzwei drei", fonts.regular).block(10, WIDTH)
    assert [line.text for line in block.lines] == ["eins", "zwei drei"]


def test_what_is_cut_ends_with_an_ellipsis(fonts: Fonts) -> None:
    stack = set_stack([Piece("Wort " * 400, fonts.regular)], WIDTH, HEIGHT, 20, 8)
    assert stack.cut
    assert stack.blocks[0].lines[-1].text.endswith("Wort …")
    assert stack.height <= HEIGHT


def test_short_text_takes_the_largest_size(fonts: Fonts) -> None:
    stack = set_stack([Piece("kurz", fonts.bold)], WIDTH, HEIGHT, 60, 8)
    assert (stack.size, stack.cut) == (60, False)
