from typing import NamedTuple

class ShapeData(NamedTuple):
    cluster: int
    x_advance: float
    y_advance: float
    x_offset: float
    y_offset: float
    width: float

class ShapedStr(str):
    __shapeData__: list[ShapeData]

class TTFontFile:
    charToGlyph: dict[int, int]
    glyphToChar: dict[int, list[int]]

class HarfBuzzFace:
    glyph_count: int

class HarfBuzzFont:
    def glyph_to_string(self, gid: int) -> str: ...
    def get_glyph_h_advance(self, gid: int) -> int: ...

class TTFont:
    face: TTFontFile
    hbFace: HarfBuzzFace
    def __init__(self, name: str, filename: str) -> None: ...
    def hbFont(self, fontSize: float = 10) -> HarfBuzzFont: ...
    def hbAddPrivate(self, name: str, gid: int, advance: int) -> int: ...

def shapeStr(s: str, fontName: str, fontSize: float, force: bool = False) -> str: ...
