"""The typefaces of printed matter: static TTF files, registered once with reportlab."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

FONTS_DIR = Path(__file__).parents[2] / "static" / "vendor" / "pdf"
"""Where the asset build puts the files."""

_FAMILIES = ("NotoSans", "NotoSansArabic")
_OPTIONAL_FAMILIES = ("NotoSansEthiopic",)
_LOADING = Lock()


@dataclass(frozen=True)
class Face:
    """One font file under its name in reportlab, with the characters it can draw."""

    name: str
    characters: AbstractSet[int]


@dataclass(frozen=True, eq=False)
class Typeface:
    """The files of one weight; the first one that has a character draws it."""

    faces: tuple[Face, ...]

    def covers(self, text: str) -> bool:
        """Tell whether every character of the text can be drawn."""
        return all(any(ord(char) in face.characters for face in self.faces) for char in text)

    def faces_for(self, char: str) -> tuple[Face, ...]:
        """Return the files that can draw the character, the first one where none can."""
        able = tuple(face for face in self.faces if ord(char) in face.characters)
        return able or self.faces[:1]


@dataclass(frozen=True, eq=False)
class Fonts:
    """The two weights that everything is set in."""

    regular: Typeface
    bold: Typeface


def load_fonts(directory: Path = FONTS_DIR) -> Fonts:
    """Return the fonts of a directory, registered with reportlab."""
    with _LOADING:  # the library's register knows one font by a name, whatever thread asks
        return _load_all(directory)


@cache
def _load_all(directory: Path) -> Fonts:
    optional = [name for name in _OPTIONAL_FAMILIES if (directory / f"{name}-Bold.ttf").exists()]
    families = (*_FAMILIES, *optional)
    return Fonts(
        regular=Typeface(tuple(_load(directory, f"{family}-Regular") for family in families)),
        bold=Typeface(tuple(_load(directory, f"{family}-Bold") for family in families)),
    )


def _load(directory: Path, name: str) -> Face:
    font = TTFont(name, str(directory / f"{name}.ttf"))
    characters = frozenset(font.face.charToGlyph)
    _name_all_glyphs(font)
    registerFont(font)
    return Face(name, characters)


def _name_all_glyphs(font: TTFont) -> None:
    """Give each glyph without a character a private one, in the order of the file.

    The library does so as glyphs turn up, and then a document depends on those drawn before it.
    """
    harfbuzz_font = font.hbFont()
    for glyph in range(font.hbFace.glyph_count):
        if glyph not in font.face.glyphToChar:
            font.hbAddPrivate(
                harfbuzz_font.glyph_to_string(glyph),
                glyph,
                harfbuzz_font.get_glyph_h_advance(glyph),
            )
