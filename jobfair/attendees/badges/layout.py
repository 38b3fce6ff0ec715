"""How text finds room: wrapping at a fixed size, or wrapping first and then shrinking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, pairwise

from jobfair.attendees.badges.direction import is_right_to_left
from jobfair.attendees.badges.fonts import Typeface
from jobfair.attendees.badges.shaping import LONGEST, Line, clean, shape

_WORD = re.compile(r"(?:[^ -]{1,2}-+)*[^ -]+-*|-+")
"""What stays on one line; a prefix like al- stays with its name."""

_SMALLEST_LINE = 0.7
"""How far a single line shrinks, as a share of its size, before it is cut."""
_STILL_LARGE = 0.7
"""How far a name shrinks, as a share of its size, before a third line is thought of."""
_WORTH_A_LINE = 1.15
"""How much larger a third line must make it."""
_ROUNDING = 1e-6


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

    def fits(self, max_width: float) -> bool:
        """Tell whether the longest line has room in that width."""
        return self.width <= max_width + _ROUNDING


class Paragraph:
    """A text with its typeface and direction, which its lines share."""

    def __init__(self, text: str, typeface: Typeface) -> None:
        self.text = clean(text)
        self._typeface = typeface
        self._rtl = is_right_to_left(self.text)

    @property
    def whole(self) -> tuple[Line, ...]:
        """The text in one line, however long; none where there is no text."""
        return (self.line(self.text),) if self.text else ()

    def line(self, text: str) -> Line:
        """Return a part of the paragraph as a line."""
        return shape(text, self._typeface, self._rtl)

    def balanced(self, count: int) -> tuple[Line, ...]:
        """Break the text into so many lines that the longest is as short as can be."""
        ends = [match.end() for match in _WORD.finditer(self.text)]
        upto = {end: self.line(self.text[:end]).width for end in ends}
        upto[0] = 0.0

        def longest(cuts: tuple[int, ...]) -> float:
            edges = (0, *cuts, len(self.text))
            return max(upto[end] - upto[start] for start, end in pairwise(edges))

        breaks = combinations(ends[:-1], min(count, len(ends)) - 1)
        edges = (0, *min(breaks, key=longest), len(self.text))
        return tuple(self.line(self.text[start:end].strip()) for start, end in pairwise(edges))

    def fill(self, width: float, most_lines: int = LONGEST) -> tuple[Line, ...]:
        """Fill lines with words; break a word wider than a line, cut what is too much."""
        lines: list[Line] = []
        rest = self.text
        while rest:
            if len(lines) == most_lines - 1:
                lines.append(self._cut(rest, width))
                break
            end = 0
            for match in _WORD.finditer(rest):
                if self.line(rest[: match.end()]).width > width:
                    break
                end = match.end()
            end = end or self._longest_prefix(rest, width)
            lines.append(self.line(rest[:end]))
            rest = rest[end:].strip()
        return tuple(lines)

    def _cut(self, text: str, width: float) -> Line:
        """Return the text whole or, where it is too wide, its beginning and an ellipsis."""
        line = self.line(text)
        if line.width <= width:
            return line
        kept = self._longest_prefix(text, width, ending="…")
        return self.line(text[:kept].strip() + "…")

    def _longest_prefix(self, text: str, width: float, ending: str = "") -> int:
        """Return how many characters fit, at least one."""
        fits, too_many = 1, len(text) + 1
        while too_many - fits > 1:
            middle = (fits + too_many) // 2
            if self.line(text[:middle] + ending).width <= width:
                fits = middle
            else:
                too_many = middle
        return fits


def wrap(text: str, typeface: Typeface, size: float, max_width: float) -> Block:
    """Return the text in as many lines of this size as it needs."""
    return Block(Paragraph(text, typeface).fill(max_width / size), size)


def one_line(text: str, typeface: Typeface, size: float, max_width: float) -> Block:
    """Return the text in one line, set smaller or cut short where it is too long."""
    paragraph = Paragraph(text, typeface)
    width = paragraph.line(paragraph.text).width
    fitting = min(size, max_width / width) if width else size
    fitting = max(fitting, size * _SMALLEST_LINE)
    return Block(paragraph.fill(max_width / fitting + _ROUNDING, most_lines=1), fitting)


def fit(text: str, typeface: Typeface, size: float, max_width: float, smallest: float) -> Block:
    """Return a name in one line, else in two, then smaller or in three, else cut short."""
    paragraph = Paragraph(text, typeface)
    best = Block(paragraph.whole, size)
    for count in (2, 3):
        if best.fits(max_width) and best.size >= size * _STILL_LARGE:
            return best
        lines = paragraph.balanced(count)
        broken = Block(lines, min(size, max_width / max(line.width for line in lines)))
        best = broken if _is_better(broken, best, max_width) else best
    if best.size >= smallest:
        return best
    return Block(paragraph.fill(max_width / smallest, most_lines=3), smallest)


def _is_better(broken: Block, whole: Block, max_width: float) -> bool:
    return not whole.fits(max_width) or broken.size > whole.size * _WORTH_A_LINE
