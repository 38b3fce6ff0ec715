"""Posters and flyers: all of it is on the page, and the code can be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

import pypdfium2
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter
from reportlab.lib.pagesizes import A3, A5
from reportlab.lib.units import mm

from jobfair.attendees.badges.fonts import load_fonts
from jobfair.attendees.badges.layout import Block
from jobfair.attendees.badges.pen import Pen
from jobfair.publicity.paper.flyer import flyer, is_too_long
from jobfair.publicity.paper.poster import poster
from jobfair.publicity.paper.questions import SMALLEST, set_questions
from jobfair.publicity.paper.words import Facts, Words
from tests.unit.publicity.conftest import ARABIC, GERMAN, QUESTIONS, UKRAINIAN, URL, answers

ENGLISH = replace(GERMAN, lang="en", call="Register now")
LANGUAGES = [GERMAN, ENGLISH, UKRAINIAN, ARABIC]
TEXT = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "Zs", "M", "Cf", "So"]) | st.just("\n"),
    max_size=400,
)
ANSWER = st.builds(lambda text, times: (text * times)[:4000], TEXT, st.sampled_from([1, 9, 99]))
Placed = tuple[float, float, float, float]


@contextmanager
def text_boxes() -> Iterator[list[list[Placed]]]:
    """Collect where text is drawn on each page, as left, bottom, right and top."""
    pages: list[list[Placed]] = []
    begin, lines = Pen.page, Pen.lines

    def page(pen: Pen):
        pages.append([])
        return begin(pen)

    def noting(pen: Pen, block: Block, x: float, top: float, align="left", colour=None) -> float:
        left = {"left": x, "right": x - block.width, "centre": x - block.width / 2}[align]
        pages[-1].append((left, top - block.height, left + block.width, top))
        return lines(pen, block, x, top, align)

    with patch.object(Pen, "page", page), patch.object(Pen, "lines", noting):
        yield pages


def assert_inside(boxes: list[Placed], size: tuple[float, float]) -> None:
    assert boxes
    for left, bottom, right, top in boxes:
        assert -0.1 <= left <= right <= size[0] + 0.1
        assert -0.1 <= bottom <= top <= size[1] + 0.1


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(pdf)
    found = [tuple(map(round, page.get_size())) for page in document]
    document.close()
    return found


def test_poster_is_one_page_of_a3_and_a_flyer_two_of_a5(facts: Facts) -> None:
    assert sizes(poster(facts, LANGUAGES)) == [tuple(map(round, A3))]
    assert sizes(flyer(facts, ARABIC, GERMAN)) == [tuple(map(round, A5))] * 2


def test_same_words_give_the_same_file(facts: Facts) -> None:
    assert poster(facts, LANGUAGES) == poster(facts, LANGUAGES)


def photo(page: Image.Image, width: int) -> Image.Image:
    """Return the page as a phone sees it from afar: small, tilted, blurred, on a grey wall."""
    height = round(page.height * width / page.width)
    small = page.resize((width, height), Image.Resampling.BILINEAR)
    wall = Image.new("RGB", (width + 120, height + 120), "#9a9a9a")
    wall.paste(small, (60, 60))
    tilted = wall.rotate(4, Image.Resampling.BICUBIC, fillcolor="#9a9a9a")
    return tilted.filter(ImageFilter.GaussianBlur(0.7)).convert("L")


@pytest.mark.parametrize("times", [1, 200], ids=["short answers", "long answers"])
def test_code_is_read_from_a_photo_of_the_whole_poster(facts: Facts, render, times: int) -> None:
    german = replace(GERMAN, answers=answers("Das ist ein Satz. " * times))
    (page,) = render(poster(facts, [german, *LANGUAGES[1:]]), 72)
    assert [found.text for found in zxingcpp.read_barcodes(photo(page, 480))] == [URL]


@pytest.mark.parametrize("own", [GERMAN, UKRAINIAN, ARABIC], ids=lambda words: words.lang)
def test_codes_are_read_from_both_sides_of_a_flyer(facts: Facts, render, own: Words) -> None:
    front, back = render(flyer(facts, own, GERMAN), 144)
    assert [found.text for found in zxingcpp.read_barcodes(photo(front, 420))] == [URL]
    assert [found.text for found in zxingcpp.read_barcodes(photo(back, 800))] == [URL]


def front_text(pdf: bytes) -> str:
    """Return the words of the first page, each after one space."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_range()
    document.close()
    return " ".join(text.split())


def test_the_address_is_printed_and_read_aloud(facts: Facts) -> None:
    text = front_text(poster(facts, [GERMAN]))
    for words in (URL.removeprefix("https://"), "0541 501 0000", "Jetzt anmelden", facts.place):
        assert words in text


def test_poster_answers_in_every_language(facts: Facts) -> None:
    text = front_text(poster(facts, LANGUAGES))
    assert text.count("Ja. Die Messe kostet nichts.") == 2 * len(QUESTIONS)  # ENGLISH says it too
    assert text.count("Так. Ярмарок безкоштовний.") == len(QUESTIONS)
    with text_boxes() as with_arabic:
        poster(facts, LANGUAGES)
    with text_boxes() as without_its_answers:
        poster(facts, [*LANGUAGES[:-1], replace(ARABIC, answers=())])
    assert len(with_arabic[0]) == len(without_its_answers[0]) + 2 * len(QUESTIONS)


