"""How text finds room: wrapping at a fixed size, or wrapping first and then shrinking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, pairwise

from jobfair.attendees.badges.fonts import Typeface
from jobfair.attendees.badges.shaping import LONGEST, Line, clean, shape

_WORD = re.compile(r"(?:[^ -]{1,2}-+)*[^ -]+-*|-+")
"""What stays on one line; a prefix like al- stays with its name."""

_STILL_LARGE = 0.7
"""How far a name shrinks, as a share of its size, before a third line is thought of."""
_WORTH_A_LINE = 1.15
"""How much larger a third line must make it."""


@dataclass(frozen=True)
class Block:
    """Lines of one size, stacked."""

    lines: tuple[Line, ...]
    size: float

    @property
    def text(self) -> str:
        """The words of all lines; one broken after its hyphen is whole again."""
        return "".join(
            line.text if line.text.endswith("-") else f"{line.text} " for line in self.lines
        ).rstrip()

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
        return Block((line,) if line.text else (), size)
    smallest = size * 0.7
    if line.width * smallest <= max_width:
        return Block((line,), max_width / line.width)
    return Block((_cut(line.text, typeface, max_width / smallest),), smallest)


def fit(text: str, typeface: Typeface, size: float, max_width: float, smallest: float) -> Block:
    """Return a name in one line, else in two, then smaller or in three, else cut short."""
    text = clean(text)
    best = Block((shape(text, typeface),) if text else (), size)
    for count in (2, 3):
        if best.width <= max_width and best.size >= size * _STILL_LARGE:
            return best
        lines = _balanced(text, typeface, count)
        fitting = min(size, max_width / max(line.width for line in lines))
        if best.width > max_width or fitting > best.size * _WORTH_A_LINE:
            best = Block(lines, fitting)
    if best.size >= smallest:
        return best
    return Block(tuple(_fill(text, typeface, max_width / smallest, most_lines=3)), smallest)


def _balanced(text: str, typeface: Typeface, count: int) -> tuple[Line, ...]:
    """Break the text into so many lines that the longest is as short as can be."""
    ends = [match.end() for match in _WORD.finditer(text)]
    upto = {end: shape(text[:end], typeface).width for end in ends}
    upto[0] = 0.0

    def longest(cuts: tuple[int, ...]) -> float:
        edges = (0, *cuts, len(text))
        return max(upto[end] - upto[start] for start, end in pairwise(edges))

    breaks = combinations(ends[:-1], min(count, len(ends)) - 1)
    edges = (0, *min(breaks, key=longest), len(text))
    return tuple(shape(text[start:end].strip(), typeface) for start, end in pairwise(edges))


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
