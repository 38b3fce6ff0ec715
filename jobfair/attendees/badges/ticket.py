"""The bus ticket: both ways as a line from stop to door and back."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.units import mm

from jobfair.attendees.badges.layout import fit, one_line
from jobfair.attendees.badges.pen import INK, MUTED, WHITE, Box, Pen
from jobfair.attendees.badges.texts import SheetTexts, draw_pair

TICKET_HEIGHT = 39 * mm

_EDGE = 5 * mm
_PLATE = 8 * mm
_BESIDE_PLATE = _PLATE + 3 * mm
_SIGN = 6 * mm
_STROKE = 1.1 * mm
_CALLS_DOWN = 14.5 * mm
_CALL_HEIGHT = 11 * mm
_TIME_WIDTH = 19 * mm


@dataclass(frozen=True)
class Call:
    """A time, the place as its sign has it, and where to stand there."""

    time: str
    place: str
    note: str = ""


@dataclass(frozen=True)
class Ride:
    """A bus line, where one boards it and where one leaves it."""

    line: str
    board: Call
    alight: Call


def draw_ticket(
    pen: Pen,
    room: Box,
    outbound: Ride | None,
    back: Ride | None,
    own: SheetTexts,
    german: SheetTexts,
) -> None:
    """Draw the ticket; where there is no seat it says so."""
    canvas = pen.canvas
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.8 * mm)
    canvas.roundRect(room.left, room.bottom, room.width, room.height, 2 * mm)
    if not outbound and not back:
        inner = room.part(_EDGE, _EDGE, room.width - 2 * _EDGE, room.height - 1.5 * _EDGE)
        _draw_no_ride(pen, inner, own, german, 18)
        return
    half = room.width / 2
    canvas.line(room.left + half, room.bottom, room.left + half, room.top)
    ways = (
        (outbound, own.outbound, german.outbound, False),
        (back, own.back, german.back, True),
    )
    for column, (ride, title, german_title, from_door) in enumerate(ways):
        inner = room.part(column * half + _EDGE, 0, half - 2 * _EDGE, room.height)
        if ride:
            _draw_plate(pen, inner, ride.line)
            _draw_title(pen, inner, _BESIDE_PLATE, title, german_title)
            _draw_calls(pen, inner, ride, from_door)
        else:
            _draw_title(pen, inner, 0, title, german_title)
            below = inner.part(0, _CALLS_DOWN, inner.width, inner.height - _CALLS_DOWN - 2 * mm)
            _draw_no_ride(pen, below, own, german, 12)


def _draw_no_ride(pen: Pen, room: Box, own: SheetTexts, german: SheetTexts, size: float) -> None:
    half = room.height / 2
    state = room.part(0, 0, room.width, half)
    bottom = draw_pair(pen, own.no_ride, german.no_ride, state, size, size * 0.72)
    note = room.part(0, room.top - bottom + 1 * mm, room.width, half - 1 * mm)
    small = max(size * 0.66, 9.5)
    draw_pair(pen, own.no_ride_note, german.no_ride_note, note, small, small * 0.9, bold=False)


def _draw_plate(pen: Pen, room: Box, line: str) -> None:
    """Draw the line's number in its plate, the same as on the bus."""
    plate = room.part(0, 4 * mm, _PLATE, _PLATE)
    pen.canvas.setFillColor(INK)
    pen.canvas.roundRect(plate.left, plate.bottom, _PLATE, _PLATE, 1 * mm, stroke=0, fill=1)
    number = one_line(line, pen.fonts.bold, 14, _PLATE - 1 * mm)
    top = plate.bottom + (_PLATE + number.height) / 2
    pen.block(number, plate.left + _PLATE / 2, top, "centre", WHITE)


def _draw_title(pen: Pen, room: Box, indent: float, title: str, german: str) -> None:
    own = one_line(title, pen.fonts.bold, 14, (room.width - indent) * 0.6)
    baseline = room.top - 10 * mm
    words = room.part(indent, 0, room.width - indent, room.height)
    pen.block(own, words.start, baseline + own.lines[0].ascent * own.size, room.align)
    if german != title:
        gap = own.width + 2 * mm
        beside = one_line(german, pen.fonts.regular, 10, words.width - gap)
        start = words.part(gap, 0, words.width - gap, words.height).start
        top = baseline + beside.lines[0].ascent * beside.size
        pen.block(beside, start, top, room.align, MUTED, lang="de")


def _draw_calls(pen: Pen, room: Box, ride: Ride, from_door: bool) -> None:
    """Draw the two ends of the ride: a ring is a stop, a square the door of the fair."""
    rows = [
        room.part(0, _CALLS_DOWN + i * _CALL_HEIGHT, room.width, _CALL_HEIGHT) for i in range(2)
    ]
    canvas = pen.canvas
    middle = rows[0].part((_PLATE - _SIGN) / 2, 0, _SIGN, _SIGN).left + _SIGN / 2
    centres = [row.top - _CALL_HEIGHT / 2 for row in rows]
    canvas.saveState()
    canvas.setStrokeColor(INK)
    canvas.setFillColor(WHITE)
    canvas.setLineWidth(_STROKE)
    canvas.line(middle, centres[0], middle, centres[1])
    for centre, is_door in zip(centres, (from_door, not from_door), strict=True):
        _draw_sign(pen, middle, centre, is_door)
    canvas.restoreState()
    for row, centre, call in zip(rows, centres, (ride.board, ride.alight), strict=True):
        _draw_call(pen, row, centre, call)


def _draw_sign(pen: Pen, middle: float, centre: float, is_door: bool) -> None:
    side = _SIGN - _STROKE
    if is_door:
        pen.canvas.rect(middle - side / 2, centre - side / 2, side, side, fill=1)
    else:
        pen.canvas.circle(middle, centre, side / 2, fill=1)


def _draw_call(pen: Pen, row: Box, centre: float, call: Call) -> None:
    time = one_line(call.time, pen.fonts.bold, 18, _TIME_WIDTH)
    indent = _BESIDE_PLATE
    start = row.part(indent, 0, row.width - indent, row.height).start
    pen.block(time, start, centre + time.height / 2, row.align)
    indent += _TIME_WIDTH
    place = fit(call.place, pen.fonts.bold, 12, row.width - indent, smallest=8)
    start = row.part(indent, 0, row.width - indent, row.height).start
    if not call.note:
        pen.block(place, start, centre + place.height / 2, row.align)
        return
    note = one_line(call.note, pen.fonts.regular, 9, row.width - indent)
    top = centre + (place.height + note.height) / 2
    pen.block(place, start, top, row.align)
    pen.block(note, start, top - place.height, row.align)
