"""QR codes: what a badge's code holds, its modules, and how they are drawn."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

import qrcode

try:
    import zxingcpp
except ImportError:  # no wheel for this platform: the slower encoder serves alone
    HAVE_ZXING = False
else:
    HAVE_ZXING = True

QUIET = 4
"""Light modules that a reader needs on every side of a code."""

Matrix = tuple[bytes, ...]
"""Rows from the top, one byte a module: 1 is dark."""

_DARK_RUN = re.compile(b"\x01+")
_STRIP = 8
_DARK_IS_ZERO = bytes([1]) + bytes(255)


def badge_url(base_url: str, code: str) -> str:
    """Return the address behind a badge, in the capitals that alphanumeric mode needs."""
    return f"{base_url.rstrip('/')}/b/{code}".upper()


def qr_matrix(text: str) -> Matrix:
    """Return the modules of the smallest level M code that holds the text."""
    return encode_with_zxing(text) if HAVE_ZXING else encode_with_qrcode(text)


def qr_svg(text: str, label: str) -> str:
    """Return an SVG image of the code, dark on white in every theme, for use inside a page."""
    matrix = qr_matrix(text)
    size = len(matrix) + 2 * QUIET
    path = "".join(
        f"M{QUIET + run.start()} {QUIET + y}h{len(run[0])}v1h-{len(run[0])}z"
        for y, row in enumerate(matrix)
        for run in _DARK_RUN.finditer(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img"'
        f' aria-label="{escape(label)}" shape-rendering="crispEdges">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{path}"/></svg>'
    )


def qr_operators(matrix: Matrix) -> str:
    """Return the dark modules as one PDF path in units of a module, y downwards."""
    return "".join(
        _strip_operators(x, y, row[x : x + _STRIP])
        for y, row in enumerate(matrix)
        for x in range(0, len(row), _STRIP)
    )


@lru_cache(maxsize=1 << 15)
def _strip_operators(x: int, y: int, modules: bytes) -> str:
    """Return the rectangles of a few modules; there are not many strips, so most are known."""
    return "".join(
        f"{x + run.start()} {y} {len(run[0])} 1 re " for run in _DARK_RUN.finditer(modules)
    )


def encode_with_zxing(text: str) -> Matrix:
    """Return the modules as the fast encoder places them."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = barcode.to_image(scale=1, add_quiet_zones=False)
    size = image.shape[0]
    pixels = memoryview(image)  # type: ignore[arg-type] # its stub omits the buffer protocol
    modules = bytes(pixels).translate(_DARK_IS_ZERO)
    return tuple(modules[y * size : (y + 1) * size] for y in range(size))


def encode_with_qrcode(text: str) -> Matrix:
    """Return the modules as the encoder in pure Python places them."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    return tuple(bytes(row) for row in code.get_matrix())
