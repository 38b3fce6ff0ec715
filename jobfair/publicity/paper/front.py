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
from jobfair.publicity.paper.setting import Piece, set_stack
from jobfair.publicity.paper.words import Facts, Words

KORN = HexColor("#ffc83d")
FLIEDER = HexColor("#f7eef4")
FAINT = HexColor("#c4a8bb")
HAIR = HexColor("#d9d2d8")

WIDTH, HEIGHT = A3
EDGE = 20 * mm
INNER = WIDTH - 2 * EDGE
BAND = 114 * mm
STRIP = 40 * mm
LINE_X = 132 * mm
LINE = 3.4 * mm
BEND = 14 * mm
RING = 4.2 * mm
BESIDE_LINE = 13 * mm
DOOR = 98 * mm
DOOR_EDGE = 6 * mm
FOOT = 34 * mm
LOGO_GAP = 12 * mm
LANGUAGES_TOP = HEIGHT - BAND - STRIP - 14 * mm
WAY = (
    ("stop", 26 * mm, 26 * mm, 0.8 * mm),
    ("family", 55 * mm, 25 * mm, 1.5 * mm),
    ("bus", 88 * mm, 34 * mm, 5 * mm),
)
"""Pictograms with their places and sizes, and how far their lowest ink lies above their foot."""
ADDRESS_HEIGHT = 27 * mm
LARGEST, SMALLEST = 44.0, 6.0


def draw_front(pen: Pen, facts: Facts, languages: Sequence[Words], german: Words) -> None:
    """Draw the front in these languages onto a page of A3."""
    _draw_band(pen, facts, german)
    _draw_strip(pen)
    bottom = EDGE / 2 + (FOOT if facts.logos else 0)
    _draw_address(pen, facts, Box(EDGE, bottom + ADDRESS_HEIGHT, INNER, ADDRESS_HEIGHT))
    floor = bottom + ADDRESS_HEIGHT + 2 * mm
    door = Box(EDGE, floor + DOOR, DOOR, DOOR)
    stops = _draw_languages(pen, languages, floor, door)
    _draw_line(pen, stops, door)
    _draw_door(pen, facts, door)
    if facts.logos:
        draw_logos(pen, facts.logos, Box(EDGE, FOOT, INNER, FOOT - 8 * mm))


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
    pitch = column.height / max(len(languages), 1)
    gap = min(9 * mm, pitch / 6)
    return [
        (words, column.part(0, number * pitch, column.width, pitch - gap))
        for number, words in enumerate(languages)
    ]


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
    """Draw what can be typed instead, and whom one can call."""
    words = room.part(0, 4 * mm, room.width, 13 * mm)
    typed = set_stack([Piece(facts.printed_url, pen.fonts.bold)], words.width, words.height, 32, 6)
    typed.draw(pen, words)
    if facts.phone:
        sign = room.part(0, 4 * mm + typed.height + 1.5 * mm, 7 * mm, 7 * mm)
        draw_phone(pen.canvas, sign)
        number = one_line(facts.phone, pen.fonts.regular, 22, room.width - 9 * mm)
        top = sign.bottom + (sign.height + number.height) / 2
        pen.block(number, sign.left + 9 * mm, top)


def draw_logos(pen: Pen, logos: Sequence[tuple[str, bytes]], room: Box) -> None:
    """Draw the sponsors' logos in a row, each whole and as large as its share of the room."""
    canvas = pen.canvas
    canvas.setStrokeColor(HAIR)
    canvas.setLineWidth(0.5 * mm)
    canvas.line(room.left, room.top, room.left + room.width, room.top)
    images = [ImageReader(BytesIO(data)) for _, data in logos]
    share = (room.width + LOGO_GAP) / len(images) - LOGO_GAP
    height = room.height - 5 * mm
    left = room.left
    for (name, _), image in zip(logos, images, strict=True):
        wide, high = image.getSize()
        scale = min(share / wide, height / high)
        bottom = room.bottom + (height - high * scale) / 2
        with pen.figure(name):
            canvas.drawImage(image, left, bottom, wide * scale, high * scale, mask="auto")
        left += wide * scale + LOGO_GAP
