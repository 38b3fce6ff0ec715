"""The front of poster and flyer: the fair, the line through the languages, the code at its end.

Drawn for A3; a flyer's front is the same at half the size.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A3
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from jobfair.attendees.badges.layout import one_line
from jobfair.attendees.badges.marks import draw_phone
from jobfair.attendees.badges.pen import INK, PLUM, WHITE, Box, Pen
from jobfair.publicity.paper.pictograms import draw_pictogram
from jobfair.publicity.paper.questions import Columns, set_questions
from jobfair.publicity.paper.setting import Piece, set_stack
from jobfair.publicity.paper.words import Facts, Words

KORN = HexColor("#ffc83d")
FLIEDER = HexColor("#f7eef4")
FAINT = HexColor("#c4a8bb")
HAIR = HexColor("#d9d2d8")

WIDTH, HEIGHT = A3
EDGE = 20 * mm
INNER = WIDTH - 2 * EDGE
BAND = 98 * mm
STRIP = 36 * mm
LINE_X = 132 * mm
LINE = 3.4 * mm
BEND = 14 * mm
RING = 4.2 * mm
BESIDE_LINE = 13 * mm
DOOR = 98 * mm
DOOR_SHARE = 0.62
"""How much of the languages' height the door takes at most."""
DOOR_EDGE = 6 * mm
FOOT = 26 * mm
LOGO_GAP = 12 * mm
LANGUAGES_TOP = HEIGHT - BAND - STRIP - 12 * mm
LANGUAGES = 120 * mm
"""What the answers leave them at least."""
WAY = (
    ("stop", 26 * mm, 26 * mm, 0.8 * mm),
    ("family", 55 * mm, 25 * mm, 1.5 * mm),
    ("bus", 88 * mm, 34 * mm, 5 * mm),
)
"""Pictograms with their places and sizes, and how far their lowest ink lies above their foot."""
ADDRESS_HEIGHT = 20 * mm
RULE = 6 * mm
"""The space between the hairline over the answers and their first line."""
LARGEST, SMALLEST = 44.0, 6.0
BRIEF = 0.3
"""The share of a language of which only the call is said."""


def draw_front(
    pen: Pen, facts: Facts, languages: Sequence[Words], german: Words, *, with_answers: bool = False
) -> None:
    """Draw the front in these languages onto a page of A3."""
    _draw_band(pen, facts, german)
    _draw_strip(pen)
    bottom = FOOT + 4 * mm if facts.logos else EDGE / 2
    answers = _answers(pen, languages, bottom) if with_answers else None
    foot = bottom + (answers.height + RULE if answers else 0) + ADDRESS_HEIGHT
    _draw_address(pen, facts, Box(EDGE, foot, INNER, ADDRESS_HEIGHT))
    size = min(DOOR, DOOR_SHARE * (LANGUAGES_TOP - foot))
    door = Box(EDGE, foot + size, size, size)
    stops = _draw_languages(pen, languages, foot, door)
    _draw_line(pen, stops, door)
    _draw_door(pen, facts, door)
    if answers:
        _draw_answers(pen, answers, Box(EDGE, bottom + answers.height, INNER, answers.height))
    if facts.logos:
        draw_logos(pen, facts.logos, Box(EDGE, FOOT, INNER, FOOT - 8 * mm))


def _answers(pen: Pen, languages: Sequence[Words], bottom: float) -> Columns:
    """Set the answers in the room that languages and address leave them above that height."""
    most = LANGUAGES_TOP - LANGUAGES - ADDRESS_HEIGHT - RULE - bottom
    return set_questions(pen.fonts, languages, INNER, most)


def _draw_answers(pen: Pen, answers: Columns, room: Box) -> None:
    _draw_hairline(pen, room.part(0, -RULE, room.width, RULE))
    answers.draw(pen, room)


def _draw_hairline(pen: Pen, room: Box) -> None:
    """Draw a hairline along the top of the room."""
    pen.canvas.setStrokeColor(HAIR)
    pen.canvas.setLineWidth(0.5 * mm)
    pen.canvas.line(room.left, room.top, room.left + room.width, room.top)


