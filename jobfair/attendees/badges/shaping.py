"""Lines of text as they must appear: letters joined, directions resolved, fonts chosen.

reportlab draws characters one after another from the left. What Arabic needs beyond that happens
here, see docs/decisions/0007-badge-text.md.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from bidi.mirror import MIRRORED
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import ShapedStr, shapeStr

from jobfair.attendees.badges.direction import embedding_levels
from jobfair.attendees.badges.fonts import Face, Typeface

LONGEST = 300
"""Characters of a text that are looked at; no line on paper has room for more."""

_JOINERS = "\u200c\u200d"
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_STICKY = frozenset({"Mn", "Mc", "Me", "Cf", "Zs"})
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_SIMPLE = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u02af\u0400-\u0482\u048a-\u052f\u1e00-\u1eff–—…]*")
_LOW, _TALL = (0.93, 0.27), (0.98, 0.47)  # above and below the baseline; other scripts are tall
_UNIT = 1000  # widths are kept for this size
_Part = tuple[str, Face, int]  # neighbouring characters of one face and level


@dataclass(frozen=True)
class Run:
    """Neighbouring characters in one font, in the order of drawing."""

    text: str
    font: str
    width: float


@dataclass(frozen=True)
class Line:
    """One line of text at size 1, in the order of drawing."""

    text: str
    runs: tuple[Run, ...]
    width: float
    ascent: float
    descent: float

    @property
    def height(self) -> float:
        """The distance that the line takes from its neighbours."""
        return self.ascent + self.descent


def clean(text: str) -> str:
    """Return the text composed, on one line, without controls and not endlessly long."""
    if _SIMPLE.fullmatch(text):
        return " ".join(text.split())[:LONGEST]
    composed = unicodedata.normalize("NFC", text[: 2 * LONGEST])
    visible = "".join(_visible(char) for char in composed)
    return " ".join(visible.split())[:LONGEST]


@lru_cache(maxsize=1024)
def shape(text: str, typeface: Typeface, rtl: bool) -> Line:
    """Return one line of a clean paragraph of that direction, ready to be drawn."""
    runs = _runs(text, typeface, rtl)
    low = all(run.font == typeface.faces[0].name for run in runs)
    ascent, descent = _LOW if low else _TALL
    return Line(text, runs, sum(run.width for run in runs), ascent, descent)


def _runs(text: str, typeface: Typeface, rtl: bool) -> tuple[Run, ...]:
    if not rtl and _SIMPLE.fullmatch(text):
        return (_as_is(text, typeface.faces[0]),)
    return tuple(_run(*part) for part in _visual_order(_split(text, typeface, rtl)))


def _visible(char: str) -> str:
    if char in _JOINERS or unicodedata.category(char) not in _INVISIBLE:
        return char
    return " " if char.isspace() else ""


def _split(text: str, typeface: Typeface, rtl: bool) -> list[_Part]:
    marked = zip(text, _choose_faces(text, typeface), embedding_levels(text, rtl), strict=True)
    return [
        ("".join(char for char, _, _ in group), face, level)
        for (face, level), group in groupby(marked, key=lambda item: item[1:])
    ]


def _choose_faces(text: str, typeface: Typeface) -> list[Face]:
    """Choose the first face that has the character; marks and spaces stay with their letter."""
    chosen: list[Face] = []
    for char in text:
        able = typeface.faces_for(char)
        stays = unicodedata.category(char) in _STICKY and chosen and chosen[-1] in able
        chosen.append(chosen[-1] if stays else able[0])
    return chosen


def _visual_order(parts: list[_Part]) -> list[_Part]:
    """Reverse every stretch of parts at or above each level, from the highest to 1 (rule L2)."""
    for threshold in range(max((level for _, _, level in parts), default=0), 0, -1):
        parts = _reverse(parts, threshold)
    return parts


def _reverse(parts: list[_Part], threshold: int) -> list[_Part]:
    """Return the parts with every stretch of them at or above the level reversed."""
    reordered: list[_Part] = []
    for above, group in groupby(parts, key=lambda part: part[2] >= threshold):
        stretch = list(group)
        reordered += stretch[::-1] if above else stretch
    return reordered


def _run(text: str, face: Face, level: int) -> Run:
    from_right = level % 2 == 1
    if from_right and not _has_letters_from_right(text):
        # HarfBuzz sees no direction in signs alone, and would leave them as they are
        return _as_is("".join(MIRRORED.get(char, char) for char in reversed(text)), face)
    if not from_right and not any(map(unicodedata.combining, text)):
        return _as_is(text, face)  # digits of any script among them, which read from the left
    return _shaped(text, face)


def _has_letters_from_right(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text)


def _shaped(text: str, face: Face) -> Run:
    shaped = shapeStr(text, face.name, _UNIT)
    if not isinstance(shaped, ShapedStr):
        return _as_is(text, face)
    return Run(shaped, face.name, sum(item.x_advance for item in shaped.__shapeData__) / _UNIT)


def _as_is(text: str, face: Face) -> Run:
    return Run(text, face.name, stringWidth(text, face.name, _UNIT) / _UNIT)
