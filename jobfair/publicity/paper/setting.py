"""How longer texts find room: as large as it allows, in the end cut with an ellipsis.

Words are measured once; at any size lines are then filled by adding widths up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from math import inf

from reportlab.lib.colors import Color

from jobfair.attendees.badges.fonts import Typeface
from jobfair.attendees.badges.layout import Block
from jobfair.attendees.badges.pen import INK, Box, Pen
from jobfair.attendees.badges.shaping import Line, clean, shape
from jobfair.attendees.badges.tags import Kind

_STEP = 0.96
"""How much smaller the next size that is tried."""
WHOLE_WORDS = 10.0
"""Down to which size in points letters shrink, so that no word is parted."""
_ALL_LINES = 10_000


@dataclass(frozen=True)
class Piece:
    """A text in one style; sizes and gaps are shares of a size that all pieces share."""

    text: str
    typeface: Typeface
    rtl: bool = False
    share: float = 1.0
    gap: float = 0.0
    """The space above it."""
    colour: Color = INK
    kind: Kind = "P"
    lang: str = ""

    @cached_property
    def paragraphs(self) -> list[list[tuple[str, float]]]:
        """The words of each line that was typed, with their widths at size 1."""
        typed = [clean_words(line) for line in self.text.splitlines()]
        return [[(word, self.line(word).width) for word in words] for words in typed if words]

    def line(self, text: str) -> Line:
        """Return some of the words as a line."""
        return shape(text, self.typeface, self.rtl)

    def block(self, size: float, width: float, most_lines: int = _ALL_LINES) -> Block:
        """Return as many lines of that size as allowed; one that goes on ends with an ellipsis."""
        size *= self.share
        broken = list(self._broken(width / size))
        kept = broken[:most_lines]
        if len(broken) > len(kept):
            kept[-1] = self._with_ellipsis(kept[-1], width / size)
        lines = tuple(self.line(words) for words in kept)
        widest = max((line.width for line in lines), default=0.0)
        return Block(lines, min(size, width / widest) if widest else size)

    def _broken(self, width: float) -> Iterator[str]:
        blank = self.line("n n").width - self.line("nn").width
        for words in self.paragraphs:
            line: list[str] = []
            used = 0.0
            for word, wide in self._narrow(words, width):
                if line and used + blank + wide > width:
                    yield " ".join(line)
                    line, used = [], 0.0
                used += wide + (blank if line else 0.0)
                line.append(word)
            yield " ".join(line)

    def _narrow(
        self, words: Sequence[tuple[str, float]], width: float
    ) -> Iterator[tuple[str, float]]:
        """Go through the words; one that is wider than a line comes in parts."""
        for word, wide in words:
            if wide <= width:
                yield word, wide
            else:
                yield from self._parts(word, width)

    def _parts(self, word: str, width: float) -> Iterator[tuple[str, float]]:
        while word:
            end = _most(partial(self._fits, word, width), len(word))
            yield word[:end], self.line(word[:end]).width
            word = word[end:]

    def _fits(self, text: str, width: float, characters: int, ending: str = "") -> bool:
        return self.line(text[:characters] + ending).width <= width

    def _with_ellipsis(self, words: str, width: float) -> str:
        kept = _most(partial(self._fits, words, width, ending=" …"), len(words))
        return f"{words[:kept].rstrip()} …"


def clean_words(text: str) -> list[str]:
    """Return the words of a text, however long it is, without what can't be seen."""
    return [cleaned for word in text.split() if (cleaned := clean(word))]


def _most(holds: Callable[[int], bool], most: int) -> int:
    """Return the largest number up to `most` for which it holds, at least one."""
    holding, failing = 1, most + 1
    while failing - holding > 1:
        middle = (holding + failing) // 2
        if holds(middle):
            holding = middle
        else:
            failing = middle
    return holding


@dataclass(frozen=True)
class Stack:
    """Pieces set one below the other at one size; `cut` where an answer had to be shortened."""

    pieces: tuple[Piece, ...]
    blocks: tuple[Block, ...]
    size: float
    cut: bool = False

    @property
    def height(self) -> float:
        """The height of all pieces with the gaps between them."""
        gaps = sum(piece.gap for piece in self.pieces[1:]) * self.size
        return gaps + sum(block.height for block in self.blocks)

    @property
    def first_line(self) -> float:
        """The height of the first line."""
        return self.blocks[0].lines[0].height * self.blocks[0].size if self.blocks else 0.0

    def draw(self, pen: Pen, room: Box) -> None:
        """Draw the pieces from the top of the room, each from the side where its lines begin."""
        top = room.top
        for number, (piece, block) in enumerate(zip(self.pieces, self.blocks, strict=True)):
            top -= piece.gap * self.size if number else 0.0
            side = Box(room.left, top, room.width, block.height, piece.rtl)
            top = pen.block(
                block, side.start, top, side.align, piece.colour, piece.kind, piece.lang
            )


def set_stack(
    pieces: Sequence[Piece], width: float, height: float, largest: float, smallest: float
) -> Stack:
    """Return the pieces as large as the room allows; where nothing helps, with fewer lines."""
    kept = tuple(piece for piece in pieces if piece.paragraphs)
    size = min(largest, max(_whole_words(kept, width), smallest))
    stack = _stacked(kept, size, width)
    while stack.height > height and size > smallest:
        size = max(size * _STEP, smallest)
        stack = _stacked(kept, size, width)
    if stack.height <= height:
        return stack
    lines = max((len(block.lines) for block in stack.blocks), default=1)
    most = _most(lambda n: _stacked(kept, size, width, n).height <= height, lines)
    return replace(_stacked(kept, size, width, most), cut=True)


def _whole_words(pieces: tuple[Piece, ...], width: float) -> float:
    """Return the size at which no word is parted; infinite where that would be too small."""
    words = (
        wide * piece.share for piece in pieces for line in piece.paragraphs for _word, wide in line
    )
    size = width / max(words, default=1.0)
    return size if size >= WHOLE_WORDS else inf


def _stacked(
    pieces: tuple[Piece, ...], size: float, width: float, most_lines: int = _ALL_LINES
) -> Stack:
    blocks = tuple(piece.block(size, width, most_lines) for piece in pieces)
    return Stack(pieces, blocks, size)
