"""The pictograms on the list of a bus: a wheelchair, a pram."""

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

UNITS = 32  # as the pictograms on screen


def draw_wheelchair(canvas: Canvas, left: float, bottom: float, size: float, ink: Color) -> None:
    """Draw somebody in a wheelchair into a square."""
    _begin(canvas, left, bottom, size, ink)
    canvas.circle(12.5, 27, 3.5, stroke=0, fill=1)
    body = canvas.beginPath()
    body.moveTo(12.5, 21.5)
    for corner in ((12.5, 12.2), (21.2, 12.2), (25, 4), (29, 4)):
        body.lineTo(*corner)
    canvas.drawPath(body)
    canvas.line(12.5, 17.8, 20, 17.8)
    canvas.arc(4.3, 1.8, 19.9, 17.4, 115, 231)
    canvas.restoreState()


def draw_pram(canvas: Canvas, left: float, bottom: float, size: float, ink: Color) -> None:
    """Draw a pram into a square."""
    _begin(canvas, left, bottom, size, ink)
    canvas.wedge(3, 7.8, 22.4, 27.2, 180, 180, stroke=0, fill=1)
    canvas.wedge(4, 10, 23, 29, 0, 90, stroke=0, fill=1)
    handle = canvas.beginPath()
    handle.moveTo(22, 17.5)
    for corner in ((25.5, 24.5), (30, 24.5)):
        handle.lineTo(*corner)
    canvas.drawPath(handle)
    for wheel in (8, 18):
        canvas.circle(wheel, 4, 2.7, stroke=0, fill=1)
    canvas.restoreState()


def _begin(canvas: Canvas, left: float, bottom: float, size: float, ink: Color) -> None:
    canvas.saveState()
    canvas.translate(left, bottom)
    canvas.scale(size / UNITS, size / UNITS)
    canvas.setStrokeColor(ink)
    canvas.setFillColor(ink)
    canvas.setLineWidth(3.1)
    canvas.setLineJoin(1)
