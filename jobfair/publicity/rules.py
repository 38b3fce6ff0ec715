"""Sponsors' logos: what is taken, and in which form it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from jobfair.core.errors import DomainError, Invalid

SPONSORS_MOST = 12
NAME_MOST = 120
BYTES_MOST = 4 * 1024 * 1024
PIXELS_MOST = 16_000_000
SIDE_MOST = 1200
"""Wider or higher logos are made smaller: enough for 100 mm of a poster."""

_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg"}


@dataclass(frozen=True)
class Logo:
    """A picture as we keep it: drawn anew, so that nothing else is in the file."""

    data: bytes
    media_type: str


def read_logo(data: bytes) -> Logo:
    """Return the picture that was sent; raise Invalid where it is none or too large.

    What it is shows its content alone, whatever the file is called.
    """
    if not data:
        raise Invalid("logo_missing")
    if len(data) > BYTES_MOST:
        raise Invalid("logo_too_large")
    try:
        with Image.open(BytesIO(data), formats=tuple(_FORMATS)) as image:
            return _drawn_anew(image, image.format or "PNG")
    except DomainError:
        raise
    except Exception as error:  # a damaged picture breaks the library in any place
        raise Invalid("logo_unreadable") from error


def _drawn_anew(image: Image.Image, kind: str) -> Logo:
    if image.width * image.height > PIXELS_MOST:
        raise Invalid("logo_too_large")
    upright = ImageOps.exif_transpose(image)
    picture = upright.convert("RGBA" if kind == "PNG" and upright.has_transparency_data else "RGB")
    picture.thumbnail((SIDE_MOST, SIDE_MOST))
    clean = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    kept = BytesIO()
    clean.save(kept, kind, optimize=True, quality=90)
    return Logo(kept.getvalue(), _FORMATS[kind])
