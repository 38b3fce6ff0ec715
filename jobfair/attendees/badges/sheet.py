"""Sheets of paper: a household's badges, ticket and advice on one page, or badges alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from jobfair.attendees.badges.advice import (
    draw_advice,
    draw_footer,
    draw_header,
    draw_help,
    draw_own_page,
)
from jobfair.attendees.badges.badge import (
    COLUMNS,
    HEIGHT,
    WIDTH,
    Badge,
    BadgePrinter,
    draw_cut_lines,
    grid_cells,
)
from jobfair.attendees.badges.fonts import FONTS_DIR, load_fonts
from jobfair.attendees.badges.pen import Box, Pen
from jobfair.attendees.badges.texts import SheetTexts
from jobfair.attendees.badges.ticket import TICKET_HEIGHT, Ride, draw_ticket

ON_LAST_PAGE = 3
ON_BADGE_PAGE = 8

_PAGE_WIDTH, _PAGE_HEIGHT = A4
_LEFT = (_PAGE_WIDTH - COLUMNS * WIDTH) / 2
_INNER_WIDTH = COLUMNS * WIDTH
_TOP = _PAGE_HEIGHT - 9 * mm
_HEADER_HEIGHT = 24 * mm
_FOOTER_HEIGHT = 8 * mm
_BOTTOM = 8 * mm
_GAP = 4 * mm


@dataclass(frozen=True)
class SheetData:
    """All that stands on a household's sheet, translated and formatted.

    `own_url` opens the household's own page; whoever holds the sheet can change and cancel there.
    """

    fair: str
    address: str
    phone: str
    lang: str
    rtl: bool
    badges: tuple[Badge, ...]
    outbound: Ride | None
    back: Ride | None
    own: SheetTexts
    german: SheetTexts
    own_url: str = ""


def household_sheet(data: SheetData, fonts_dir: Path = FONTS_DIR) -> bytes:
    """Return the sheet: one page for up to three people, after pages of badges for more."""
    title = f"{data.own.title} – {data.fair}"
    pen = Pen(load_fonts(fonts_dir), title, data.lang, tagged=True)
    _draw_household(pen, BadgePrinter(pen, data.fair, data.rtl), data)
    return pen.finish()


def household_sheets(
    sheets: Iterable[SheetData],
    fair: str,
    title: str,
    lang: str = "de",
    fonts_dir: Path = FONTS_DIR,
) -> bytes:
    """Return the sheets of many households of a fair one after another, to be printed at once."""
    pen = Pen(load_fonts(fonts_dir), title, lang, tagged=False)
    printers = {rtl: BadgePrinter(pen, fair, rtl) for rtl in (False, True)}
    for data in sheets:
        _draw_household(pen, printers[data.rtl], data)
    return pen.finish()


def badge_sheets(
    badges: Sequence[Badge],
    fair: str,
    title: str,
    lang: str = "de",
    fonts_dir: Path = FONTS_DIR,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """Return the badges of many people, eight to a page; progress hears how many are drawn."""
    pen = Pen(load_fonts(fonts_dir), title, lang, tagged=False)
    printer = BadgePrinter(pen, fair, rtl=False)
    rows = ON_BADGE_PAGE // COLUMNS
    top = (_PAGE_HEIGHT + rows * HEIGHT) / 2
    for first in range(0, len(badges), ON_BADGE_PAGE):
        on_page = badges[first : first + ON_BADGE_PAGE]
        with pen.page():
            _draw_badges(printer, pen, on_page, top, rtl=False)
        if progress:
            progress(first + len(on_page))
    return pen.finish()


def _draw_household(pen: Pen, printer: BadgePrinter, data: SheetData) -> None:
    before = max(len(data.badges) - ON_LAST_PAGE, 0)
    for first in range(0, before, ON_BADGE_PAGE):
        page = data.badges[first : min(first + ON_BADGE_PAGE, before)]
        with pen.page():
            _draw_header(pen, data)
            _draw_badges(printer, pen, page, _TOP - _HEADER_HEIGHT, data.rtl)
    with pen.page():
        _draw_last_page(pen, printer, data, data.badges[before:])


def _draw_header(pen: Pen, data: SheetData) -> None:
    room = Box(_LEFT, _TOP, _INNER_WIDTH, _HEADER_HEIGHT, data.rtl)
    draw_header(pen, room, data.fair, data.own, data.german)


def _draw_badges(
    printer: BadgePrinter, pen: Pen, badges: Sequence[Badge], top: float, rtl: bool
) -> None:
    rows = -(-len(badges) // COLUMNS)
    cells = grid_cells(_LEFT, top, rows, rtl)[: len(badges)]
    draw_cut_lines(pen, cells)
    for badge, cell in zip(badges, cells, strict=True):
        printer.draw(badge, cell)


def _draw_last_page(
    pen: Pen, printer: BadgePrinter, data: SheetData, badges: Sequence[Badge]
) -> None:
    alike = replace(data, badges=(), outbound=None, back=None, own_url="")
    pen.stamp(("header", alike), lambda: _draw_header(pen, data))
    page = Box(_LEFT, _TOP, _INNER_WIDTH, _TOP - _BOTTOM, data.rtl)
    cells = grid_cells(_LEFT, _TOP - _HEADER_HEIGHT, len(badges) // COLUMNS + 1, data.rtl)
    columns_left = COLUMNS - len(badges) % COLUMNS
    rest = cells[len(badges)].part(0, 0, columns_left * WIDTH, HEIGHT)
    draw_cut_lines(pen, [*cells[: len(badges)], rest])
    for badge, cell in zip(badges, cells, strict=False):
        printer.draw(badge, cell)
    own, german = data.own, data.german
    pen.stamp(("help", alike, rest), lambda: draw_help(pen, rest, data.phone, own, german))

    down = _TOP - rest.bottom + _GAP
    ticket = page.part(0, down, _INNER_WIDTH, TICKET_HEIGHT)
    rides = data.outbound, data.back
    pen.stamp(
        ("ticket", *rides, ticket, own), lambda: draw_ticket(pen, ticket, *rides, own, german)
    )
    down += TICKET_HEIGHT + _GAP
    advice = page.part(0, down, _INNER_WIDTH, page.height - down - _FOOTER_HEIGHT)
    pen.stamp(
        ("advice", alike, advice), lambda: draw_advice(pen, advice, data.address, own, german)
    )
    if data.own_url:
        draw_own_page(pen, advice, data.own_url, own, german)
    footer = page.part(0, page.height - _FOOTER_HEIGHT, _INNER_WIDTH, _FOOTER_HEIGHT)
    pen.stamp(("footer", alike), lambda: draw_footer(pen, footer, own, german))
