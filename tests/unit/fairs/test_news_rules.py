"""What a postponed fair takes along, on the clocks of its place."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from jobfair.fairs.rules import FairFacts, clock_shift, days_later, postponed_facts

BERLIN = "Europe/Berlin"
FAIR = FairFacts(
    name="Messe",
    slug="messe-2026",
    starts_at=datetime(2026, 11, 28, 9, tzinfo=UTC),
    ends_at=datetime(2026, 11, 28, 15, tzinfo=UTC),
    venue="Kreishaus",
    capacity=100,
    registration_opens_at=datetime(2026, 10, 1, 6, tzinfo=UTC),
    registration_closes_at=datetime(2026, 11, 26, 22, 59, tzinfo=UTC),
    on_site_from=datetime(2026, 11, 28, 11, tzinfo=UTC),
)
FOUR_YEARS = 4 * 365 * 24 * 60
moments = st.integers(0, FOUR_YEARS).map(lambda n: FAIR.starts_at + timedelta(minutes=n))


def shown(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(BERLIN)).replace(tzinfo=None)


@given(moments, moments)
def test_the_shift_leads_from_the_old_beginning_to_the_new(
    before: datetime, after: datetime
) -> None:
    fair = replace(FAIR, starts_at=before, ends_at=before + timedelta(hours=6))
    moved = days_later(before, clock_shift(fair, after), ZoneInfo(BERLIN))
    assert shown(moved) == shown(after)


def test_what_is_to_be_done_before_the_fair_moves_with_it_in_summer_too() -> None:
    starts_at = datetime(2027, 6, 5, 9, tzinfo=UTC)  # 11:00, an hour later on the clock
    moved = postponed_facts(FAIR, starts_at, starts_at + timedelta(hours=2))
    assert (moved.starts_at, moved.ends_at) == (starts_at, starts_at + timedelta(hours=2))
    assert moved.registration_closes_at == datetime(2027, 6, 3, 22, 59, tzinfo=UTC)
    assert moved.on_site_from == datetime(2027, 6, 5, 11, tzinfo=UTC)
    assert moved.registration_opens_at == FAIR.registration_opens_at
    assert moved.shuttle_decided_by is None
    assert (moved.name, moved.capacity) == (FAIR.name, FAIR.capacity)
