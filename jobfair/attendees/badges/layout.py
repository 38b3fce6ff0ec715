"""How text finds room: wrapping at a fixed size, or wrapping first and then shrinking."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jobfair.attendees.badges.fonts import Typeface
from jobfair.attendees.badges.shaping import LONGEST, Line, clean, shape

_WORD = re.compile(r"[^ -]+-*|-+")
_MOST_LINES = 3


@dataclass(frozen=True)
class Block:
    """Lines of one size, stacked."""

    lines: tuple[Line, ...]
    size: float

    @property
    def width(self) -> float:
        """The width of the longest line."""
        return max((line.width for line in self.lines), default=0.0) * self.size

    @property
    def height(self) -> float:
        """The height of all lines."""
        return sum(line.height for line in self.lines) * self.size


def wrap(text: str, typeface: Typeface, size: float, max_width: float) -> Block:
    """Return the text in as many lines of this size as it needs."""
    return Block(tuple(_fill(clean(text), typeface, max_width / size)), size)


def one_line(text: str, typeface: Typeface, size: float, max_width: float) -> Block:
    """Return the text in one line, set smaller or cut short where it is too long."""
    line = shape(clean(text), typeface)
    if line.width * size <= max_width:
        return Block((line,), size)
    smallest = size * 0.7
    if line.width * smallest <= max_width:
        return Block((line,), max_width / line.width)
    return Block((_cut(line.text, typeface, max_width / smallest),), smallest)


def fit(
    text: str, typeface: Typeface, size: float, max_width: float, smallest: float
) -> Block:
    """Return a name in one line, else in two, else in two smaller ones, else cut short."""
    line = shape(clean(text), typeface)
    if line.width * size <= max_width:
        return Block((line,), size)
    lines = _halves(line.text, typeface)
    fitting = max_width / max(part.width for part in lines)
    if fitting >= smallest:
        return Block(lines, min(size, fitting))
    return Block(tuple(_fill(line.text, typeface, max_width / smallest, _MOST_LINES)), smallest)


def _halves(text: str, typeface: Typeface) -> tuple[Line, ...]:
    """Break the text in two where the longer part is shortest; a single word stays whole."""
    widths = {
        match.end(): shape(text[: match.end()], typeface).width
        for match in _WORD.finditer(text)
    }
    whole = widths.get(len(text), 0.0)
    breaks = [position for position in widths if position < len(text)]
    if not breaks:
        return (shape(text, typeface),)
    best = min(breaks, key=lambda position: max(widths[position], whole - widths[position]))
    return (shape(text[:best], typeface), shape(text[best:].strip(), typeface))


def _fill(text: str, typeface: Typeface, width: float, most_lines: int = LONGEST) -> list[Line]:
    """Fill line after line with words; break a word wider than a line, cut what is too much."""
    lines: list[Line] = []
    while text:
        if len(lines) == most_lines - 1:
            return [*lines, _cut(text, typeface, width)]
        end = 0
        for match in _WORD.finditer(text):
            if shape(text[: match.end()], typeface).width > width:
                break
            end = match.end()
        end = end or _longest_prefix(text, typeface, width)
        lines.append(shape(text[:end], typeface))
        text = text[end:].strip()
    return lines


def _cut(text: str, typeface: Typeface, width: float) -> Line:
    """Return the text whole or, where it is too wide, its beginning and an ellipsis."""
    line = shape(text, typeface)
    if line.width <= width:
        return line
    kept = _longest_prefix(text, typeface, width, ending="…")
    return shape(text[:kept].strip() + "…", typeface)


def _longest_prefix(text: str, typeface: Typeface, width: float, ending: str = "") -> int:
    """Return how many characters fit, at least one."""
    fits, too_many = 1, len(text) + 1
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if shape(text[:middle] + ending, typeface).width <= width:
            fits = middle
        else:
            too_many = middle
    return fits