def _draw_band(pen: Pen, facts: Facts, german: Words) -> None:
    """Draw what kind of fair it is, its name, day and place on plum."""
    bold, regular = pen.fonts.bold, pen.fonts.regular
    pen.canvas.setFillColor(PLUM)
    pen.canvas.rect(0, HEIGHT - BAND, WIDTH, BAND, stroke=0, fill=1)
    head = Box(EDGE, HEIGHT - 15 * mm, INNER, 11 * mm)
    draw_pictogram(pen.canvas, "mark", head.left, head.bottom, head.height, WHITE)
    beside = head.part(2 * head.height, 0, head.width - 2 * head.height, head.height)
    kind = one_line(german.kind, bold, 26, beside.width)
    pen.block(kind, beside.left, beside.bottom + (beside.height + kind.height) / 2, colour=WHITE)
    pieces = [
        Piece(facts.when, bold, colour=WHITE),
        Piece(facts.place, bold, colour=WHITE, gap=0.1),
        Piece(facts.address, regular, share=0.75, colour=WHITE),
    ]
    about = set_stack(pieces, INNER, 36 * mm, 36, SMALLEST)
    about.draw(pen, Box(EDGE, HEIGHT - BAND + 7 * mm + about.height, INNER, about.height))
    name = Box(EDGE, HEIGHT - 29 * mm, INNER, BAND - 39 * mm - about.height)
    title = set_stack(
        [Piece(facts.name, bold, colour=WHITE, kind="H1")], INNER, name.height, 104, SMALLEST
    )
    title.draw(pen, name.part(0, (name.height - title.height) / 2, INNER, title.height))


def _draw_strip(pen: Pen) -> None:
    """Draw the way to the fair, as on the fair's page."""
    canvas = pen.canvas
    canvas.setFillColor(FLIEDER)
    canvas.rect(0, HEIGHT - BAND - STRIP, WIDTH, STRIP, stroke=0, fill=1)
    foot = HEIGHT - BAND - STRIP + LINE / 2 + 1.5 * mm
    for name, left, size, lowered in WAY:
        draw_pictogram(canvas, name, left, foot - lowered, size, PLUM)
    for number in range(4):
        draw_pictogram(canvas, "stand", (158 + 30 * number) * mm, foot - 1.5 * mm, 24 * mm, FAINT)


def _draw_languages(pen: Pen, languages: Sequence[Words], floor: float, door: Box) -> list[float]:
    """Draw what is said in each language from the line outwards; return the heights of stops."""
    right = [words for words in languages if not words.rtl]
    left = [words for words in languages if words.rtl]
    beside = LINE_X + BESIDE_LINE
    rooms = [
        *_rows(Box(beside, LANGUAGES_TOP, WIDTH - EDGE - beside, LANGUAGES_TOP - floor), right),
        *_rows(
            Box(EDGE, LANGUAGES_TOP, LINE_X - BESIDE_LINE - EDGE, LANGUAGES_TOP - door.top), left
        ),
    ]
    said = [_said(pen, words) for words, _ in rooms]
    size = min(
        set_stack(pieces, room.width, room.height, LARGEST, SMALLEST).size
        for pieces, (_, room) in zip(said, rooms, strict=True)
    )
    stops = []
    for pieces, (_, room) in zip(said, rooms, strict=True):
        stack = set_stack(pieces, room.width, room.height, size, SMALLEST)
        stack.draw(pen, room)
        stops.append(room.top - stack.first_line / 2)
    return stops


def _rows(column: Box, languages: Sequence[Words]) -> list[tuple[Words, Box]]:
    """Share a column between languages, with a gap below each."""
    shares = [1 if words.kind else BRIEF for words in languages]
    rows, down = [], 0.0
    for words, share in zip(languages, shares, strict=True):
        pitch = column.height * share / sum(shares)
        gap = min(9 * mm, pitch / 6)
        rows.append((words, column.part(0, down, column.width, pitch - gap)))
        down += pitch
    return rows


