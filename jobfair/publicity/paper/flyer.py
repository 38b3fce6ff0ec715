"""The flyer, A5: the poster's front at half the size, and answers on the back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A5
from reportlab.lib.units import mm

from jobfair.attendees.badges.fonts import FONTS_DIR, Fonts, load_fonts
from jobfair.attendees.badges.pen import MUTED, PLUM, WHITE, Box, Pen
from jobfair.publicity.paper.front import draw_front, draw_logos
from jobfair.publicity.paper.setting import Piece, Stack, set_stack
from jobfair.publicity.paper.words import Facts, Words

WIDTH, HEIGHT = A5
EDGE = 10 * mm
INNER = WIDTH - 2 * EDGE
BAND = 19 * mm
FOOT = 22 * mm
CODE = 22 * mm
LINE = 1.5 * mm
RING = 3 * mm
BESIDE_LINE = 8 * mm
LARGEST, SMALLEST = 15.0, 6.0


def flyer(
    facts: Facts,
    own: Words,
    german: Words,
    others: Sequence[Words] = (),
    fonts_dir: Path = FONTS_DIR,
) -> bytes:
    """Return the flyer in a language, German beneath; the front calls in the others too."""
    said = [own] if own == german else [own, german]
    said += [words.in_brief() for words in others]
    pen = Pen(load_fonts(fonts_dir), facts.name, own.lang, tagged=True, size=(WIDTH, HEIGHT))
    with pen.page():
        pen.canvas.saveState()
        pen.canvas.scale(0.5, 0.5)
        draw_front(pen, facts, said, german)
        pen.canvas.restoreState()
    with pen.page():
        _draw_back(pen, facts, own, german)
    return pen.finish()


def is_too_long(facts: Facts, own: Words, german: Words, fonts_dir: Path = FONTS_DIR) -> bool:
    """Tell whether the back has no room for all of the answers."""
    return _answers(load_fonts(fonts_dir), own, german, _column(facts, own)).cut


def _draw_back(pen: Pen, facts: Facts, own: Words, german: Words) -> None:
    """Draw the answers as stops of a line, and below them the code once more."""
    _draw_name(pen, facts)
    column = _column(facts, own)
    stack = _answers(pen.fonts, own, german, column)
    _draw_line(pen, column, _stops(stack, column.top))
    stack.draw(pen, column)
    _draw_code(pen, facts, own)
    if facts.logos:
        draw_logos(pen, facts.logos, Box(EDGE, _foot(facts) - 4 * mm, INNER, FOOT - 6 * mm))


def _foot(facts: Facts) -> float:
    """Return the height below which the logos are."""
    return EDGE + (FOOT if facts.logos else 0)


def _column(facts: Facts, own: Words) -> Box:
    """Return the room of the answers, beside the line."""
    top = HEIGHT - BAND - 7 * mm
    height = top - _foot(facts) - CODE - 5 * mm
    page = Box(EDGE, top, INNER, height, own.rtl)
    return page.part(BESIDE_LINE, 0, INNER - BESIDE_LINE, height)


def _answers(fonts: Fonts, own: Words, german: Words, room: Box) -> Stack:
    """Return questions and answers as large as there is room; German gives way to what is cut."""
    both = _set(fonts, own, german, room, with_german=True)
    return _set(fonts, own, german, room, with_german=False) if both.cut else both


def _set(fonts: Fonts, own: Words, german: Words, room: Box, *, with_german: bool) -> Stack:
    pieces: list[Piece] = []
    for ours, in_german in zip(own.answers, german.answers, strict=True):
        alike = ours.answer == in_german.answer  # also where German stands in for a translation
        words = german if alike else own
        pieces += [
            Piece(ours.question, fonts.bold, own.rtl, 1.05, 0.75, PLUM, lang=own.lang),
            Piece(ours.answer, fonts.regular, words.rtl, 1, 0.1, lang=words.lang),
        ]
        if with_german and not alike:
            beneath = in_german.answer
            pieces.append(Piece(beneath, fonts.regular, False, 0.78, 0.1, MUTED, lang=german.lang))
    return set_stack(pieces, room.width, room.height, LARGEST, SMALLEST)


def _stops(stack: Stack, top: float) -> list[float]:
    """Return the heights of the questions' first lines."""
    heights = []
    for number, (piece, block) in enumerate(zip(stack.pieces, stack.blocks, strict=True)):
        top -= piece.gap * stack.size if number else 0.0
        if piece.colour == PLUM:
            heights.append(top - block.lines[0].height * block.size / 2)
        top -= block.height
    return heights


def _draw_name(pen: Pen, facts: Facts) -> None:
    pen.canvas.setFillColor(PLUM)
    pen.canvas.rect(0, HEIGHT - BAND, WIDTH, BAND, stroke=0, fill=1)
    room = Box(EDGE, HEIGHT - 5 * mm, INNER, BAND - 10 * mm)
    lines = [
        Piece(facts.name, pen.fonts.bold, colour=WHITE, kind="H1"),
        Piece(facts.when, pen.fonts.regular, share=0.7, colour=WHITE, lang="de"),
    ]
    stack = set_stack(lines, room.width, room.height, 15, SMALLEST)
    stack.draw(pen, room.part(0, (room.height - stack.height) / 2, INNER, stack.height))


def _draw_line(pen: Pen, column: Box, stops: list[float]) -> None:
    """Draw the line at the side where the words begin, from the band to the code."""
    canvas = pen.canvas
    middle = column.start + (BESIDE_LINE - RING) * (1 if column.rtl else -1)
    canvas.setStrokeColor(PLUM)
    canvas.setLineWidth(LINE)
    canvas.setLineCap(1)
    canvas.line(middle, HEIGHT - BAND, middle, column.bottom - 5 * mm)
    canvas.setFillColor(WHITE)
    for height in stops:
        canvas.circle(middle, height, RING * 0.7, fill=1)


def _draw_code(pen: Pen, facts: Facts, own: Words) -> None:
    """Draw what to do now beside the code, where the line ends."""
    room = Box(EDGE, _foot(facts) + CODE, INNER, CODE, own.rtl)
    code = room.part(0, 0, CODE, CODE)
    pen.code(facts.url, code, facts.printed_url)
    words = room.part(CODE + 4 * mm, 0, INNER - CODE - 4 * mm, CODE)
    pieces = [
        Piece(own.call, pen.fonts.bold, own.rtl, 1.2, colour=PLUM, lang=own.lang),
        Piece(facts.printed_url, pen.fonts.bold, gap=0.15),
        Piece(facts.phone, pen.fonts.regular, gap=0.15),
    ]
    stack = set_stack(pieces, words.width, words.height, 13, SMALLEST)
    stack.draw(pen, words.part(0, (CODE - stack.height) / 2, words.width, stack.height))
