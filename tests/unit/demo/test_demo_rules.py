"""When the demo fair is, and how it grows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from jobfair.demo.rules import (
    DemoWish,
    bus_loads,
    calendar_for,
    capacity_for,
    facts_for,
    second_thursday_of_december,
    slug_for,
)
from jobfair.fairs.rules import Phase, Window, opening_fault, registration_state


@pytest.mark.parametrize(("year", "day"), [(2026, 10), (2027, 9), (2028, 14), (2029, 13)])
def test_it_is_the_second_thursday_of_december(year: int, day: int) -> None:
    assert second_thursday_of_december(year) == date(year, 12, day)
    assert second_thursday_of_december(year).strftime("%A") == "Thursday"


def test_it_lasts_from_14_to_18_in_osnabrueck() -> None:
    calendar = calendar_for(datetime(2026, 11, 22, tzinfo=UTC))
    assert calendar.starts_at == datetime(2026, 12, 10, 13, tzinfo=UTC)
    assert calendar.ends_at == datetime(2026, 12, 10, 17, tzinfo=UTC)
    assert slug_for(DemoWish(), calendar) == "osnabrueck-2026"


def test_once_it_is_past_the_next_one_is_made() -> None:
    last_minute = datetime(2026, 12, 10, 16, 59, tzinfo=UTC)
    assert calendar_for(last_minute).starts_at.year == 2026
    later = calendar_for(last_minute + timedelta(minutes=1))
    assert slug_for(DemoWish(), later) == "osnabrueck-2027"
    assert slug_for(DemoWish("mine-1"), later) == "mine-1"


@pytest.mark.parametrize("days", range(0, 400, 7))
def test_registration_is_open_at_any_date(days: int) -> None:
    now = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=days)
    calendar = calendar_for(now)
    facts = facts_for(DemoWish(), calendar, "0541 1", "fair@example.org")
    window = Window(facts.registration_opens_at, facts.registration_closes_at)
    assert registration_state(Phase.OPEN, window, now).value == "open"
    assert opening_fault(facts, now) is None
    assert calendar.made_at < calendar.opens_at < now - timedelta(days=21)


def test_it_is_the_same_all_day() -> None:
    morning = datetime(2026, 5, 4, 5, tzinfo=UTC)
    assert calendar_for(morning) == calendar_for(morning + timedelta(hours=14))


def test_places_and_buses_grow_with_the_people() -> None:
    assert [capacity_for(people) for people in (1, 500, 501, 20_000)] == [600, 600, 650, 24_000]
    assert [bus_loads(people, 8) for people in (1, 500, 501, 2_500, 20_000)] == [
        (1, 1), (1, 1), (1, 2), (2, 4), (10, 4),
    ]  # fmt: skip
    assert bus_loads(50_000, 8) == (12, 4)  # a timetable has 99 lines at most
