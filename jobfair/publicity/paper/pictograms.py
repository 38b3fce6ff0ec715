"""The pictograms of the pages on paper: the same drawings, read from the same file."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

SOURCE = Path(__file__).parents[2] / "static" / "img" / "pictograms.svg"
SIDE = 32
"""The grid of a pictogram."""

_SVG = "{http://www.w3.org/2000/svg}"
_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
Point = tuple[float, float]
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7, "Z": 0}


def draw_pictogram(
    canvas: Canvas, name: str, left: float, bottom: float, size: float, colour: Color
) -> None:
    """Draw a pictogram that many points high in one colour; its foot stands at the bottom."""
    canvas.saveState()
    canvas.translate(left, bottom + size)
    canvas.scale(size / SIDE, -size / SIDE)
    canvas.setFillColor(colour)
    canvas.setStrokeColor(colour)
    for shape, attributes in _shapes(_symbols()[f"i-{name}"], {}):
        path = canvas.beginPath()
        if shape == "circle":
            path.circle(*(float(attributes[key]) for key in ("cx", "cy", "r")))
        else:
            _trace(path, attributes["d"])
        canvas.setLineWidth(float(attributes.get("stroke-width", 1)))
        canvas.setLineJoin(int(attributes.get("stroke-linejoin") == "round"))
        drawn = {key: int(attributes.get(key, "none") != "none") for key in ("stroke", "fill")}
        canvas.drawPath(path, **drawn)
    canvas.restoreState()


@cache
def _symbols() -> dict[str, ET.Element]:
    root = ET.parse(SOURCE).getroot()  # noqa: S314  # a file of ours
    return {symbol.attrib["id"]: symbol for symbol in root.iter(f"{_SVG}symbol")}


def _shapes(group: ET.Element, inherited: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    for element in group:
        attributes = {**inherited, **element.attrib}
        if element.tag == f"{_SVG}g":
            yield from _shapes(element, attributes)
        else:
            yield element.tag.removeprefix(_SVG), attributes


def _trace(path: PDFPathObject, data: str) -> None:
    """Draw the commands of a path: lines and arcs of circles, which is all that ours have."""
    here = begun = (0.0, 0.0)
    for command, numbers in _commands(data):
        if command in "Zz":
            path.close()
            here = begun
            continue
        there = _end_of(command, numbers, here)
        if command in "Mm":
            path.moveTo(*there)
            begun = there
        elif command in "Aa":
            _arc(path, here, there, numbers[0], bool(numbers[3]), bool(numbers[4]))
        else:
            path.lineTo(*there)
        here = there


def _end_of(command: str, numbers: list[float], here: Point) -> Point:
    """Return where a command leads; in small letters it counts from where one is."""
    from_x, from_y = here if command.islower() else (0.0, 0.0)
    if command in "Hh":
        return from_x + numbers[0], here[1]
    if command in "Vv":
        return here[0], from_y + numbers[0]
    return from_x + numbers[-2], from_y + numbers[-1]


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Go through the commands with their numbers; a repeated one need not be named again."""
    tokens = _TOKEN.findall(data)
    place, command = 0, ""
    while place < len(tokens):
        if tokens[place].isalpha():
            command = tokens[place]
            place += 1
        count = _TAKES[command.upper()]
        yield command, [float(token) for token in tokens[place : place + count]]
        place += count
        command = {"M": "L", "m": "l"}.get(command, command)


def _arc(
    path: PDFPathObject,
    start: Point,
    end: Point,
    radius: float,
    large: bool,
    sweep: bool,
) -> None:
    """Go along a circle from one point to the other, as SVG's implementation notes work it out."""
    half_x, half_y = (end[0] - start[0]) / 2, (end[1] - start[1]) / 2
    half = math.hypot(half_x, half_y)
    radius = max(radius, half)
    away = math.sqrt(radius**2 - half**2) / half * (-1 if large == sweep else 1)
    centre = (start[0] + half_x - away * half_y, start[1] + half_y + away * half_x)
    first, last = (math.degrees(math.atan2(y - centre[1], x - centre[0])) for x, y in (start, end))
    extent = (last - first) % 360 if sweep else -((first - last) % 360)
    path.arcTo(
        centre[0] - radius,
        centre[1] - radius,
        centre[0] + radius,
        centre[1] + radius,
        first,
        extent,
    )
