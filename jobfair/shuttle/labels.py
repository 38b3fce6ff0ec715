"""Where the names on a map stand: on nothing else; those that find no room are left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CHARACTER = 0.58
"""How wide a character is on average, as a part of the size."""
GAP = 4
EDGE = 4

Point = tuple[float, float]
Piece = tuple[Point, Point]


@dataclass(frozen=True)
class Box:
    """A rectangle of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def round(cls, x: float, y: float, reach: float) -> "Box":
        """Return the square round a point."""
        return cls(x - reach, y - reach, x + reach, y + reach)

    def touches(self, other: "Box") -> bool:
        """Tell whether the two have room in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_within(self, width: float, height: float) -> bool:
        """Tell whether it lies in a picture of this size, with an edge round it."""
        return (
            self.left >= EDGE
            and self.top >= EDGE
            and self.right <= width - EDGE
            and self.bottom <= height - EDGE
        )

    def is_crossed(self, piece: Piece) -> bool:
        """Tell whether a straight piece of a line leads through it."""
        (x, y), (end_x, end_y) = piece
        enters, leaves = 0.0, 1.0
        for start, way, low, high in (
            (x, end_x - x, self.left, self.right),
            (y, end_y - y, self.top, self.bottom),
        ):
            if way == 0:
                if not low < start < high:
                    return False
                continue
            first, last = sorted(((low - start) / way, (high - start) / way))
            enters, leaves = max(enters, first), min(leaves, last)
        return enters < leaves


@dataclass(frozen=True)
class Wanted:
    """A label that is wanted for what is drawn round a point."""

    name: str
    people: int | None
    x: float
    y: float
    reach: float


@dataclass(frozen=True)
class Label:
    """A name and where its text begins, is centred or ends."""

    name: str
    people: int | None
    x: float
    y: float
    anchor: str

    def box(self, size: float) -> Box:
        """Return the room that the text takes at this size."""
        characters = len(self.name) + (0 if self.people is None else 1 + len(str(self.people)))
        wide = characters * CHARACTER * size
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return Box(left, self.y - 0.8 * size, left + wide, self.y + 0.25 * size)


@dataclass(frozen=True)
class Ground:
    """What labels stand on: the picture, what they must not touch, and lines better left free."""

    width: float
    height: float
    fixed: Sequence[Box]
    lines: Sequence[Piece]


def place_labels(wanted: Sequence[Wanted], ground: Ground, size: float) -> list[Label | None]:
    """Return a label of that size for each that is wanted, the first before the others.

    Where there is no room, it is None.
    """
    taken = list(ground.fixed)
    placed: list[Label | None] = []
    for one in wanted:
        label = _best(one, ground, taken, size)
        if label:
            taken.append(label.box(size))
        placed.append(label)
    return placed


def _best(wanted: Wanted, ground: Ground, taken: Sequence[Box], size: float) -> Label | None:
    """Return the first place that is free, and on no line if there is one."""
    crossed: list[tuple[int, int, Label]] = []
    for number, label in enumerate(_places(wanted, size)):
        box = label.box(size)
        if box.is_within(ground.width, ground.height) and not any(map(box.touches, taken)):
            crossed.append((sum(map(box.is_crossed, ground.lines)), number, label))
            if crossed[-1][0] == 0:
                break
    return min(crossed)[2] if crossed else None


def _places(wanted: Wanted, size: float) -> Iterator[Label]:
    """Return where the label may stand, the best place first."""
    name, people, x, y = wanted.name, wanted.people, wanted.x, wanted.y
    beside, slant = wanted.reach + GAP, wanted.reach * 0.7 + GAP
    middle, below, above = 0.32 * size, 0.8 * size, -0.3 * size
    for far in (0, size / 2):
        yield Label(name, people, x + beside + far, y + middle, "start")
        yield Label(name, people, x - beside - far, y + middle, "end")
        for down in (slant + below + far, -slant + above - far):
            yield Label(name, people, x + slant, y + down, "start")
            yield Label(name, people, x - slant, y + down, "end")
        yield Label(name, people, x, y + beside + below + far, "middle")
        yield Label(name, people, x, y - beside + above - far, "middle")
