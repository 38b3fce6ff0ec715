"""A camera that takes pictures of badges, with Pillow: what it sees from where.

The frame is 720 by 1280 pixels, as a phone held upright hands to the page, with the view of 60
degrees that filming leaves of a main camera. All is drawn at twice that size and then reduced, so
that every pixel gathers the light of its area.
"""

from math import cos, radians, sin
from random import Random

from PIL import Image, ImageDraw

from bench.frames.light import FINE, expose
from bench.frames.paper import DOTS, Point, bent, bent_place, worn
from bench.frames.scenes import Scene

WIDTH, HEIGHT = 720, 1280
BIG = WIDTH * FINE, HEIGHT * FINE
FOCAL = BIG[1] / 2 / 0.577
"""In pixels of the large frame: half its height over the tangent of half the view."""

Matrix = tuple[tuple[float, ...], ...]


def photograph(badge: Image.Image, centre: Point, scene: Scene) -> Image.Image:
    """Return the frame that shows the badge, whose code's centre is there in millimetres."""
    rng = Random(scene.seed)
    if scene.wear:
        badge = worn(badge, centre, scene.wear, rng)
    if scene.bend:
        across = badge.width / DOTS
        badge = bent(badge, scene.bend)
        centre = bent_place(centre[0], across, scene.bend), centre[1]
    seen = _background(rng)
    paper = _projected(badge, centre, scene)
    seen.paste(paper.getchannel("L"), mask=paper.getchannel("A"))
    return expose(seen, scene, FOCAL / scene.distance, _place(scene, scene.glare_at), rng)


def _projected(badge: Image.Image, centre: Point, scene: Scene) -> Image.Image:
    """Return the badge as a pinhole sees it, transparent around."""
    reduced = max(1, int(DOTS * scene.distance / FOCAL))
    opaque = Image.merge("LA", (badge, Image.new("L", badge.size, 255))).reduce(reduced)
    size = reduced / DOTS
    plane = ((size, 0.0, -centre[0]), (0.0, size, -centre[1]), (0.0, 0.0, 1.0))
    back = _inverse(_product(_pinhole(scene), plane))
    data = [value / back[2][2] for row in back for value in row][:8]
    return opaque.transform(
        BIG, Image.Transform.PERSPECTIVE, data, Image.Resampling.BICUBIC, fillcolor=(0, 0)
    )


def _pinhole(scene: Scene) -> Matrix:
    """Return the map from the badge's plane, around its code, to the large frame."""
    across = _product(_turned(1, scene.yaw), _turned(0, scene.pitch))
    turned = _product(_turned(2, scene.roll), across)
    aside, down = (
        share * side / FOCAL * scene.distance
        for share, side in zip((scene.aside, scene.down), BIG, strict=True)
    )
    place = zip(turned, (aside, down, scene.distance), strict=True)
    lens = ((FOCAL, 0.0, BIG[0] / 2), (0.0, FOCAL, BIG[1] / 2), (0.0, 0.0, 1.0))
    return _product(lens, tuple((row[0], row[1], shift) for row, shift in place))


def _turned(axis: int, degrees: float) -> Matrix:
    one, two = (place for place in range(3) if place != axis)
    rows = [[float(row == column) for column in range(3)] for row in range(3)]
    rows[one][one] = rows[two][two] = cos(radians(degrees))
    rows[one][two], rows[two][one] = -sin(radians(degrees)), sin(radians(degrees))
    return tuple(map(tuple, rows))


def _product(left: Matrix, right: Matrix) -> Matrix:
    columns = tuple(zip(*right, strict=True))
    return tuple(
        tuple(sum(a * b for a, b in zip(row, column, strict=True)) for column in columns)
        for row in left
    )


def _inverse(matrix: Matrix) -> Matrix:
    """Return the inverse but for a factor, which means nothing in homogeneous coordinates."""
    (a, b, c), (d, e, f), (g, h, i) = matrix
    return (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )


def _place(scene: Scene, point: Point) -> Point:
    """Return where in the large frame a point of the badge is seen, from its code's centre."""
    x, y, z = (row[0] * point[0] + row[1] * point[1] + row[2] for row in _pinhole(scene))
    return x / z, y / z


def _background(rng: Random) -> Image.Image:
    """Return a plain or striped jacket."""
    frame = Image.new("L", BIG, rng.randrange(40, 190))
    if rng.random() < 0.4:
        draw, step = ImageDraw.Draw(frame), rng.randrange(24, 160)
        stripe = rng.randrange(30, 220)
        for left in range(0, BIG[0], step):
            draw.rectangle((left, 0, left + step // 2, BIG[1]), stripe)
    return frame
