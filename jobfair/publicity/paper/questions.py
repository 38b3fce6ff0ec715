"""The questions that everybody asks, side by side with their answers at the foot of a poster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.lib.units import mm

from jobfair.attendees.badges.fonts import Fonts
from jobfair.attendees.badges.pen import PLUM, Box, Pen
from jobfair.publicity.paper.setting import Piece, Stack, set_stack
from jobfair.publicity.paper.words import Words

SMALLEST = 9.5
"""Can be read from a metre away."""
LARGEST, LARGEST_OF_MANY = 12.0, 10.0
"""In German alone, and where all languages share the room."""
GAP = 5 * mm
NARROWEST = 44 * mm
"""Narrower columns of whole languages would be torn to shreds."""


@dataclass(frozen=True)
class Columns:
    """Stacks side by side, all at one size and equally wide."""

    stacks: tuple[Stack, ...]
    width: float

    @property
    def height(self) -> float:
        """The height of the highest."""
        return max((stack.height for stack in self.stacks), default=0.0)

    @property
    def cut(self) -> bool:
        """Whether an answer had to be shortened."""
        return any(stack.cut for stack in self.stacks)

    def draw(self, pen: Pen, room: Box) -> None:
        """Draw them from the left, beginning at the top of the room."""
        for number, stack in enumerate(self.stacks):
            stack.draw(pen, room.part(number * (self.width + GAP), 0, self.width, room.height))


def set_questions(fonts: Fonts, languages: Sequence[Words], width: float, height: float) -> Columns:
    """Return a column for each language; a column for each German question where that's cut.

    The first language is German.
    """
    german = languages[0]
    if _share(width, len(languages)) >= NARROWEST:
        said = [_said(fonts, words, german) for words in languages]
        columns = _set(said, width, height, LARGEST_OF_MANY)
        if not columns.cut:
            return columns
    alone = [replace(german, answers=(answer,)) for answer in german.answers]
    said = [_said(fonts, question, german) for question in alone]
    return _set(said, width, height, LARGEST)


def _share(width: float, columns: int) -> float:
    return (width + GAP) / max(columns, 1) - GAP


def _said(fonts: Fonts, words: Words, german: Words) -> list[Piece]:
    """Return the questions and answers; German that stands in for a translation reads as German."""
    in_german = {answer.answer for answer in german.answers}
    pieces: list[Piece] = []
    for said in words.answers:
        spoken = german if said.answer in in_german else words
        pieces += [
            Piece(said.question, fonts.bold, words.rtl, 1, 0.4, PLUM, lang=words.lang),
            Piece(said.answer, fonts.regular, spoken.rtl, lang=spoken.lang),
        ]
    return pieces


def _set(said: Sequence[Sequence[Piece]], width: float, height: float, largest: float) -> Columns:
    """Set the columns at the largest size that suits all of them."""
    share, size = _share(width, len(said)), largest
    for pieces in said:
        size = set_stack(pieces, share, height, size, SMALLEST).size
    stacks = (set_stack(pieces, share, height, size, SMALLEST) for pieces in said)
    return Columns(tuple(stacks), share)
