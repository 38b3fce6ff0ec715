"""The list of a bus on paper: who gets on or off at which stop, with boxes to tick."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from jobfair.attendees.badges.fonts import load_fonts
from jobfair.attendees.badges.layout import one_line
from jobfair.attendees.badges.pen import INK, MUTED, WHITE, Align, Pen
from jobfair.attendees.badges.tags import Kind
from jobfair.attendees.models import Attendee
from jobfair.fairs.models import Fair
from jobfair.shuttle.paper_signs import draw_pram, draw_wheelchair
from jobfair.shuttle.queries.manifests import Group, Manifest, StopList, Traveller
from jobfair.shuttle.rules import Direction
from jobfair.shuttle.words import DIRECTIONS
from jobfair.web.filters import day, local

LEFT, RIGHT = 12 * mm, A4[0] - 12 * mm
TOP, BOTTOM = A4[1] - 12 * mm, 14 * mm
HEAD = 25 * mm
STOP = 13 * mm
ROW = 8 * mm
GAP = 2 * mm
BOX = 5 * mm
PLATE = 13 * mm
LATIN, OWN, SIGNS = LEFT + 17 * mm, LEFT + 96 * mm, RIGHT - 16 * mm
SIGN = 6 * mm
EMPTY_LINES = 5

FAIR_TIMES = {
    Direction.OUT: _l("%(fair)s, %(day)s, at the fair %(time)s"),
    Direction.BACK: _l("%(fair)s, %(day)s, from the fair %(time)s"),
}


@dataclass(frozen=True)
class Style:
    """How a line of text looks."""

    size: float
    bold: bool = False
    colour: Color = INK
    align: Align = "left"
    kind: Kind = "P"


@dataclass(frozen=True)
class StopHead:
    """The line that begins a stop, or goes on with it on a new page."""

    stop: StopList
    again: bool = False


@dataclass(frozen=True)
class SpotHead:
    """The line that begins those who have no seat."""


@dataclass(frozen=True)
class EmptyLines:
    """Lines for people who are added on the spot."""

    number: int = EMPTY_LINES


Part = StopHead | SpotHead | Group | EmptyLines


def manifest_paper(fair: Fair, manifest: Manifest, printed: datetime) -> bytes:
    """Return the list as a document of as many pages as it needs; `printed` stands below."""
    paper = _Paper(fair, manifest, printed)
    pages = list(paginate(manifest.stops, manifest.others))
    for number, parts in enumerate(pages, start=1):
        with paper.pen.page():
            paper.draw(parts, number, len(pages))
    return paper.pen.finish()


def paginate(stops: Sequence[StopList], others: Sequence[Group] = ()) -> Iterator[list[Part]]:
    """Yield what stands on each page: groups stay together, a stop's name is repeated.

    At the end are `others`, who have no seat, and empty lines for more below them.
    """
    page: list[Part] = []
    room = TOP - HEAD - BOTTOM
    left = room
    for stop in stops:
        first = height_of(stop.groups[0]) if stop.groups else ROW
        if page and STOP + first > left:
            yield page
            page, left = [], room
        page.append(StopHead(stop))
        left -= STOP
        for group in stop.groups:
            if height_of(group) > left:
                yield page
                page, left = [StopHead(stop, again=True)], room - STOP
            page.append(group)
            left -= height_of(group)
    first_part, *more = [*others, EmptyLines()]
    for together in [(SpotHead(), first_part), *((part,) for part in more)]:
        height = sum(map(height_of, together))
        if height > left:
            yield page
            page, left = [], room
        page.extend(together)
        left -= height
    yield page


def height_of(part: Part) -> float:
    """Return how much of a page the part takes."""
    if isinstance(part, StopHead | SpotHead):
        return STOP
    rows = part.number if isinstance(part, EmptyLines) else len(part.people)
    return rows * ROW + GAP


class _Paper:
    """One document, and the height at which its next part begins."""

    def __init__(self, fair: Fair, manifest: Manifest, printed: datetime) -> None:
        self.fair, self.manifest, self.printed = fair, manifest, printed
        departure = manifest.departure
        way = DIRECTIONS[departure.direction]
        self.title = _("Line %(line)s: %(way)s", line=departure.line, way=way)
        title = f"{self.title} – {fair.name}"
        self.pen = Pen(load_fonts(), title, str(get_locale() or "de"), tagged=True)
        self.top = TOP

    def draw(self, parts: list[Part], number: int, count: int) -> None:
        """Draw a page."""
        self._head(number, count)
        self.top = TOP - HEAD
        for part in parts:
            if isinstance(part, StopHead):
                self._stop(part)
            elif isinstance(part, SpotHead):
                self._spot()
            elif isinstance(part, Group):
                self._group(part)
            else:
                self._empty(part)
            self.top -= height_of(part)
        note = _(
            "Printed on %(day)s at %(time)s. Destroy the list after the fair.",
            day=day(self.printed, self.fair.time_zone, "long"),
            time=self._clock(self.printed),
        )
        self._text(note, LEFT, BOTTOM - 4 * mm, Style(9, colour=MUTED))

    def _head(self, number: int, count: int) -> None:
        canvas = self.pen.canvas
        canvas.setFillColor(INK)
        canvas.roundRect(LEFT, TOP - PLATE, PLATE, PLATE, 1.5 * mm, stroke=0, fill=1)
        line = Style(20, bold=True, colour=WHITE, align="centre")
        middle = TOP - PLATE / 2
        self._text(str(self.manifest.departure.line), LEFT + PLATE / 2, middle, line)
        high, low = TOP - 4 * mm, TOP - 11 * mm
        self._text(self.title, LATIN, high, Style(18, bold=True, kind="H1"))
        self._text(self._facts(), LATIN, low, Style(10.5), RIGHT - LATIN - 32 * mm)
        self._text(_people(self.manifest.people), RIGHT, high, Style(13, bold=True, align="right"))
        pages = _("Page %(number)s of %(count)s", number=number, count=count)
        self._text(pages, RIGHT, low, Style(10.5, align="right"))
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.8 * mm)
        canvas.line(LEFT, TOP - HEAD + 7 * mm, RIGHT, TOP - HEAD + 7 * mm)

    def _facts(self) -> str:
        """Return the fair, its day, and when the bus is at its door."""
        fair, departure = self.fair, self.manifest.departure
        return FAIR_TIMES[departure.direction] % {
            "fair": fair.name,
            "day": day(departure.fair_at, fair.time_zone, "long"),
            "time": self._clock(departure.fair_at),
        }

    def _stop(self, head: StopHead) -> None:
        stop, middle = head.stop.stop, self.top - 5 * mm
        self._text(self._clock(head.stop.at), LEFT, middle, Style(14, bold=True))
        name = _("%(stop)s (continued)", stop=stop.name) if head.again else stop.name
        self._text(name, LATIN, middle, Style(14, bold=True), RIGHT - LATIN - 30 * mm)
        self._text(_people(head.stop.people), RIGHT, middle, Style(11, bold=True, align="right"))
        self._rule(self.top - 10 * mm, LEFT)

    def _spot(self) -> None:
        middle = self.top - 5 * mm
        self._text(_("Added on the spot"), LATIN, middle, Style(14, bold=True), RIGHT - LATIN)
        self._rule(self.top - 10 * mm, LEFT)

    def _empty(self, lines: EmptyLines) -> None:
        for row in range(lines.number):
            middle = self.top - row * ROW - ROW / 2
            self._box(middle)
            self._rule(middle - BOX / 2, LATIN)

    def _rule(self, height: float, left: float) -> None:
        self.pen.canvas.setStrokeColor(INK)
        self.pen.canvas.setLineWidth(0.3 * mm)
        self.pen.canvas.line(left, height, RIGHT, height)

    def _group(self, group: Group) -> None:
        size = len(group.people)
        if size > 1:
            self.pen.canvas.setFillColor(INK)
            self.pen.canvas.rect(
                LEFT + 6 * mm, self.top - size * ROW + 1 * mm, 1 * mm, size * ROW - 2 * mm, 0, 1
            )
            self._text(str(size), LEFT + 1 * mm, self.top - ROW / 2, Style(12, bold=True))
        first = self.top - ROW / 2
        for row, traveller in enumerate(group.people):
            self._traveller(traveller, first - row * ROW)
        if group.prams:
            left, bottom = RIGHT - SIGN, first - SIGN / 2
            with self.pen.figure(_("Pram")):
                draw_pram(self.pen.canvas, left, bottom, SIGN, INK)

    def _traveller(self, traveller: Traveller, middle: float) -> None:
        person = traveller.person
        self._box(middle)
        self._text(listed_name(person), LATIN, middle, Style(11.5, bold=True), OWN - LATIN - GAP)
        if person.own_name:
            self._text(person.own_name, OWN, middle, Style(10), SIGNS - OWN - GAP)
        if traveller.wheelchair:
            with self.pen.figure(_("Wheelchair")):
                draw_wheelchair(self.pen.canvas, SIGNS, middle - SIGN / 2, SIGN, INK)

    def _box(self, middle: float) -> None:
        self.pen.canvas.setStrokeColor(INK)
        self.pen.canvas.setLineWidth(0.4 * mm)
        self.pen.canvas.rect(LEFT + 9.5 * mm, middle - BOX / 2, BOX, BOX)

    def _text(
        self, text: str, x: float, middle: float, style: Style, width: float = RIGHT - LEFT
    ) -> None:
        """Draw one line around the given height, smaller or cut where it is too long."""
        typeface = self.pen.fonts.bold if style.bold else self.pen.fonts.regular
        block = one_line(text, typeface, style.size, width)
        top = middle + block.height / 2
        self.pen.block(block, x, top, style.align, style.colour, style.kind)

    def _clock(self, at: datetime) -> str:
        return f"{local(at, self.fair.time_zone):%H:%M}"


def listed_name(person: Attendee) -> str:
    """Return the name as lists are sorted by it: family name, given name."""
    return ", ".join(part for part in (person.family_name, person.given_name) if part)


def _people(number: int) -> str:
    return str(ngettext("%(num)s person", "%(num)s people", number))
