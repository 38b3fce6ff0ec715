"""The picture that messengers show with a link: the mark, on plum."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (1200, 630)
_FINER = 3
"""Drawn so much larger and made smaller, which smooths the edges."""
_PLUM, _KORN, _WHITE = "#651b4f", "#ffc83d", "#ffffff"
_UNIT, _LEFT, _TOP = 10, 315, 155  # a unit of the mark's drawing in pixels, and where it begins


@cache
def preview_png() -> bytes:
    """Return the picture; the mark is that of `static/img/mark.svg`."""
    picture = Image.new("RGB", (SIZE[0] * _FINER, SIZE[1] * _FINER), _PLUM)
    draw = ImageDraw.Draw(picture)
    width = round(5 * _UNIT * _FINER)
    draw.line([_at(18, 16), _at(42, 16)], _WHITE, width)
    for start, end in (((37, 4.5), (56, 4.5)), ((53.5, 2), (53.5, 30)), ((56, 27.5), (37, 27.5))):
        draw.line([_at(*start), _at(*end)], _WHITE, width)
    draw.ellipse([_at(1, 6), _at(21, 26)], outline=_KORN, width=width)
    kept = BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _at(x: float, y: float) -> tuple[float, float]:
    """Return where a point of the mark is on the large drawing."""
    return (_LEFT + x * _UNIT) * _FINER, (_TOP + y * _UNIT) * _FINER
