"""Drawing on the pages of one PDF document: text blocks, codes, boxes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from jobfair.attendees.badges.fonts import Fonts
from jobfair.attendees.badges.layout import Block
from jobfair.attendees.badges.qr import QUIET, qr_matrix, qr_operators
from jobfair.attendees.badges.shaping import Line
from jobfair.attendees.badges.tags import Element, Kind, Tags

INK = HexColor("#1f1722")
MUTED = HexColor("#5a4f5e")
PLUM = HexColor("#651b4f")
WHITE = HexColor("#ffffff")

Align = Literal["left", "right", "centre"]


@dataclass(frozen=True)
class Box:
    """A rectangle on the page, in points, that is read from its start side and from above."""

    left: float
    top: float
    width: float
    height: float
    rtl: bool = False

    @property
    def align(self) -> Align:
        """The side where lines begin."""
        return "right" if self.rtl else "left"

    @property
    def start(self) -> float:
        """The edge where lines begin."""
        return self.left + self.width if self.rtl else self.left

    @property
    def end(self) -> float:
        """The edge where lines end."""
        return self.left if self.rtl else self.left + self.width

    @property
    def end_align(self) -> Align:
        """The side where lines end."""
        return "left" if self.rtl else "right"

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top - self.height

    def part(self, inwards: float, down: float, width: float, height: float) -> Box:
        """Return a rectangle inside this one, placed from the start side and from above."""
        left = self.left + (self.width - inwards - width if self.rtl else inwards)
        return Box(left, self.top - down, width, height, self.rtl)


class _Text(PDFTextObject):
    """Knows how high it writes: the library forgets it after two marks on one letter."""

    def setRise(self, rise: float) -> None:  # noqa: N802  # the library's name
        self._rise = rise
        self._code.append(f"{rise:.3f} Ts")


class Pen:
    """Draws one document; the same drawing gives the same bytes."""

    def __init__(
        self,
        fonts: Fonts,
        title: str,
        lang: str,
        tagged: bool,
        size: tuple[float, float] = A4,
    ) -> None:
        self.fonts = fonts
        self._buffer = BytesIO()
        self.canvas = Canvas(
            self._buffer,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            lang=lang,
            initialFontName=fonts.regular.faces[0].name,
        )
        self.canvas.setTitle(title)
        self.canvas.setCreator("JobFair")
        self.canvas.setViewerPreference("DisplayDocTitle", "true")
        self._tags = Tags(self.canvas) if tagged else None
        self._size = size
        self._stamps: dict[Hashable, str] = {}

    @contextmanager
    def page(self) -> Iterator[None]:
        """Draw one page."""
        with self._tags.page() if self._tags else nullcontext():
            yield
        self.canvas.showPage()

    def finish(self) -> bytes:
        """Return the document."""
        if self._tags:
            self._tags.write()
        self.canvas.save()
        return self._buffer.getvalue()

    def stamp(self, what: Hashable, draw: Callable[[], None]) -> None:
        """Draw what recurs on many pages at the same place; the document holds it once.

        On tagged pages it is drawn each time, since its parts have a place in the reading order.
        """
        if self._tags:
            draw()
            return
        name = self._stamps.get(what)
        if name is None:
            name = self._stamps[what] = f"stamp{len(self._stamps)}"
            self.canvas.beginForm(name, 0, 0, *self._size)
            draw()
            self.canvas.endForm()
        self.canvas.doForm(name)

    def block(
        self,
        block: Block,
        x: float,
        top: float,
        align: Align = "left",
        colour: Color = INK,
        kind: Kind = "P",
        lang: str = "",
    ) -> float:
        """Draw text as something to be read; return the height below it."""
        if not block.lines:
            return top
        with self._mark(Element(kind, text=block.text, lang=lang)):
            return self.lines(block, x, top, align, colour)

    def lines(
        self, block: Block, x: float, top: float, align: Align = "left", colour: Color = INK
    ) -> float:
        """Draw the lines below the given height, aligned at x; return the height below them."""
        self.canvas.setFillColor(colour)
        for line in block.lines:
            width = line.width * block.size
            left = {"left": x, "right": x - width, "centre": x - width / 2}[align]
            self._line(line, left, top - line.ascent * block.size, block.size)
            top -= line.height * block.size
        return top

    def _line(self, line: Line, x: float, baseline: float, size: float) -> None:
        text = _Text(self.canvas, x, baseline)
        for run in line.runs:
            text.setFont(run.font, size)
            text.textOut(run.text)
        self.canvas.drawText(text)

    def _mark(self, element: Element) -> AbstractContextManager[None]:
        return self._tags.mark(element) if self._tags else nullcontext()

    def figure(self, description: str) -> AbstractContextManager[None]:
        """Tag what is drawn in this context as a picture that is described."""
        return self._mark(Element("Figure", description=description))

    def code(self, text: str, box: Box, description: str) -> None:
        """Draw a QR code into a square; its quiet zone lies inside."""
        matrix = qr_matrix(text)
        module = box.width / (len(matrix) + 2 * QUIET)
        left, top = box.left + QUIET * module, box.top - QUIET * module
        with self.figure(description):
            self.canvas.addLiteral(
                f"q 0 g {module:.5f} 0 0 {-module:.5f} {left:.3f} {top:.3f} cm "
                f"{qr_operators(matrix)}f Q"
            )

    def dashed(self, *lines: tuple[float, float, float, float]) -> None:
        """Draw lines to cut along."""
        self.canvas.saveState()
        self.canvas.setStrokeColor(INK)
        self.canvas.setLineWidth(0.3 * mm)
        self.canvas.setDash(1.2 * mm, 0.9 * mm)
        self.canvas.lines(list(lines))
        self.canvas.restoreState()