def test_german_that_stands_in_on_a_poster_reads_as_german() -> None:
    untranslated = replace(ARABIC, answers=answers(GERMAN.answers[0].answer))
    columns = set_questions(load_fonts(), [GERMAN, untranslated], 257 * mm, 98 * mm)
    question, answer, *_ = columns.stacks[1].pieces
    assert (question.rtl, question.lang) == (True, "ar")
    assert (answer.rtl, answer.lang) == (False, "de")


def test_poster_asks_only_what_it_is_given(facts: Facts) -> None:
    without_bus = replace(GERMAN, answers=GERMAN.answers[:-1])
    text = front_text(poster(facts, [without_bus]))
    assert QUESTIONS[-2] in text
    assert QUESTIONS[-1] not in text


def test_poster_s_long_answers_are_in_german_and_end_with_an_ellipsis(facts: Facts) -> None:
    long = [replace(words, answers=answers("Ein langer Satz. " * 240)) for words in LANGUAGES]
    text = front_text(poster(facts, long))
    assert text.count("…") == len(QUESTIONS)
    for question in QUESTIONS:
        assert text.count(question) == 1


@pytest.mark.parametrize("times", [1, 8, 200])
@pytest.mark.parametrize("many", [1, 4, 12])
def test_answers_on_a_poster_fit_and_can_be_read_from_a_metre_away(times: int, many: int) -> None:
    said = replace(GERMAN, answers=answers("Das ist ein Satz. " * times))
    columns = set_questions(load_fonts(), [said] * many, 257 * mm, 98 * mm)
    assert columns.height <= 98 * mm
    assert len({stack.size for stack in columns.stacks}) == 1
    assert columns.stacks[0].size >= SMALLEST
    assert columns.cut == (times == 200)


def test_a_flyer_s_front_calls_in_every_language(facts: Facts) -> None:
    text = front_text(flyer(facts, ARABIC, GERMAN, [ENGLISH, UKRAINIAN]))
    for words in (GERMAN, ENGLISH, UKRAINIAN):
        assert words.call in text
    assert text.count(GERMAN.kind) == 2  # on top, and where German is said in full
    assert UKRAINIAN.kind not in text


def test_a_page_has_one_yellow_thing_and_only_our_colours(facts: Facts, render) -> None:
    (page,) = render(poster(replace(facts, logos=()), LANGUAGES), 36)
    counted = page.quantize(64).convert("RGB").getcolors()
    assert counted is not None
    yellow = sum(n for n, (red, green, blue) in counted if red > 200 and green > 150 and blue < 120)
    assert 0.01 < yellow / (page.width * page.height) < 0.06


def test_long_answers_are_cut_and_it_is_known(facts: Facts) -> None:
    long = replace(GERMAN, answers=answers("Das ist ein langer Satz. " * 160))
    assert is_too_long(facts, long, long)
    assert not is_too_long(facts, GERMAN, GERMAN)
    assert not is_too_long(facts, ARABIC, GERMAN)
    with text_boxes() as pages:
        flyer(facts, long, long)
    assert_inside(pages[1], A5)


def test_german_gives_way_before_an_answer_is_cut(facts: Facts) -> None:
    german = replace(GERMAN, answers=answers("Das ist ein langer Satz. " * 160))
    assert is_too_long(facts, german, german)
    assert not is_too_long(facts, ARABIC, german)


def test_german_that_stands_in_for_a_translation_reads_as_german(facts: Facts, render) -> None:
    german = replace(GERMAN, answers=answers("Nein (leider)."))
    with text_boxes() as pages:
        flyer(facts, replace(ARABIC, answers=german.answers), german)
    with text_boxes() as translated:
        flyer(facts, ARABIC, german)
    assert len(translated[1]) == len(pages[1]) + len(german.answers)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=TEXT.filter(str.strip),
    place=TEXT,
    answer=ANSWER,
    host=st.from_regex(r"[a-z]{1,60}(\.[a-z]{1,20}){1,3}", fullmatch=True),
    rtl=st.booleans(),
    many=st.integers(1, 12),
    with_logos=st.booleans(),
)
def test_no_text_leaves_the_page(
    facts: Facts, name, place, answer, host, rtl, many, with_logos
) -> None:
    said = replace(
        GERMAN, rtl=rtl, call=name, kind=place, claims=(answer,), answers=answers(answer)
    )
    told = replace(
        facts,
        name=name[:120],
        place=place[:160],
        address=place[:300],
        url=f"https://{host}/fair-2026",
        logos=facts.logos if with_logos else (),
    )
    with text_boxes() as pages:
        poster(told, [said] * many)
        flyer(told, said, GERMAN, [said.in_brief()] * (many - 1))
    for boxes, size in zip(pages, (A3, A3, A5), strict=True):  # a flyer's front is half an A3
        assert_inside(boxes, size)


@pytest.mark.parametrize("letter", ["W", "ش", "Щ", "W "])
def test_a_fair_s_longest_name_fits(facts: Facts, letter: str) -> None:
    told = replace(facts, name=(letter * 120)[:120], place=(letter * 160)[:160])
    with text_boxes() as pages:
        poster(told, LANGUAGES)
    assert_inside(pages[0], A3)
