"""The arrival windows of a fair."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from jobfair.core.actor import SYSTEM
from jobfair.core.db import session
from jobfair.core.errors import Conflict, NotFound
from jobfair.fairs import queries, service
from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.fairs.rules import WindowFacts
from jobfair.fairs.service import windows
from tests.factories import FAIR_STARTS, NOW, make_fair, make_household, make_window

HOUR = timedelta(hours=1)
FIRST = WindowFacts(FAIR_STARTS, FAIR_STARTS + HOUR, "Ukrainisch", 100)


def present(fair: Fair) -> list[WindowFacts]:
    session().rollback()
    session().expire_all()
    return [facts_of(window) for window in queries.list_windows(fair.id)]


def facts_of(window: ArrivalWindow) -> WindowFacts:
    return WindowFacts(window.starts_at, window.ends_at, window.label, window.capacity)


def add(fair: Fair, facts: WindowFacts = FIRST) -> ArrivalWindow:
    return windows.add_window(fair.id, facts, actor=SYSTEM, now=NOW)


def test_windows_are_added_changed_and_removed(app: Flask) -> None:
    fair = make_fair()
    window = add(fair)
    later = replace(FIRST, starts_at=FAIR_STARTS + HOUR, ends_at=FAIR_STARTS + 2 * HOUR)
    add(fair, later)
    assert present(fair) == [FIRST, later]
    wider = replace(FIRST, label="", capacity=0)
    windows.edit_window(fair.id, window.id, wider, actor=SYSTEM, now=NOW)
    assert present(fair) == [wider, later]
    windows.remove_window(fair.id, window.id, actor=SYSTEM, now=NOW)
    assert present(fair) == [later]


def test_two_windows_can_not_be_the_same(app: Flask) -> None:
    fair = make_fair()
    add(fair)
    other = add(fair, replace(FIRST, label="Arabisch"))
    with pytest.raises(Conflict, match="window_twice"):
        add(fair)
    with pytest.raises(Conflict, match="window_twice"):
        windows.edit_window(fair.id, other.id, FIRST, actor=SYSTEM, now=NOW)


@pytest.mark.parametrize("hours", [-1, 6])
def test_nobody_arrives_when_the_fair_is_not_on(app: Flask, hours: int) -> None:
    starts_at = FAIR_STARTS + hours * HOUR
    with pytest.raises(Conflict, match="window_outside"):
        add(make_fair(), WindowFacts(starts_at, starts_at + HOUR, "", 10))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"capacity": 2}, "window_below_taken"),
        ({"starts_at": FAIR_STARTS + HOUR / 2}, "window_time_told"),
        ({"ends_at": FAIR_STARTS + 2 * HOUR}, "window_time_told"),
    ],
)
def test_a_window_with_people_stays_as_they_were_told(
    app: Flask, change: dict[str, Any], code: str
) -> None:
    fair = make_fair()
    window = add(fair)
    make_household(fair, window_id=window.id)
    with pytest.raises(Conflict, match=code) as refused:
        windows.edit_window(fair.id, window.id, replace(FIRST, **change), actor=SYSTEM, now=NOW)
    assert refused.value.params == {"taken": 3}
    with pytest.raises(Conflict, match="window_not_empty"):
        windows.remove_window(fair.id, window.id, actor=SYSTEM, now=NOW)
    fitting = replace(FIRST, capacity=3, label="Deutsch")
    windows.edit_window(fair.id, window.id, fitting, actor=SYSTEM, now=NOW)
    assert present(fair) == [fitting]


def test_a_window_of_another_fair_is_not_there(app: Flask) -> None:
    ours, theirs = make_fair(), make_fair()
    window = make_window(theirs)
    with pytest.raises(NotFound):
        windows.edit_window(ours.id, window.id, FIRST, actor=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        windows.remove_window(ours.id, window.id, actor=SYSTEM, now=NOW)


def test_windows_follow_the_fair_to_another_day_on_its_clocks(app: Flask) -> None:
    fair = make_fair()
    add(fair)
    spring = timedelta(days=150) - HOUR
    facts = replace(fair.facts, starts_at=fair.starts_at + spring, ends_at=fair.ends_at + spring)
    service.edit_fair(fair.id, facts, actor=SYSTEM, now=NOW)
    (moved,) = present(fair)
    assert moved.starts_at == FAIR_STARTS + spring


def test_the_day_of_people_is_not_changed_behind_their_backs(app: Flask) -> None:
    fair = make_fair()
    make_household(fair)
    day = timedelta(days=1)
    facts = replace(fair.facts, starts_at=fair.starts_at + day, ends_at=fair.ends_at + day)
    with pytest.raises(Conflict, match="move_untold") as refused:
        service.edit_fair(fair.id, facts, actor=SYSTEM, now=NOW)
    assert refused.value.params == {"taken": 3}
