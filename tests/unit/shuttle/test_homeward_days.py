"""A hundred days that are made up, and a checker that finds what rules less careful would hide."""

from datetime import datetime

import pytest

from bench.days import simulate
from bench.days.checker import Shown
from jobfair.shuttle.homeward import warnings
from jobfair.shuttle.sightings import Day, Warnings, Where

DAYS = 100


def test_nobody_is_left_behind_without_a_warning() -> None:
    tally = simulate(DAYS, seed=2)
    assert tally.left_behind == []
    assert tally.there[Shown.YES] > DAYS
    assert tally.expected > DAYS
    assert all(tally.warned[where] for where in (Where.THERE, Where.SEEN_OUT, Where.SAID_GONE))


@pytest.mark.parametrize("believed", [Where.SEEN_OUT, Where.SAID_GONE])
def test_the_checker_finds_whom_an_exit_or_an_answer_would_hide(believed: Where) -> None:
    def believing(now: datetime, day: Day) -> Warnings:
        found = warnings(now, day)
        return Warnings(found.soon, tuple(one for one in found.last_call if one.where != believed))

    assert simulate(DAYS, seed=2, warn=believing).left_behind


def test_the_checker_finds_whom_a_silent_bus_would_leave() -> None:
    def silent(now: datetime, day: Day) -> Warnings:
        return Warnings((), warnings(now, day).last_call)

    assert simulate(DAYS, seed=2, warn=silent).left_behind
