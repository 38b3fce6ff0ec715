"""Lines are shaped and ordered as readers of each script expect."""

import unicodedata

import pytest
import uharfbuzz
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import getFont

from jobfair.attendees.badges.direction import is_right_to_left
from jobfair.attendees.badges.fonts import FONTS_DIR, Fonts, load_fonts
from jobfair.attendees.badges.shaping import LONGEST, Line, clean, shape

ZWNJ = "\u200c"


def line_of(text: str, fonts: Fonts) -> Line:
    return shape(text, fonts.bold, is_right_to_left(text))


def glyphs(line: Line) -> list[int]:
    return [
        getFont(run.font).face.charToGlyph.get(ord(char), 0)
        for run in line.runs
        for char in run.text
    ]


def harfbuzz_glyphs(text: str) -> list[int]:
    """What the Arabic font gives for a text in one direction, without any of our code."""
    face = uharfbuzz.Face((FONTS_DIR / "NotoSansArabic-Bold.ttf").read_bytes())
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(face), buffer)
    return [info.codepoint for info in buffer.glyph_infos]


@pytest.mark.parametrize("word", ["حداد", "أمل", "محمدي", "نیلوفر", f"می{ZWNJ}خواهم", "لا"])
def test_arabic_letters_are_joined(word: str, fonts: Fonts) -> None:
    drawn = glyphs(line_of(word, fonts))
    isolated = [glyph for char in reversed(word) for glyph in harfbuzz_glyphs(char)]
    assert drawn == harfbuzz_glyphs(word)
    assert drawn != isolated


def test_words_stand_from_the_right(fonts: Fonts) -> None:
    line = line_of("أمل حداد", fonts)
    assert glyphs(line) == harfbuzz_glyphs("أمل حداد")
    assert glyphs(line)[: len(harfbuzz_glyphs("حداد"))] == harfbuzz_glyphs("حداد")


def test_zero_width_non_joiner_parts_letters(fonts: Fonts) -> None:
    parted, joined = line_of(f"می{ZWNJ}خواهم", fonts), line_of("میخواهم", fonts)
    assert parted.width != pytest.approx(joined.width)


@pytest.mark.parametrize(
    ("text", "visual"),
    [
        ("Kreishaus 17:05", "Kreishaus 17:05"),
        ("د 17:05", "17:05 د"),
        ("د (B) 12", "12 (B) د"),
        ("B د", "B د"),
        ("د ١٢", "١٢ د"),
        ("د!", "!د"),
        ("د [1]", "[1] د"),
    ],
)
def test_directions_are_mixed_as_unicode_says(text: str, visual: str, fonts: Fonts) -> None:
    line = line_of(text, fonts)
    assert "".join(unicodedata.normalize("NFKC", run.text) for run in line.runs) == visual


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("  a \n\t b\u00a0c ", "a b c"),
        ("\u202eevil\u2066\u200f\ufeff", "evil"),
        ("a\ud800\ue000b\x00", "ab"),
        (f"می{ZWNJ}خ", f"می{ZWNJ}خ"),
        ("x" * 10_000, "x" * LONGEST),
    ],
)
def test_text_is_cleaned(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(st.text(max_size=60))
def test_any_text_becomes_a_line(text: str) -> None:
    cleaned = clean(text)
    line = line_of(cleaned, load_fonts())
    assert clean(cleaned) == cleaned
    assert line.width >= 0


def test_coverage_tells_what_can_be_drawn(fonts: Fonts) -> None:
    assert fonts.bold.covers("أمل Олександра Nguyễn")
    assert not fonts.bold.covers("山田")
