"""Days and times as people type them, and what they mean on the clocks of the fair."""

from datetime import UTC, date, datetime, time

import pytest

from jobfair.fairs.fields import read_clock, read_day, read_moment
from jobfair.fairs.rules import FairFacts, copied_facts, local_instant

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-10", date(2026, 12, 10)),
        ("10.12.2026", date(2026, 12, 10)),
        (" 1.2.2027 ", date(2027, 2, 1)),
        ("10/12/2026", date(2026, 12, 10)),
        ("١٠.١٢.٢٠٢٦", date(2026, 12, 10)),
        ("31.2.2026", None),
        ("10.12.", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, day: date | None) -> None:
    assert read_day(typed) == day


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("14:00", time(14)),
        ("14.30", time(14, 30)),
        ("1430", time(14, 30)),
        ("9", time(9)),
        ("9 Uhr", time(9)),
        ("14:00:00", time(14)),
        ("١٤:٠٠", time(14)),
        ("25:00", None),
        ("14:60", None),
        ("noon", None),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, clock: time | None) -> None:
    assert read_clock(typed) == clock


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-12-10T14:00", (10, 14, 0)),
        ("10.12.2026 14:00", (10, 14, 0)),
        ("10.12.2026, 14:00", (10, 14, 0)),
        ("10.12.2026", (10, 23, 59)),
        ("10.12.2026 soon", None),
    ],
)
def test_a_moment_is_a_day_and_a_time(typed: str, moment: tuple[int, int, int] | None) -> None:
    read = read_moment(typed, time(23, 59))
    assert (read and (read.day, read.hour, read.minute)) == moment


def shown(*parts: int) -> datetime:
    return datetime(*parts)  # noqa: DTZ001  # what a clock on the wall shows


@pytest.mark.parametrize(
    ("clock", "instant"),
    [
        (shown(2026, 7, 1, 14), datetime(2026, 7, 1, 12, tzinfo=UTC)),
        (shown(2026, 12, 1, 14), datetime(2026, 12, 1, 13, tzinfo=UTC)),
        (shown(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (shown(2026, 3, 29, 2, 30), None),
        (shown(2026, 3, 29, 3, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    ],
)
def test_local_times_know_about_summer(clock: datetime, instant: datetime | None) -> None:
    assert local_instant(clock, BERLIN) == instant


def test_a_copy_keeps_the_times_of_the_clock() -> None:
    earlier = FairFacts(
        name="Fair",
        slug="fair-2026",
        starts_at=datetime(2026, 12, 10, 13, tzinfo=UTC),
        ends_at=datetime(2026, 12, 10, 16, tzinfo=UTC),
        registration_closes_at=datetime(2026, 12, 8, 22, 59, tzinfo=UTC),
        venue="Kreishaus",
        capacity=500,
    )
    copy = copied_facts(earlier, "Second", "fair-2027", date(2027, 6, 15))
    assert (copy.name, copy.slug, copy.venue) == ("Second", "fair-2027", "Kreishaus")
    assert copy.starts_at == datetime(2027, 6, 15, 12, tzinfo=UTC)
    assert copy.ends_at == datetime(2027, 6, 15, 15, tzinfo=UTC)
    assert copy.registration_closes_at == datetime(2027, 6, 13, 21, 59, tzinfo=UTC)
    assert copy.registration_opens_at is None
