"""What a sheet says besides badges and ticket: header, help, three sentences, footer."""

from __future__ import annotations

from reportlab.lib.units import mm

from jobfair.attendees.badges.layout import fit, one_line, wrap
from jobfair.attendees.badges.marks import draw_mark, draw_phone, mark_width
from jobfair.attendees.badges.pen import INK, MUTED, PLUM, WHITE, Box, Pen
from jobfair.attendees.badges.texts import SheetTexts, draw_pair

_EDGE = 5 * mm
_PHONE = 20 * mm
_DISC = 9 * mm
_BESIDE_DISC = _DISC + 4 * mm
_ADDRESS_WIDTH = 56 * mm
_OWN_CODE = 27 * mm


def draw_header(pen: Pen, room: Box, fair: str, own: SheetTexts, german: SheetTexts) -> None:
    """Draw the fair's mark and name, what this sheet is and when the fair is, over a rule."""
    mark = room.part(0, 4.5 * mm, room.width * 0.42, 7 * mm)
    draw_mark(pen.canvas, mark)
    indent = mark_width(mark.height) + 3.5 * mm
    name = fit(fair, pen.fonts.bold, 15, mark.width - indent, smallest=9)
    beside = mark.part(indent, 0, mark.width - indent, mark.height)
    top = mark.top - mark.height / 2 + name.height / 2
    pen.block(name, beside.start, top, room.align, PLUM)

    width = room.width * 0.55
    title = one_line(own.title, pen.fonts.bold, 17, width)
    when = one_line(own.when, pen.fonts.regular, 10.5, width)
    both = "" if german == own else f"{german.title} · {german.when}"
    in_german = one_line(both, pen.fonts.regular, 9, width)
    top = mark.top - mark.height / 2 + (title.height + when.height + in_german.height) / 2
    top = pen.block(title, room.end, top, room.end_align, kind="H1")
    top = pen.block(when, room.end, top, room.end_align)
    pen.block(in_german, room.end, top, room.end_align, lang="de")
    pen.canvas.setFillColor(PLUM)
    pen.canvas.rect(room.left, room.bottom + 4 * mm, room.width, 0.9 * mm, stroke=0, fill=1)


def draw_help(pen: Pen, cell: Box, phone: str, own: SheetTexts, german: SheetTexts) -> None:
    """Draw the cell that says where to cut and whom to call."""
    width = cell.width - 3 * _EDGE - _PHONE
    part = 19 * mm
    words = cell.part(_EDGE, _EDGE, width, part)
    bottom = draw_pair(pen, own.cut, german.cut, words, 14, 10.5)
    words = cell.part(_EDGE, cell.top - bottom + 4 * mm, width, part)
    bottom = draw_pair(pen, own.help, german.help, words, 14, 10.5)
    number = one_line(phone, pen.fonts.bold, 17, width)
    pen.block(number, words.start, bottom - 1 * mm, cell.align)
    icon = cell.part(cell.width - _EDGE - _PHONE, (cell.height - _PHONE) / 2, _PHONE, _PHONE)
    draw_phone(pen.canvas, icon)


def draw_advice(pen: Pen, room: Box, address: str, own: SheetTexts, german: SheetTexts) -> None:
    """Draw the three sentences as stops of a line, and the fair's address beside them."""
    pitch = min(room.height / len(own.advice), 44 * mm)
    size = 20 if pitch > 35 * mm else 17 if pitch > 26 * mm else 14
    middle = room.part(0, 0, _DISC, _DISC).left + _DISC / 2
    tops = [room.top - 2 * mm - i * pitch for i in range(len(own.advice))]
    pen.canvas.setStrokeColor(INK)
    pen.canvas.setLineWidth(1.1 * mm)
    pen.canvas.line(middle, tops[0] - _DISC, middle, tops[-1])
    width = room.width - _ADDRESS_WIDTH - _EDGE - _BESIDE_DISC
    for number, (top, words, german_words) in enumerate(
        zip(tops, own.advice, german.advice, strict=True), start=1
    ):
        pen.canvas.setFillColor(INK)
        pen.canvas.circle(middle, top - _DISC / 2, _DISC / 2, stroke=0, fill=1)
        digit = one_line(str(number), pen.fonts.bold, 14, _DISC)
        pen.block(digit, middle, top - _DISC / 2 + digit.height / 2, "centre", WHITE)
        text = room.part(_BESIDE_DISC, room.top - top + 1 * mm, width, pitch - 3 * mm)
        draw_pair(pen, words, german_words, text, size, size * 0.72)
    _draw_address(pen, room, address)


def _draw_address(pen: Pen, room: Box, address: str) -> None:
    """Draw the address beside the square that means the door of the fair."""
    part = room.part(room.width - _ADDRESS_WIDTH, 2 * mm, _ADDRESS_WIDTH, room.height)
    sign = part.part(0, 0.6 * mm, 7 * mm, 7 * mm)
    pen.canvas.setStrokeColor(INK)
    pen.canvas.setLineWidth(1.3 * mm)
    pen.canvas.rect(sign.left, sign.bottom, sign.width, sign.height)
    text = part.part(11 * mm, 1 * mm, part.width - 11 * mm, part.height)
    place, _, street = address.partition(", ")
    top = pen.block(wrap(place, pen.fonts.bold, 13, text.width), text.start, text.top, text.align)
    for line in street.split(", "):
        block = wrap(line, pen.fonts.regular, 11, text.width)
        top = pen.block(block, text.start, top, text.align)


def draw_own_page(pen: Pen, room: Box, url: str, own: SheetTexts, german: SheetTexts) -> None:
    """Draw the code of the household's own page at the foot of the address, and what it is for."""
    beside = room.width - _ADDRESS_WIDTH
    part = room.part(beside, room.height - _OWN_CODE, _ADDRESS_WIDTH, _OWN_CODE)
    pen.code(url, part.part(0, 0, _OWN_CODE, _OWN_CODE), own.own_page)
    inset = _OWN_CODE / 8
    width = part.width - _OWN_CODE - 1 * mm
    words = part.part(_OWN_CODE + 1 * mm, inset, width, part.height - 2 * inset)
    draw_pair(pen, own.own_page, german.own_page, words, 10.5, 8.5)


def draw_footer(pen: Pen, room: Box, own: SheetTexts, german: SheetTexts) -> None:
    """Draw what to do when one can't come, in both languages."""
    pen.canvas.setFillColor(INK)
    pen.canvas.rect(room.left, room.top, room.width, 0.4 * mm, stroke=0, fill=1)
    top = room.top - 2 * mm
    half = room.width / 2 - 2 * mm
    words = one_line(own.cannot_come, pen.fonts.regular, 9, half)
    pen.block(words, room.start, top, room.align)
    if german.cannot_come != own.cannot_come:
        words = one_line(german.cannot_come, pen.fonts.regular, 9, half)
        pen.block(words, room.end, top, room.end_align, MUTED, lang="de")
