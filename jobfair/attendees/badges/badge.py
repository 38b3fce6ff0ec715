"""One badge of 95 by 60 mm, and the grid of badges to cut out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from jobfair.attendees.badges.layout import Block, fit, one_line
from jobfair.attendees.badges.marks import draw_languages, draw_mark, mark_width
from jobfair.attendees.badges.pen import PLUM, Box, Pen
from jobfair.attendees.badges.shaping import clean
from jobfair.core.codes import group_code

WIDTH = 95 * mm
HEIGHT = 60 * mm
COLUMNS = 2

CODE_SIZE = 40 * mm
"""The QR code with its quiet zone."""
CODE_EDGE = 3 * mm
CODE_DOWN = 5 * mm

_EDGE = 5 * mm
_OVERHANG = 0.8 * mm
_TEXT_WIDTH = WIDTH - CODE_SIZE - CODE_EDGE - _EDGE - _OVERHANG
_NAMES_DOWN = 11.5 * mm
_LANGUAGES_HEIGHT = 9 * mm

_OWN_SIZE, _LATIN_SIZE, _SMALLEST_NAME = 27.0, 21.0, 9.5
_SCALES = tuple(0.92**step for step in range(12))
"""How much smaller than wished names are tried."""
_NAME_GAP = 2 * mm


@dataclass(frozen=True)
class Badge:
    """What stands on one badge: no origin, no status, the language only on wish.

    A name in own script is left out where no font has its letters.
    """

    code: str
    url: str
    latin_name: str
    own_name: str | None = None
    languages: tuple[str, ...] = ()


class BadgePrinter:
    """Draws the badges of one document; what they share is stored in it once."""

    def __init__(self, pen: Pen, fair: str, rtl: bool) -> None:
        self._pen = pen
        self._shared = "badge-rtl" if rtl else "badge"
        pen.canvas.beginForm(self._shared, 0, 0, WIDTH, HEIGHT)
        head = Box(0, HEIGHT, WIDTH, HEIGHT, rtl).part(_EDGE, 5 * mm, _TEXT_WIDTH, 4.2 * mm)
        draw_mark(pen.canvas, head)
        indent = mark_width(head.height) + 2.2 * mm
        name = one_line(fair, pen.fonts.bold, 8.5, _TEXT_WIDTH - indent)
        after = head.part(indent, 0, _TEXT_WIDTH - indent, head.height)
        pen.lines(name, after.start, head.top - 0.6 * mm, head.align, PLUM)
        pen.canvas.endForm()

    def draw(self, badge: Badge, cell: Box) -> None:
        """Draw a badge into its cell; the names keep to their half."""
        canvas = self._pen.canvas
        canvas.saveState()
        canvas.translate(cell.left, cell.bottom)
        canvas.doForm(self._shared)
        canvas.restoreState()
        self._draw_names(badge, cell)
        code = cell.part(WIDTH - CODE_SIZE - CODE_EDGE, CODE_DOWN, CODE_SIZE, CODE_SIZE)
        spoken = group_code(badge.code)
        self._pen.code(badge.url, code, f"QR {spoken}")
        digits = one_line(spoken, self._pen.fonts.bold, 10.5, CODE_SIZE)
        self._pen.block(digits, code.left + CODE_SIZE / 2, code.bottom - 0.5 * mm, "centre")
        if badge.languages:
            self._draw_languages(badge.languages, cell)

    def _draw_names(self, badge: Badge, cell: Box) -> None:
        foot = _LANGUAGES_HEIGHT + _EDGE if badge.languages else _EDGE / 2
        room = cell.part(_EDGE, _NAMES_DOWN, _TEXT_WIDTH, HEIGHT - _NAMES_DOWN - foot)
        canvas = self._pen.canvas
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(room.left - _OVERHANG, room.bottom, room.width + 2 * _OVERHANG, room.height)
        canvas.clipPath(clip, stroke=0, fill=0)
        blocks = self._fit_names(badge, room)
        spare = room.height - sum(block.height for block in blocks)
        gap = min(_NAME_GAP, max(spare, 0))
        top = room.top
        for block in blocks:
            top = self._pen.block(block, room.start, top, room.align) - gap
        canvas.restoreState()

    def _names(self, badge: Badge) -> list[tuple[str, float]]:
        """Return the names to draw, each with the size that it has where there is room."""
        own, latin = clean(badge.own_name or ""), (badge.latin_name, _LATIN_SIZE)
        if own and self._pen.fonts.bold.covers(own):
            return [(own, _OWN_SIZE), latin]
        return [latin]

    def _fit_names(self, badge: Badge, room: Box) -> list[Block]:
        """Set the names as large as their room allows."""
        bold, names = self._pen.fonts.bold, self._names(badge)
        blocks: list[Block] = []
        for scale in _SCALES:
            blocks = [
                fit(name, bold, max(size * scale, _SMALLEST_NAME), room.width, _SMALLEST_NAME)
                for name, size in names
            ]
            if sum(block.height for block in blocks) <= room.height:
                break
        return blocks

    def _draw_languages(self, languages: Sequence[str], cell: Box) -> None:
        room = cell.part(_EDGE, HEIGHT - _EDGE - _LANGUAGES_HEIGHT, _TEXT_WIDTH, _LANGUAGES_HEIGHT)
        icon = room.part(0, 1.5 * mm, 6 * mm, 6 * mm)
        draw_languages(self._pen.canvas, icon)
        text = room.part(8.5 * mm, 0, _TEXT_WIDTH - 8.5 * mm, _LANGUAGES_HEIGHT)
        top = room.top if len(languages) > 1 else room.top - 2.2 * mm
        for language in languages[:2]:
            block = one_line(language, self._pen.fonts.regular, 9, text.width)
            top = self._pen.block(block, text.start, top, text.align)


def grid_cells(left: float, top: float, rows: int, rtl: bool) -> list[Box]:
    """Return the cells of a grid, two in a row, in reading order."""
    grid = Box(left, top, COLUMNS * WIDTH, rows * HEIGHT, rtl)
    return [
        grid.part(column * WIDTH, row * HEIGHT, WIDTH, HEIGHT)
        for row in range(rows)
        for column in range(COLUMNS)
    ]


def draw_cut_lines(pen: Pen, cells: Sequence[Box]) -> None:
    """Draw the lines to cut along, round and between the cells of a grid."""
    lines: dict[tuple[float, float, float, float], None] = {}
    for cell in cells:
        right = cell.left + cell.width
        if cell.top == cells[0].top:
            lines[cell.left, cell.top, right, cell.top] = None
        lines[cell.left, cell.bottom, right, cell.bottom] = None
        lines[cell.left, cell.top, cell.left, cell.bottom] = None
        lines[right, cell.top, right, cell.bottom] = None
    pen.dashed(*lines)