def _said(pen: Pen, words: Words) -> list[Piece]:
    bold, regular = pen.fonts.bold, pen.fonts.regular
    rtl, lang = words.rtl, words.lang
    return [
        Piece(words.call, bold, rtl, colour=PLUM, lang=lang),
        Piece(words.kind, bold, rtl, 0.62, lang=lang),
        Piece(words.when, regular, rtl, 0.62, 0.12, lang=lang),
        Piece(" ".join(words.claims), regular, rtl, 0.62, 0.12, lang=lang),
    ]


def _draw_line(pen: Pen, stops: Sequence[float], door: Box) -> None:
    """Draw the line: in from the side, down along the stops, to the door."""
    canvas = pen.canvas
    top = HEIGHT - BAND - STRIP
    end = min(min(stops) - BEND - RING, door.top - door.height / 2)
    end = max(end, door.bottom + BEND)
    canvas.setStrokeColor(PLUM)
    canvas.setLineWidth(LINE)
    path = canvas.beginPath()
    path.moveTo(0, top)
    path.lineTo(LINE_X - BEND, top)
    path.arcTo(LINE_X - 2 * BEND, top - 2 * BEND, LINE_X, top, 90, -90)
    path.lineTo(LINE_X, end + BEND)
    path.arcTo(LINE_X - 2 * BEND, end, LINE_X, end + 2 * BEND, 0, -90)
    path.lineTo(door.left + door.width - mm, end)
    canvas.drawPath(path)
    canvas.setLineCap(1)  # a ring is drawn round, and closed without a notch
    canvas.setFillColor(WHITE)
    for height in stops:
        canvas.circle(LINE_X, height, RING, fill=1)


def _draw_door(pen: Pen, facts: Facts, door: Box) -> None:
    """Draw the one yellow thing: the frame in which the code is."""
    canvas = pen.canvas
    canvas.setFillColor(KORN)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1.6 * mm)
    canvas.roundRect(door.left, door.bottom, door.width, door.height, 4 * mm, fill=1)
    inner = door.width - 2 * DOOR_EDGE
    white = door.part(DOOR_EDGE, DOOR_EDGE, inner, inner)
    canvas.setFillColor(WHITE)
    canvas.rect(white.left, white.bottom, inner, inner, stroke=0, fill=1)
    pen.code(facts.url, white, facts.printed_url)


def _draw_address(pen: Pen, facts: Facts, room: Box) -> None:
    """Draw what can be typed instead, and at the end of the line whom one can call."""
    middle = room.top - room.height / 2
    called = 0.0
    if facts.phone:
        number = one_line(facts.phone, pen.fonts.regular, 22, room.width / 3)
        left = room.left + room.width - number.width
        draw_phone(pen.canvas, Box(left - 9 * mm, middle + 3.5 * mm, 7 * mm, 7 * mm))
        pen.block(number, left, middle + number.height / 2)
        called = number.width + 15 * mm
    words = Piece(facts.printed_url, pen.fonts.bold)
    typed = set_stack([words], room.width - called, room.height - 4 * mm, 32, SMALLEST)
    typed.draw(pen, Box(room.left, middle + typed.height / 2, room.width, typed.height))


def draw_logos(pen: Pen, logos: Sequence[tuple[str, bytes]], room: Box) -> None:
    """Draw the sponsors' logos in a row, each whole and as large as its share of the room."""
    _draw_hairline(pen, room)
    images = [ImageReader(BytesIO(data)) for _, data in logos]
    share = (room.width + LOGO_GAP) / len(images) - LOGO_GAP
    height = room.height - 5 * mm
    left = room.left
    for (name, _), image in zip(logos, images, strict=True):
        wide, high = image.getSize()
        scale = min(share / wide, height / high)
        bottom = room.bottom + (height - high * scale) / 2
        with pen.figure(name):
            pen.canvas.drawImage(image, left, bottom, wide * scale, high * scale, mask="auto")
        left += wide * scale + LOGO_GAP
