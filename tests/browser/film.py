"""Films for a fake camera: something is held up and taken away, over and over."""

from pathlib import Path

import qrcode
from PIL import Image

WIDTH, HEIGHT, RATE = 640, 480, 10
WHITE, GREY = 235, 110
HEAD = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420mpeg2\n".encode()
EMPTY = bytes([GREY]) * (WIDTH * HEIGHT)
CHROMA = bytes([128]) * (WIDTH * HEIGHT // 2)


def write_film(path: Path, text: str) -> Path:
    """Write a film of a QR code that says the text."""
    return _write(path, _picture(text))


def film_of(path: Path, held_up: Image.Image) -> Path:
    """Write a film of the picture, as large as it can be."""
    return _write(path, _framed(held_up))


class Lens:
    """A film of one frame, which is changed while the camera runs."""

    def __init__(self, film: Path) -> None:
        self.film = film
        film.write_bytes(HEAD + _frame(EMPTY))

    def show(self, held_up: Image.Image | None) -> None:
        """Have the camera see the picture from now on, or nothing."""
        luma = EMPTY if held_up is None else _framed(held_up)
        with self.film.open("r+b") as film:
            film.seek(len(HEAD))
            film.write(_frame(luma))


def _framed(held_up: Image.Image) -> bytes:
    frame = Image.new("L", (WIDTH, HEIGHT), GREY)
    shown = held_up.convert("L")
    shown.thumbnail((WIDTH, HEIGHT))
    frame.paste(shown, ((WIDTH - shown.width) // 2, (HEIGHT - shown.height) // 2))
    return frame.tobytes()


def _frame(luma: bytes) -> bytes:
    return b"FRAME\n" + luma + CHROMA


def _write(path: Path, code: bytes, *, shown: float = 2.0, gone: float = 4.5) -> Path:
    """Write a raw film that shows the code for some seconds and then nothing for some."""
    with path.open("wb") as film:
        film.write(HEAD)
        for luma in [code] * round(shown * RATE) + [EMPTY] * round(gone * RATE):
            film.write(_frame(luma))
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
