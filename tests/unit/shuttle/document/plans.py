"""Plans for tests: a county of a few stops north of the fair, two waves, two kinds of buses."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from jobfair.shuttle.document import (
    BY_HAND,
    Document,
    Left,
    PlanBus,
    PlanCall,
    PlanStop,
    PlanTrip,
    PlanWave,
    TripKey,
)
from jobfair.shuttle.fleet import SettingsInput
from jobfair.shuttle.planning.types import Group
from jobfair.shuttle.rules import Direction

FAIR = (52.25, 8.07)
ARRIVES = datetime(2026, 11, 28, 9, tzinfo=UTC)
LEAVES = ARRIVES + timedelta(hours=4)
OUT, BACK = Direction.OUT, Direction.BACK
STOPS = tuple(PlanStop(n, f"Halt {n}", "03459014", 52.25 + n / 20, 8.07) for n in range(1, 7))
COACH = PlanBus("Reisebus", 50, 2, 3, 40000)
VAN = PlanBus("Kleinbus", 8, 0, 2, 15000)
ONE, TWO, CHAIR = Group(1), Group(2), Group(0, 1)
LINE_1, LINE_2, HOME_1 = TripKey(OUT, 1, 0), TripKey(OUT, 2, 0), TripKey(BACK, 1, 0)


def call(stop: int, *groups: Group, minutes: int | None = None) -> PlanCall:
    """Return a halt for these groups."""
    return PlanCall(stop, groups, minutes)


def plan(**given: object) -> Document:
    """Return a sound plan: line 1 from stops 3 and 1, line 2 from stop 5, home again on line 1."""
    out = PlanWave(
        OUT,
        0,
        ARRIVES,
        trips=(
            PlanTrip(1, "Reisebus", (call(3, TWO, CHAIR), call(1, ONE))),
            PlanTrip(2, "Kleinbus", (call(5, TWO, TWO),)),
        ),
        unserved=(Left(6, (TWO,), "too_few_buses"),),
    )
    back = PlanWave(
        BACK, 0, LEAVES, (PlanTrip(1, "Reisebus", (call(1, ONE), call(3, TWO, CHAIR))),)
    )
    values = {"waves": (out, back), "stops": STOPS, "buses": (COACH, VAN)}
    return Document(FAIR, policy=SettingsInput(), **{**values, **given})  # type: ignore[arg-type]


groups = st.lists(
    st.builds(Group, st.integers(1, 4), st.integers(0, 1)), min_size=1, max_size=3
).map(tuple)


@st.composite
def waves(draw: st.DrawFn, direction: Direction) -> PlanWave:
    """Draw a wave in which any bus may call anywhere."""
    trips = []
    for line in range(1, draw(st.integers(0, 3)) + 1):
        stops = draw(st.lists(st.integers(1, 5), unique=True, max_size=4))
        bus = draw(st.sampled_from(("Reisebus", "Kleinbus")))
        shift = draw(st.integers(-30, 30))
        trips.append(
            PlanTrip(line, bus, tuple(PlanCall(stop, draw(groups)) for stop in stops), shift)
        )
    left = draw(st.lists(st.builds(Left, st.integers(1, 6), groups, st.just(BY_HAND)), max_size=2))
    at = ARRIVES if direction is OUT else LEAVES
    return PlanWave(direction, 0, at, tuple(trips), tuple(left))


documents = st.builds(lambda out, back: plan(waves=(out, back)), waves(OUT), waves(BACK))
