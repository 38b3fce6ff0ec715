"""Films for a fake camera: something is held up and taken away, over and over."""

from pathlib import Path

import qrcode
from PIL import Image

WIDTH, HEIGHT, RATE = 640, 480, 10
WHITE, GREY = 235, 110


def write_film(path: Path, text: str) -> Path:
    """Write a film of a QR code that says the text."""
    return _write(path, _picture(text))


def film_of(path: Path, held_up: Image.Image) -> Path:
    """Write a film of the picture, as large as it can be."""
    frame = Image.new("L", (WIDTH, HEIGHT), GREY)
    shown = held_up.copy()
    shown.thumbnail((WIDTH, HEIGHT))
    frame.paste(shown, ((WIDTH - shown.width) // 2, (HEIGHT - shown.height) // 2))
    return _write(path, frame.tobytes())


def _write(path: Path, code: bytes, *, shown: float = 2.0, gone: float = 4.5) -> Path:
    """Write a raw film that shows the code for some seconds and then nothing for some."""
    chroma = bytes([128]) * (WIDTH * HEIGHT // 2)
    empty = bytes([GREY]) * (WIDTH * HEIGHT)
    with path.open("wb") as film:
        film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420mpeg2\n".encode())
        for luma in [code] * round(shown * RATE) + [empty] * round(gone * RATE):
            film.write(b"FRAME\n" + luma + chroma)
    return path


def _picture(text: str) -> bytes:
    code = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    modules = code.get_matrix()
    scale = 300 // len(modules)
    side = scale * len(modules)
    left, top = (WIDTH - side) // 2, (HEIGHT - side) // 2
    rows = [bytes([GREY]) * WIDTH] * top
    for line in modules:
        pixels = b"".join(bytes([16 if dark else WHITE]) * scale for dark in line)
        row = bytes([GREY]) * left + pixels
        rows += [row + bytes([GREY]) * (WIDTH - len(row))] * scale
    rows += [bytes([GREY]) * WIDTH] * (HEIGHT - len(rows))
    return b"".join(rows)
