"""What a phone's camera may meet at the door, as numbers drawn from a seed.

Every kind begins with a badge that is held into the picture by hand: 15 to 40 cm away, turned and
tilted a little, in good light, a breath out of focus, with a sensor's usual noise. Each kind then
makes one thing hard, over a range that goes from harmless to what staff do meet:

rotated     any angle
tilted      22 to 52 degrees out of the camera's plane, to any side
small       40 to 60 cm away: modules of three to two pixels in the whole frame
defocused   light of a point spread over two to seven pixels
moved       0.4 to 1.8 mm on the paper during one exposure (a module is 1.1 mm wide)
dark        paper at 70 to 24 of 255, the noise of a raised gain
noisy       grain with a standard deviation of 12 to 28, half of it in blots
glare       a lamp mirrored in a sleeve over the code, 5 to 13 mm of its 31 burnt out, as much as
            its error correction may bear; none of the three corner marks is burnt out, since
            without one no reader finds a code: there the hand has to move on
compressed  JPEG of quality 22 to 6, as a weak camera hands its frames on
shaded      a shadow's edge through the code, behind it a half to a quarter of the light
sleeved     behind hazy plastic: contrast down to a fifth
bent        round a cylinder of 150 to 60 mm radius, as paper on a lanyard bends
worn        folded, scratched and spotted
combined    three of the other kinds at once, each at most six tenths as hard
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import cos, pi, sin
from random import Random
from typing import Any

CORNER, CORNER_HALF = 11.9, 3.8
"""How far the middle of a corner mark is from the code's, and half the mark's side, in mm."""
BURNT_OUT = 1.16
"""The radius in which a lamp's bell leaves nothing of the ink, in its standard deviations."""

Draw = Callable[[float, float], float]
"""Draws a number between the harmless end of a range and the hard one."""


@dataclass(frozen=True)
class Scene:
    """How one badge stands before the camera. Millimetres on the paper, pixels in the frame."""

    distance: float
    roll: float
    yaw: float
    pitch: float
    aside: float
    down: float
    paper: float
    ink: float
    blur: float
    noise: float
    seed: int
    blots: float = 0
    moved: float = 0
    heading: float = 0
    quality: int = 0
    glare: float = 0
    glare_at: tuple[float, float] = (0, 0)
    shade: float = 1
    shade_edge: float = 1
    bend: float = 0
    wear: int = 0


def _handheld(rng: Random) -> Scene:
    """Return what nobody would call hard."""
    return Scene(
        distance=rng.uniform(150, 400),
        roll=rng.gauss(0, 8),
        yaw=rng.gauss(0, 7),
        pitch=rng.gauss(0, 7),
        aside=rng.uniform(-0.12, 0.12),
        down=rng.uniform(-0.12, 0.12),
        paper=rng.uniform(165, 235),
        ink=rng.uniform(25, 50),
        blur=rng.uniform(0.2, 0.8),
        noise=rng.uniform(2, 4),
        seed=rng.getrandbits(32),
    )


Kind = Callable[[Random, Draw], dict[str, Any]]


def _rotated(rng: Random, draw: Draw) -> dict[str, Any]:
    return {"roll": rng.choice((-1, 1)) * draw(0, 180)}


def _tilted(rng: Random, draw: Draw) -> dict[str, Any]:
    angle, side = draw(22, 52), rng.uniform(0, 2 * pi)
    return {"yaw": angle * cos(side), "pitch": angle * sin(side)}


def _small(_rng: Random, draw: Draw) -> dict[str, Any]:
    return {"distance": draw(400, 600)}


def _defocused(_rng: Random, draw: Draw) -> dict[str, Any]:
    return {"blur": draw(1, 3.5)}


def _moved(rng: Random, draw: Draw) -> dict[str, Any]:
    return {"moved": draw(0.4, 1.8), "heading": rng.uniform(0, 2 * pi)}


def _dark(_rng: Random, draw: Draw) -> dict[str, Any]:
    paper = draw(70, 24)
    return {"paper": paper, "ink": paper * 0.25, "noise": draw(3, 5), "blots": draw(0, 2)}


def _noisy(_rng: Random, draw: Draw) -> dict[str, Any]:
    grain = draw(12, 28) / 2**0.5
    return {"noise": grain, "blots": grain}


def _glare(rng: Random, draw: Draw) -> dict[str, Any]:
    spread = draw(2, 5.5)
    place = (0.0, 0.0)
    while not any(place) or _hides_a_corner(place, BURNT_OUT * spread):
        place = rng.uniform(-16, 16), rng.uniform(-16, 16)
    return {"glare": spread, "glare_at": place}


def _hides_a_corner(place: tuple[float, float], radius: float) -> bool:
    corners = ((-CORNER, -CORNER), (CORNER, -CORNER), (-CORNER, CORNER))
    return any(max(abs(place[0] - x), abs(place[1] - y)) < CORNER_HALF + radius for x, y in corners)


def _compressed(_rng: Random, draw: Draw) -> dict[str, Any]:
    return {"quality": round(draw(22, 6))}


def _shaded(rng: Random, draw: Draw) -> dict[str, Any]:
    return {"shade": draw(0.5, 0.25), "shade_edge": rng.uniform(1, 12), "heading": rng.random() * 6}


def _sleeved(rng: Random, draw: Draw) -> dict[str, Any]:
    paper = rng.uniform(150, 215)
    return {"paper": paper, "ink": paper * draw(0.4, 0.8), "blur": draw(0.5, 1.2)}


def _bent(_rng: Random, draw: Draw) -> dict[str, Any]:
    return {"bend": draw(150, 60)}


def _worn(_rng: Random, draw: Draw) -> dict[str, Any]:
    return {"wear": round(draw(3, 10))}


SINGLE: dict[str, Kind] = {
    "rotated": _rotated,
    "tilted": _tilted,
    "small": _small,
    "defocused": _defocused,
    "moved": _moved,
    "dark": _dark,
    "noisy": _noisy,
    "glare": _glare,
    "compressed": _compressed,
    "shaded": _shaded,
    "sleeved": _sleeved,
    "bent": _bent,
    "worn": _worn,
}
KINDS = (*SINGLE, "combined")
AT_ONCE, HARDNESS = 3, 0.6


def draw_scene(kind: str, number: int) -> Scene:
    """Return the scene of that number, the same in every run."""
    rng = Random(f"{kind} {number}")
    scene = _handheld(rng)
    if kind != "combined":
        return replace(scene, **SINGLE[kind](rng, _draw(rng, 1)))
    for one in rng.sample(sorted(SINGLE), AT_ONCE):
        scene = replace(scene, **SINGLE[one](rng, _draw(rng, HARDNESS)))
    return scene


def _draw(rng: Random, hardness: float) -> Draw:
    return lambda harmless, hard: harmless + (hard - harmless) * hardness * rng.random()
