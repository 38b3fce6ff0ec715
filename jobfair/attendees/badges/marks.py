"""The drawn signs: the fair's mark, plates, and the few pictograms that paper needs."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from jobfair.attendees.badges.pen import INK, PLUM, WHITE, Box

_MARK_WIDTH, _MARK_HEIGHT = 60, 32


def draw_mark(canvas: Canvas, box: Box) -> None:
    """Draw the mark, a line from a stop to a door, at the start side of the box."""
    scale = box.height / _MARK_HEIGHT
    canvas.saveState()
    canvas.translate(box.start, box.bottom)
    canvas.scale(-scale if box.rtl else scale, scale)
    canvas.setStrokeColor(PLUM)
    canvas.setLineWidth(5)
    canvas.line(18, 16, 42, 16)
    door = canvas.beginPath()
    door.moveTo(37, 4.5)
    door.lineTo(53.5, 4.5)
    door.lineTo(53.5, 27.5)
    door.lineTo(37, 27.5)
    canvas.drawPath(door)
    canvas.circle(11, 16, 7.5)
    canvas.restoreState()


def mark_width(height: float) -> float:
    """Return how wide a mark of this height is."""
    return height * _MARK_WIDTH / _MARK_HEIGHT


def draw_phone(canvas: Canvas, box: Box) -> None:
    """Draw a telephone in the middle of the box."""
    scale = box.height / 32
    canvas.saveState()
    canvas.translate(box.left + box.width / 2 - 16 * scale, box.bottom)
    canvas.scale(scale, scale)
    canvas.setFillColor(INK)
    canvas.roundRect(7, 1, 18, 30, 3, stroke=0, fill=1)
    canvas.setFillColor(WHITE)
    canvas.rect(10.3, 9, 11.4, 17, stroke=0, fill=1)
    canvas.rect(14, 4, 4, 2.5, stroke=0, fill=1)
    canvas.restoreState()


def draw_languages(canvas: Canvas, box: Box) -> None:
    """Draw two speech bubbles, the sign for a language, at the start side of the box."""
    scale = box.height / 32
    canvas.saveState()
    canvas.translate(box.left + (box.width - box.height if box.rtl else 0), box.bottom)
    canvas.scale(scale, scale)
    canvas.setStrokeColor(INK)
    canvas.setFillColor(INK)
    canvas.setLineWidth(3)
    canvas.setLineJoin(1)
    canvas.roundRect(13.5, 6.5, 16.5, 13, 2)
    _triangle(canvas, (20, 6), (27, 6), (27, 0.5))
    canvas.setStrokeColor(WHITE)
    canvas.roundRect(-0.5, 15, 22, 16.5, 3, stroke=1, fill=1)
    canvas.setLineWidth(2.4)
    canvas.line(4.5, 26, 16.5, 26)
    canvas.line(4.5, 21.5, 13, 21.5)
    _triangle(canvas, (4.5, 17), (10.5, 17), (4.5, 12))
    canvas.restoreState()


def _triangle(canvas: Canvas, *corners: tuple[float, float]) -> None:
    path = canvas.beginPath()
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
