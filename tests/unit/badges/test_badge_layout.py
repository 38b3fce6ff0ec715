"""Names wrap before they shrink, and never leave their room."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jobfair.attendees.badges.fonts import Fonts, load_fonts
from jobfair.attendees.badges.layout import fit, one_line, wrap

ROOM = 133.0
LETTERS = "abcАбвأملنیế -()\u200cé"


def test_short_name_stays_on_one_line(fonts: Fonts) -> None:
    block = fit("Lina H.", fonts.bold, 21, ROOM, 9.5)
    assert [line.text for line in block.lines] == ["Lina H."]
    assert block.size == 21


def test_name_wraps_before_it_shrinks(fonts: Fonts) -> None:
    block = fit("Amal Haddad", fonts.bold, 21, ROOM, 9.5)
    assert [line.text for line in block.lines] == ["Amal", "Haddad"]
    assert block.size == 21


def test_third_line_keeps_a_long_name_large(fonts: Fonts) -> None:
    block = fit("Abd al-Rahman al-Khatib al-Muhammadi", fonts.bold, 21, ROOM, 9.5)
    assert [line.text for line in block.lines] == ["Abd al-Rahman", "al-Khatib", "al-Muhammadi"]
    assert block.size > 16


def test_name_without_end_is_cut_short(fonts: Fonts) -> None:
    block = fit("Xy" * 5000, fonts.bold, 21, ROOM, 9.5)
    assert len(block.lines) == 3
    assert block.lines[-1].text.endswith("…")
    assert block.size == 9.5


def test_wrapped_text_is_kept_whole(fonts: Fonts) -> None:
    text = "Für die Rückfahrt treffen wir uns um 17:05 im Eingang."
    block = wrap(text, fonts.regular, 12, ROOM)
    assert len(block.lines) > 1
    assert " ".join(line.text for line in block.lines) == text


def test_lines_keep_the_direction_of_their_paragraph(fonts: Fonts) -> None:
    block = fit("عبد (Amal) 12", fonts.bold, 27, ROOM, 9.5)
    assert [line.text for line in block.lines] == ["عبد", "(Amal) 12"]
    assert "".join(run.text for run in block.lines[1].runs) == "12 (Amal)"


@given(st.text(alphabet=LETTERS, max_size=120))
@example("")
@example("-")
@example("\u200c")
def test_blocks_stay_within_their_width(name: str) -> None:
    bold = load_fonts().bold
    for block in (fit(name, bold, 27, ROOM, 9.5), one_line(name, bold, 12, ROOM)):
        assert block.width <= ROOM + 0.01


@pytest.mark.parametrize("name", ["Amal", "أمل حداد"])
def test_height_grows_with_the_lines(name: str, fonts: Fonts) -> None:
    one = wrap(name, fonts.bold, 20, 1000)
    three = wrap(f"{name} {name} {name}", fonts.bold, 20, one.width * 1.1)
    assert three.height == pytest.approx(3 * one.height)
