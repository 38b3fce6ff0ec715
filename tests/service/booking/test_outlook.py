"""What a household is told before it registers comes true when it does."""

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobfair.attendees.rules import AttendeeKind, HouseholdInput, HouseholdState, PersonInput
from jobfair.booking.outlook import Outlook, outlooks_of
from jobfair.core.db import transaction
from jobfair.core.errors import Invalid
from jobfair.fairs.models import Fair
from jobfair.fairs.queries import get_fair, list_windows
from jobfair.places.operations import book
from jobfair.places.rules import Reason
from tests.factories import NOW, make_fair, make_household, make_window

SIZES = st.integers(1, 5)


def outlook(fair: Fair, people: int, *, closed: bool = False) -> dict[int | None, Outlook]:
    return outlooks_of(get_fair(fair.id), list_windows(fair.id), people, closed=closed)


def wish(people: int, window_id: int | None, key: str = "newcomer") -> HouseholdInput:
    names = [PersonInput(AttendeeKind.ADULT, f"Amal{n}") for n in range(people)]
    return HouseholdInput(key, "ar", "other", "", "", tuple(names), window_id)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    capacity=st.integers(1, 8),
    rooms=st.lists(st.integers(1, 6), max_size=2),
    line=st.lists(st.tuples(SIZES, st.integers(0, 1), st.integers(0, 3)), max_size=3),
    people=SIZES,
    choice=st.integers(0, 1),
)
def test_whoever_is_told_to_wait_waits_and_nobody_else(
    app: Flask,
    capacity: int,
    rooms: list[int],
    line: list[tuple[int, int, int]],
    people: int,
    choice: int,
) -> None:
    fair = make_fair(capacity=capacity)
    windows = [make_window(fair, capacity=room).id for room in rooms]
    chosen = windows[choice % len(windows)] if windows else None
    for size, place, passed_over in line:
        make_household(
            fair,
            adults=size,
            children=0,
            state=HouseholdState.WAITLISTED,
            window_id=windows[place % len(windows)] if windows else None,
            passed_over=passed_over,
        )
    told = outlook(fair, people)[chosen]
    try:
        with transaction():
            state = book(fair.id, wish(people, chosen), now=NOW).state
    except Invalid:
        assert told.reason is Reason.TOO_LARGE
        assert people > told.most
    else:
        assert told.waits == (state is HouseholdState.WAITLISTED)


def test_closed_registration_means_waiting(app: Flask) -> None:
    fair = make_fair(capacity=5)
    make_household(fair, adults=1, children=0, state=HouseholdState.WAITLISTED)
    told = outlook(fair, 2, closed=True)[None]
    assert told.waits
    assert told.reason is None
    assert (told.free, told.ahead) == (5, 1)


def test_each_window_counts_for_itself(app: Flask) -> None:
    fair = make_fair(capacity=10)
    full, roomy = make_window(fair, capacity=3), make_window(fair, capacity=9)
    make_household(fair, window_id=full.id)
    told = outlook(fair, 2)
    assert told[full.id].reason is Reason.WINDOW_FULL
    assert (told[full.id].free, told[roomy.id].free) == (0, 7)
    assert not told[roomy.id].waits
