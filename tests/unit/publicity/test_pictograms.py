"""Pictograms on paper look as they do on pages."""

import pytest
from PIL import ImageStat
from reportlab.lib.colors import HexColor

from jobfair.attendees.badges.fonts import load_fonts
from jobfair.attendees.badges.pen import Pen
from jobfair.publicity.paper.pictograms import draw_pictogram

SIZE = 320


def inked(render, name: str) -> tuple[float, tuple[float, ...]]:
    """Return which share of its square is inked, and the edges of the ink in units of the grid."""
    pen = Pen(load_fonts(), "x", "de", tagged=False, size=(SIZE, SIZE))
    with pen.page():
        draw_pictogram(pen.canvas, name, 0, 0, SIZE, HexColor("#000000"))
    (page,) = render(pen.finish())
    ink = page.convert("L").point(lambda shade: 255 - shade)
    edges = tuple(edge / SIZE * 32 for edge in ink.point(lambda s: 255 * (s > 127)).getbbox())
    return ImageStat.Stat(ink).mean[0] / 255, edges


@pytest.mark.parametrize(
    ("name", "share", "edges"),
    [  # as Chromium draws them
        ("stop", 0.255, (5.5, 1, 26.5, 31)),
        ("family", 0.471, (2.5, 2.7, 29.5, 30)),
        ("bus", 0.405, (1, 6, 31, 27.2)),
        ("stand", 0.546, (1, 2, 31, 30)),
    ],
)
def test_shape(render, name: str, share: float, edges: tuple[float, ...]) -> None:
    found_share, found_edges = inked(render, name)
    assert found_share == pytest.approx(share, abs=0.02)
    assert found_edges == pytest.approx(edges, abs=0.3)
