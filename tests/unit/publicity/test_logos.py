"""Logos: what is taken, and in which form it is kept."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from jobfair.core.errors import Invalid
from jobfair.publicity.rules import BYTES_MOST, SIDE_MOST, read_logo
from tests.unit.publicity.conftest import picture


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def png_of(width: int, height: int, exif: bytes = b"") -> bytes:
    """Return a PNG that says it is that large, with hardly anything in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    if exif:
        parts.insert(1, (b"eXIf", exif))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts)


@pytest.mark.parametrize(
    ("kind", "mode", "kept"),
    [
        ("PNG", "RGB", "image/png"),
        ("PNG", "RGBA", "image/png"),
        ("PNG", "P", "image/png"),
        ("PNG", "1", "image/png"),
        ("JPEG", "RGB", "image/jpeg"),
        ("JPEG", "L", "image/jpeg"),
        ("JPEG", "CMYK", "image/jpeg"),
    ],
)
def test_pictures_of_every_kind_are_kept(kind: str, mode: str, kept: str) -> None:
    logo = read_logo(picture(300, 100, kind, mode))
    assert logo.media_type == kept
    assert opened(logo.data).size == (300, 100)
    assert opened(logo.data).mode in ("RGB", "RGBA")


def test_what_shines_through_still_does() -> None:
    clear = BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 64)).save(clear, "PNG")
    kept = opened(read_logo(clear.getvalue()).data)
    assert kept.getpixel((5, 5)) == (255, 0, 0, 64)


def test_large_pictures_are_made_smaller() -> None:
    assert opened(read_logo(picture(4000, 2000)).data).size == (SIDE_MOST, SIDE_MOST // 2)


def test_nothing_but_the_picture_is_kept() -> None:
    notes = PngInfo()
    notes.add_text("Author", "Quirin Quast")
    told = BytesIO()
    Image.new("RGB", (20, 10)).save(told, "PNG", pnginfo=notes)
    photo, exif = BytesIO(), Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "Quirin Quast"  # lies on its side
    Image.new("RGB", (20, 10)).save(photo, "JPEG", exif=exif)
    for sent in (told, photo):
        assert b"Quast" in sent.getvalue()
        assert b"Quast" not in read_logo(sent.getvalue() + b"Quast").data
    assert opened(read_logo(photo.getvalue()).data).size == (10, 20)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "logo_missing"),
        (b"\x89PNG\r\n\x1a\n", "logo_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "logo_unreadable"),
        (b"%PDF-1.7", "logo_unreadable"),
        (picture(30, 30, "GIF"), "logo_unreadable"),
        (picture(30, 30, "BMP"), "logo_unreadable"),
        (picture(300, 300, "JPEG")[:200], "logo_unreadable"),
        (picture(300, 300)[:60], "logo_unreadable"),
        (png_of(40, 40)[:-30], "logo_unreadable"),
        (bytes(BYTES_MOST + 1), "logo_too_large"),
        (png_of(4001, 4000), "logo_too_large"),
        (png_of(60_000, 60_000), "logo_unreadable"),
        (png_of(2, 2, b"MM\x00*\x00\x00"), "logo_unreadable"),
    ],
    ids=range(13),
)
def test_what_is_no_logo_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_logo(data)
    assert refused.value.code == code
