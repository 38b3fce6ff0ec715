"""Badges as they come out of the printer, and what a day does to them."""

from collections.abc import Iterator, Sequence
from math import asin, cos, pi, sin
from random import Random

import pypdfium2
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from jobfair.attendees.badges.badge import (
    CODE_DOWN,
    CODE_EDGE,
    CODE_SIZE,
    COLUMNS,
    HEIGHT,
    WIDTH,
    Badge,
)
from jobfair.attendees.badges.sheet import ON_BADGE_PAGE, badge_sheets

DOTS = 16
"""Dots a millimetre of a badge's picture, about 400 an inch."""
CENTRE = ((WIDTH - CODE_EDGE - CODE_SIZE / 2) / mm, (CODE_DOWN + CODE_SIZE / 2) / mm)
"""Where the middle of a badge's code is, in millimetres from its upper left corner."""
STRIPS = 64

Point = tuple[float, float]


def pictures_of(badges: Sequence[Badge]) -> Iterator[Image.Image]:
    """Give the picture of each badge, cut out of the sheets that a fair prints."""
    rows = ON_BADGE_PAGE // COLUMNS
    left, top = (A4[0] - COLUMNS * WIDTH) / 2, (A4[1] - rows * HEIGHT) / 2
    for first in range(0, len(badges), ON_BADGE_PAGE):
        on_page = badges[first : first + ON_BADGE_PAGE]
        document = pypdfium2.PdfDocument(badge_sheets(on_page, "#JobsForYou", "Badges"))
        page = document[0].render(scale=DOTS / mm).to_pil().convert("L")
        for number in range(len(on_page)):
            row, column = divmod(number, COLUMNS)
            corner = left + column * WIDTH, top + row * HEIGHT
            box = (*corner, corner[0] + WIDTH, corner[1] + HEIGHT)
            yield page.crop(tuple(round(edge / mm * DOTS) for edge in box))


def worn(badge: Image.Image, centre: Point, marks: int, rng: Random) -> Image.Image:
    """Return the badge with folds and scratches where the ink is gone, and with spots."""
    badge = badge.copy()
    draw = ImageDraw.Draw(badge)
    for mark in range(marks):
        x, y = ((at + rng.uniform(-17, 17)) * DOTS for at in centre)
        if mark % 2:
            size = rng.uniform(0.4, 1.3) * DOTS
            draw.ellipse((x - size, y - size, x + size, y + size), rng.choice((30, 120, 250)))
        else:
            angle, length = rng.uniform(0, pi), rng.uniform(8, 40) * DOTS
            end = x + length * cos(angle), y + length * sin(angle)
            draw.line((x, y, *end), 235, round(rng.uniform(0.2, 0.6) * DOTS))
    return badge


def bent(badge: Image.Image, radius: float) -> Image.Image:
    """Return the badge as it looks from afar round an upright cylinder of that radius."""
    across = badge.width / DOTS
    seen = 2 * radius * sin(across / 2 / radius)
    width, height = round(seen * DOTS), badge.height
    edges = [round(width * place / STRIPS) for place in range(STRIPS + 1)]
    flat = [
        DOTS * (across / 2 + radius * asin(min(1, (edge / DOTS - seen / 2) / radius)))
        for edge in edges
    ]
    mesh = [
        (
            (edges[n], 0, edges[n + 1], height),
            (flat[n], 0, flat[n], height, flat[n + 1], height, flat[n + 1], 0),
        )
        for n in range(STRIPS)
    ]
    return badge.transform(
        (width, height), Image.Transform.MESH, mesh, Image.Resampling.BICUBIC, fillcolor=255
    )


def bent_place(x: float, across: float, radius: float) -> float:
    """Return where a place of a badge of that width is seen once it is bent."""
    return radius * (sin((x - across / 2) / radius) + sin(across / 2 / radius))
