"""The poster, A3: every language at once, and answers below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jobfair.attendees.badges.fonts import FONTS_DIR, load_fonts
from jobfair.attendees.badges.pen import Pen
from jobfair.publicity.paper.front import HEIGHT, WIDTH, draw_front
from jobfair.publicity.paper.words import Facts, Words


def poster(facts: Facts, languages: Sequence[Words], fonts_dir: Path = FONTS_DIR) -> bytes:
    """Return the poster; the first language is German and names the kind of fair on top."""
    fonts = load_fonts(fonts_dir)
    pen = Pen(fonts, facts.name, languages[0].lang, tagged=True, size=(WIDTH, HEIGHT))
    with pen.page():
        draw_front(pen, facts, languages, languages[0], with_answers=True)
    return pen.finish()
