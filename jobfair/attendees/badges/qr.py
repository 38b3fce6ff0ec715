"""QR codes: what a badge's code holds, its modules, and how they are drawn."""

from __future__ import annotations

import re
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
_DARK_IS_ZERO = bytes([1]) + bytes(255)


def badge_url(base_url: str, code: str) -> str:
    """Return the address behind a badge, in the capitals that alphanumeric mode needs."""
    return f"{base_url.rstrip('/')}/b/{code}".upper()


def grouped(code: str) -> str:
    """Return the code in groups of four, as people read it."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


def qr_matrix(text: str) -> Matrix:
    """Return the modules of the smallest level M code that holds the text."""
    return encode_with_zxing(text) if HAVE_ZXING else encode_with_qrcode(text)


def qr_svg(text: str, label: str) -> str:
    """Return an SVG image of the code, dark on white in every theme, for use inside a page."""
    matrix = qr_matrix(text)
    size = len(matrix) + 2 * QUIET
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z" for x, y, width in dark_runs(matrix)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img"'
        f' aria-label="{escape(label)}" shape-rendering="crispEdges">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{path}"/></svg>'
    )


def dark_runs(matrix: Matrix) -> list[tuple[int, int, int]]:
    """Return x, y and width of every horizontal run of dark modules."""
    return [
        (match.start(), y, match.end() - match.start())
        for y, row in enumerate(matrix)
        for match in _DARK_RUN.finditer(row)
    ]


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
