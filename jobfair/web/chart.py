"""The geometry of a bar chart: what the template draws, in units of its view box."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from math import ceil

WIDTH, HEIGHT = 600, 280
LEFT, TOP, BOTTOM = 34, 28, 240
RULES_MOST = 5
SLOT = timedelta(minutes=5)
SLOTS_LEAST = 12
_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Bar:
    """One bar: its slot, its value and the planned one, and where it stands."""

    at: datetime
    value: int
    planned: float
    x: float
    y: float
    width: float
    height: float
    labelled: bool
    peak: bool

    @property
    def middle(self) -> float:
        """Return where a label under the bar is centred."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Rule:
    """A horizontal rule and its figure."""

    value: int
    y: float


@dataclass(frozen=True)
class Chart:
    """Bars over slots of time, without gaps.

    `plan` is the outline of what was expected, as the path of a drawing, and `now` where the
    present stands, if it lies within the chart.
    """

    bars: tuple[Bar, ...]
    rules: tuple[Rule, ...]
    peak: Bar
    plan: str = ""
    now: float | None = None


def bar_chart(
    counted: Sequence[tuple[datetime, int]],
    plan: Sequence[tuple[datetime, float]] = (),
    now: datetime | None = None,
) -> Chart | None:
    """Return the chart of the counts per slot beside the plan, or None where there is neither."""
    if not counted and not plan:
        return None
    values, planned = dict(counted), dict(plan)
    times = [*values, *planned]
    slots = list(_slots(min(times), max(times)))
    rules = _rules(ceil(max(1, *values.values(), *planned.values())))
    top = rules[-1].value
    step = (WIDTH - LEFT) / len(slots)
    every = max(1, len(slots) // 6)
    highest = max(slots, key=lambda at: values.get(at, 0))
    bars = tuple(
        Bar(
            at=at,
            value=values.get(at, 0),
            planned=planned.get(at, 0.0),
            x=round(LEFT + step * (place + 0.11), 1),
            y=_height_of(values.get(at, 0), top),
            width=round(step * 0.78, 1),
            height=round(BOTTOM - _height_of(values.get(at, 0), top), 1),
            labelled=place % every == 0,
            peak=at == highest,
        )
        for place, at in enumerate(slots)
    )
    return Chart(
        bars,
        rules,
        peak=bars[slots.index(highest)],
        plan=_outline(bars, step, top),
        now=_place_of(now, slots[0], step),
    )


def _outline(bars: Sequence[Bar], step: float, top: int) -> str:
    """Return the path over the planned values as stairs, from the axis to the axis."""
    if not any(bar.planned for bar in bars):
        return ""
    stairs = "".join(
        f"V{_height_of(bar.planned, top)}H{LEFT + step * (place + 1):.1f}"
        for place, bar in enumerate(bars)
    )
    return f"M{LEFT} {BOTTOM}{stairs}V{BOTTOM}"


def _place_of(now: datetime | None, first: datetime, step: float) -> float | None:
    """Return where that moment stands, or None outside of the chart."""
    if now is None:
        return None
    x = LEFT + step * ((now - first) / SLOT)
    return round(x, 1) if LEFT <= x <= WIDTH else None


def _slots(first: datetime, last: datetime) -> Iterable[datetime]:
    number = max(int((last - first) / SLOT) + 1, SLOTS_LEAST)
    return (first + place * SLOT for place in range(number))


def _rules(most: int) -> tuple[Rule, ...]:
    """Return at most five rules at round figures, the last at or above the highest bar."""
    sizes = chain.from_iterable((step * 10**power for step in _STEPS) for power in range(7))
    size = next(size for size in sizes if size * (RULES_MOST - 1) >= most)
    top = -(-most // size) * size
    return tuple(Rule(value, _height_of(value, top)) for value in range(0, top + 1, size))


def _height_of(value: float, top: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * value / top, 1)
