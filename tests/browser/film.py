"""Films for a fake camera: what is held up before it, and taken away again."""

from pathlib import Path

from PIL import Image

WIDTH, HEIGHT, RATE = 640, 480, 10
GREY = 110
HEAD = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420mpeg2\n".encode()
EMPTY = bytes([GREY]) * (WIDTH * HEIGHT)
CHROMA = bytes([128]) * (WIDTH * HEIGHT // 2)


class Lens:
    """A film of one frame, which is changed while the camera runs."""

    def __init__(self, film: Path) -> None:
        self.film = film
        film.write_bytes(HEAD + _frame(EMPTY))

    def show(self, held_up: Image.Image | None) -> None:
        """Have the camera see the picture from now on, as large as it can be, or nothing."""
        luma = EMPTY if held_up is None else _fitted(held_up)
        with self.film.open("r+b") as film:
            film.seek(len(HEAD))
            film.write(_frame(luma))


def _fitted(held_up: Image.Image) -> bytes:
    frame = Image.new("L", (WIDTH, HEIGHT), GREY)
    shown = held_up.convert("L")
    shown.thumbnail((WIDTH, HEIGHT))
    frame.paste(shown, ((WIDTH - shown.width) // 2, (HEIGHT - shown.height) // 2))
    return frame.tobytes()


def _frame(luma: bytes) -> bytes:
    return b"FRAME\n" + luma + CHROMA
