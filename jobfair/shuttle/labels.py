"""Where the names on a map stand: on nothing else; those that find no room are left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

SIZE, BIG_SIZE = 14, 25
CHARACTER = 0.58
"""How wide a character is on average, as a part of the size."""
GAP = 4
EDGE = 4


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
    """A name and where its text begins, is centred or ends; the big ones are drawn on phones."""

    name: str
    people: int | None
    x: float
    y: float
    anchor: str
    is_big: bool = False

    def box(self, size: float) -> Box:
        """Return the room that the text takes at this size."""
        characters = len(self.name) + (0 if self.people is None else 1 + len(str(self.people)))
        wide = characters * CHARACTER * size
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return Box(left, self.y - 0.8 * size, left + wide, self.y + 0.25 * size)


def place_labels(
    wanted: Sequence[Wanted], fixed: Sequence[Box], size: tuple[float, float], big_most: int
) -> list[Label | None]:
    """Return a label for each that is wanted, the first before the others; None without room.

    At most `big_most` are big, those that have room at the size for phones too.
    """
    taken = list(fixed)
    placed: list[Label | None] = []
    for one in wanted:
        label = next(
            (
                label
                for label in _places(one)
                if label.box(SIZE).is_within(*size)
                and not any(label.box(SIZE).touches(other) for other in taken)
            ),
            None,
        )
        if label:
            taken.append(label.box(SIZE))
        placed.append(label)
    return _enlarged(placed, fixed, size, big_most)


def _enlarged(
    placed: list[Label | None], fixed: Sequence[Box], size: tuple[float, float], big_most: int
) -> list[Label | None]:
    """Return the labels with the first that have room on phones made big."""
    taken = list(fixed)
    found: list[Label | None] = []
    for label in placed:
        if label is None or len(taken) == len(fixed) + big_most:
            found.append(label)
            continue
        box = label.box(BIG_SIZE)
        fits = box.is_within(*size) and not any(box.touches(other) for other in taken)
        if fits:
            taken.append(box)
        found.append(replace(label, is_big=fits))
    return found


def _places(wanted: Wanted) -> Iterator[Label]:
    """Return where the label may stand, the best place first."""
    name, people, x, y = wanted.name, wanted.people, wanted.x, wanted.y
    beside, slant = wanted.reach + GAP, wanted.reach * 0.7 + GAP
    middle, below, above = 0.32 * SIZE, 0.8 * SIZE, -0.3 * SIZE
    for far in (0, 8):
        yield Label(name, people, x + beside + far, y + middle, "start")
        yield Label(name, people, x - beside - far, y + middle, "end")
        for down in (slant + below, -slant + above):
            yield Label(name, people, x + slant, y + down + (far if down > 0 else -far), "start")
            yield Label(name, people, x - slant, y + down + (far if down > 0 else -far), "end")
        yield Label(name, people, x, y + beside + below + far, "middle")
        yield Label(name, people, x, y - beside + above - far, "middle")
