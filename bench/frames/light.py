"""What light, lens and sensor make of a picture: exposure, shadow, lamp, blur, grain, JPEG."""

from collections.abc import Sequence
from io import BytesIO
from math import cos, exp, pi, sin, sqrt
from random import Random

from PIL import Image, ImageChops

from bench.frames.scenes import Scene

FINE = 2
"""How much larger than the frame all is drawn, each way."""
LAMP = 420
"""How bright the middle of a mirrored lamp is, on the scale on which a pixel ends at 255."""
RAYS, STEPS = 32, 16
GOLDEN = pi * (3 - sqrt(5))

Point = tuple[float, float]


def expose(
    seen: Image.Image, scene: Scene, pixels_per_mm: float, lamp_at: Point, rng: Random
) -> Image.Image:
    """Return the frame that the sensor hands on of what is seen, which is twice as large."""
    tones = (scene.paper - scene.ink) / 255
    frame = seen.point([round(scene.ink + tones * value) for value in range(256)])
    if scene.shade < 1:
        frame = _shaded(frame, scene)
    if scene.glare:
        frame = ImageChops.add(frame, _lamp(frame.size, lamp_at, scene.glare * pixels_per_mm))
    frame = _mean(_shifted(frame, _disc(scene.blur * FINE)))
    if scene.moved:
        frame = _mean(_shifted(frame, _path(scene.moved * pixels_per_mm, scene.heading)))
    frame = _grained(frame.reduce(FINE), scene, rng)
    return _compressed(frame, scene.quality) if scene.quality else frame


def _shaded(frame: Image.Image, scene: Scene) -> Image.Image:
    """Return the picture with a shadow on one side of a line through the code."""
    aside, down = (
        (0.5 + share) * side
        for share, side in zip((scene.aside, scene.down), frame.size, strict=True)
    )
    small = Image.new("L", (frame.width // 4, frame.height // 4))
    across, along = cos(scene.heading), sin(scene.heading)
    lit = []
    for y in range(small.height):
        for x in range(small.width):
            beyond = (4 * x - aside) * across + (4 * y - down) * along
            share = min(1, max(0, 0.5 + beyond / (2 * scene.shade_edge * FINE)))
            lit.append(round(255 * (scene.shade + (1 - scene.shade) * share)))
    small.putdata(lit)
    return ImageChops.multiply(frame, small.resize(frame.size, Image.Resampling.BILINEAR))


def _lamp(size: tuple[int, int], at: Point, spread: float) -> Image.Image:
    """Return the light of a lamp alone: a bell that is burnt out in its middle."""
    reach = round(3.5 * spread)
    side, step = 65, 2 * reach / 64
    bell = Image.new("L", (side, side))
    places = [(place - 32) * step / spread for place in range(side)]
    bell.putdata(
        [round(min(255, LAMP * exp(-(x * x + y * y) / 2))) for y in places for x in places]
    )
    light = Image.new("L", size)
    corner = round(at[0]) - reach, round(at[1]) - reach
    light.paste(bell.resize((2 * reach, 2 * reach), Image.Resampling.BICUBIC), corner)
    return light


def _disc(radius: float) -> list[Point]:
    """Return places spread evenly over a disc, as a lens out of focus spreads a point."""
    return [
        (
            radius * sqrt((ray + 0.5) / RAYS) * cos(ray * GOLDEN),
            radius * sqrt((ray + 0.5) / RAYS) * sin(ray * GOLDEN),
        )
        for ray in range(RAYS)
    ]


def _path(length: float, heading: float) -> list[Point]:
    """Return places along the way that a hand makes during an exposure."""
    ways = [length * (step / (STEPS - 1) - 0.5) for step in range(STEPS)]
    return [(way * cos(heading), way * sin(heading)) for way in ways]


def _shifted(frame: Image.Image, places: Sequence[Point]) -> list[Image.Image]:
    return [ImageChops.offset(frame, round(x), round(y)) for x, y in places]


def _mean(frames: Sequence[Image.Image]) -> Image.Image:
    """Return the mean of so many pictures, a power of two, so that each weighs the same."""
    while len(frames) > 1:
        frames = [
            Image.blend(one, two, 0.5) for one, two in zip(frames[::2], frames[1::2], strict=True)
        ]
    return frames[0]


def _grained(frame: Image.Image, scene: Scene, rng: Random) -> Image.Image:
    """Return the picture with fine grain, and with the blots that noise reduction leaves."""
    fine = _noise(frame.size, scene.noise, rng)
    if scene.blots:
        third = frame.width // 3, frame.height // 3
        blots = _noise(third, 1.6 * scene.blots, rng).resize(frame.size, Image.Resampling.BICUBIC)
        frame = ImageChops.add(frame, blots, offset=-128)
    return ImageChops.add(frame, fine, offset=-128)


def _noise(size: tuple[int, int], sigma: float, rng: Random) -> Image.Image:
    """Return noise around 128 that is nearly normal: the mean of four even ones."""
    even = [Image.frombytes("L", size, rng.randbytes(size[0] * size[1])) for _ in range(4)]
    spread = sigma / (255 / sqrt(12) / sqrt(4))
    return _mean(even).point([round(128 + spread * (value - 127.5)) for value in range(256)])


def _compressed(frame: Image.Image, quality: int) -> Image.Image:
    file = BytesIO()
    frame.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("L")
