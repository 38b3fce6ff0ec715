"""What another plan changes for those who ride."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given

from jobfair.shuttle.document import (
    Change,
    Document,
    PlanWave,
    WaveChange,
    add_stop,
    changes,
    delete_trip,
    shift_trip,
    straight_roads,
    take_out_stop,
    times,
)
from tests.unit.shuttle.document.plans import BACK, LINE_1, LINE_2, OUT, STOPS, documents, plan


def compared(before: Document, after: Document) -> list[WaveChange]:
    """Return what changes, at the times that straight roads make."""
    told, told_after = (times(one, straight_roads(one)) for one in (before, after))
    return changes(before, told, after, told_after)


def test_a_stop_without_a_bus_concerns_those_who_rode_there() -> None:
    (wave,) = compared(plan(), take_out_stop(plan(), LINE_1, 3))
    gone, *_others = wave.stops
    assert (wave.direction, wave.number, wave.at) == (OUT, 0, plan().waves[0].at)
    assert (gone.stop, gone.change, gone.people) == (3, Change.GONE, 3)
    assert len(gone.before) == 1
    assert gone.after == ()


def test_a_new_stop_concerns_those_who_will_ride() -> None:
    (wave,) = compared(plan(), add_stop(plan(), LINE_2, STOPS[5]))
    new = {one.stop: one for one in wave.stops}[6]
    assert (new.change, new.people, new.before) == (Change.NEW, 2, ())
    assert wave.people[Change.NEW] == 2


@pytest.mark.parametrize(("minutes", "people"), [(-4, 0), (-5, 4), (-6, 4)])
def test_times_count_from_five_minutes_on(minutes: int, people: int) -> None:
    found = compared(plan(), shift_trip(plan(), LINE_1, minutes))
    assert sum((wave.people for wave in found), Counter()) == Counter({Change.MOVED: people})
    for wave in found:
        for stop in wave.stops:
            (before,), (after,) = stop.before, stop.after
            assert after - before == timedelta(minutes=minutes)


def test_stops_that_concern_nobody_are_left_out() -> None:
    silent = add_stop(plan(), LINE_2, STOPS[1])
    assert all(one.stop != 2 for wave in compared(silent, plan()) for one in wave.stops)


def test_waves_come_as_the_day_goes() -> None:
    out, back = plan().waves
    found = compared(plan(waves=(back, out)), plan(waves=()))
    assert [(wave.direction, wave.people[Change.GONE]) for wave in found] == [(OUT, 8), (BACK, 4)]
    assert compared(plan(), delete_trip(plan(), LINE_2))[0].people[Change.GONE] == 4


def test_a_wave_that_begins_only_now_is_new() -> None:
    out, back = plan().waves
    (found,) = compared(plan(waves=(out, PlanWave(BACK, 0, back.at))), plan())
    assert found.people == {Change.NEW: 4}


@given(documents, documents)
def test_what_goes_on_one_way_comes_on_the_other(one: Document, other: Document) -> None:
    assert compared(one, one) == []
    there, back = compared(one, other), compared(other, one)
    for change, opposite in ((Change.GONE, Change.NEW), (Change.NEW, Change.GONE)):
        assert sum(wave.people[change] for wave in there) == sum(
            wave.people[opposite] for wave in back
        )
