"""The words of a sheet, once in the household's language and once in German."""

from __future__ import annotations

from dataclasses import dataclass

from jobfair.attendees.badges.layout import wrap
from jobfair.attendees.badges.pen import MUTED, Box, Pen

_SMALLEST = 6.0


@dataclass(frozen=True)
class SheetTexts:
    """What a sheet says, in one language."""

    title: str
    when: str
    cut: str
    help: str
    outbound: str
    back: str
    no_ride: str
    no_ride_note: str
    advice: tuple[str, str, str]
    cannot_come: str
    own_page: str = ""


def draw_pair(
    pen: Pen,
    own: str,
    german: str,
    room: Box,
    size: float,
    german_size: float,
    bold: bool = True,
) -> float:
    """Draw words in both languages, a German household's once, and as small as the room demands.

    Returns the height below them.
    """
    typeface = pen.fonts.bold if bold else pen.fonts.regular
    while True:
        above = wrap(own, typeface, size, room.width)
        beneath = wrap("" if german == own else german, pen.fonts.regular, german_size, room.width)
        if above.height + beneath.height <= room.height or size < _SMALLEST:
            break
        size, german_size = size * 0.92, german_size * 0.92
    top = pen.block(above, room.start, room.top, room.align)
    return pen.block(beneath, room.start, top, room.align, MUTED, lang="de")
