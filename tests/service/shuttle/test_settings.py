"""What plans begin with: kinds of buses, waves, settings; kept, copied and moved with the fair."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.audit.models import AuditEntry
from jobfair.core.actor import Actor, Role
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict, Invalid, NotFound
from jobfair.fairs.models import Fair
from jobfair.shuttle.document import Document, PlanWave, read_document, write_document
from jobfair.shuttle.fleet import BusTypeInput, SettingsInput, WaveInput
from jobfair.shuttle.operations.settings import copy_settings, move_plans, move_waves
from jobfair.shuttle.queries import get_plan, list_bus_types, list_waves, settings_of
from jobfair.shuttle.rules import WAVES_MOST, Direction, RequestState, Ways
from jobfair.shuttle.service.settings import (
    add_bus_type,
    add_wave,
    edit_bus_type,
    edit_wave,
    keep_settings,
    remove_bus_type,
    remove_wave,
)
from tests.factories import (
    FAIR_STARTS,
    NOW,
    actor_of,
    make_bus_type,
    make_departure,
    make_fair,
    make_household,
    make_plan,
    make_request,
    make_stop,
    make_user,
    make_wave,
)

COACH = BusTypeInput("Reisebus", 50, 2, 7, 45000)
HOUR = timedelta(hours=1)
WAVE = WaveInput(FAIR_STARTS, FAIR_STARTS + 3 * HOUR)


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Give a fair."""
    return make_fair()


@pytest.fixture
def actor(app: Flask) -> Actor:
    """Give an organiser."""
    return actor_of(make_user(Role.ORGANISER), Role.ORGANISER)


def audited() -> list[str]:
    return list(session().scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def test_kinds_of_buses_are_added_changed_and_taken_out(fair: Fair, actor: Actor) -> None:
    coach = add_bus_type(fair.id, COACH, actor=actor, now=NOW)
    edit_bus_type(fair.id, coach.id, replace(COACH, count=3), actor=actor, now=NOW)
    edit_bus_type(fair.id, coach.id, replace(COACH, count=3), actor=actor, now=NOW)
    assert [kind.count for kind in list_bus_types(fair.id)] == [3]
    remove_bus_type(fair.id, coach.id, actor=actor, now=NOW)
    assert list_bus_types(fair.id) == []
    assert audited() == ["bus_type.add", "bus_type.edit", "bus_type.remove"]


def test_a_kind_of_bus_has_a_name_of_its_own(fair: Fair, actor: Actor) -> None:
    add_bus_type(fair.id, COACH, actor=actor, now=NOW)
    with pytest.raises(Conflict, match="bus_type_exists"):
        add_bus_type(fair.id, COACH, actor=actor, now=NOW)
    other = add_bus_type(fair.id, replace(COACH, name="Kleinbus"), actor=actor, now=NOW)
    with pytest.raises(Conflict, match="bus_type_exists"):
        edit_bus_type(fair.id, other.id, COACH, actor=actor, now=NOW)
    add_bus_type(make_fair().id, COACH, actor=actor, now=NOW)


def test_another_fairs_buses_are_out_of_reach(fair: Fair, actor: Actor) -> None:
    theirs = make_bus_type(make_fair())
    with pytest.raises(NotFound):
        edit_bus_type(fair.id, theirs.id, COACH, actor=actor, now=NOW)
    with pytest.raises(NotFound):
        remove_bus_type(fair.id, theirs.id, actor=actor, now=NOW)


def test_waves_are_numbered_and_keep_their_numbers(fair: Fair, actor: Actor) -> None:
    for _ in range(3):
        add_wave(fair.id, WAVE, actor=actor, now=NOW)
    remove_wave(fair.id, 1, actor=actor, now=NOW)
    edit_wave(fair.id, 2, WaveInput(None, FAIR_STARTS), actor=actor, now=NOW)
    assert [(wave.number, wave.arrives_at) for wave in list_waves(fair.id)] == [
        (0, FAIR_STARTS),
        (2, None),
    ]


@pytest.mark.parametrize(
    ("wave", "code"),
    [
        (WaveInput(None, None), "wave_without_time"),
        (WaveInput(FAIR_STARTS, FAIR_STARTS), "wave_leaves_early"),
    ],
)
def test_a_wave_has_times_in_their_order(
    fair: Fair, actor: Actor, wave: WaveInput, code: str
) -> None:
    with pytest.raises(Invalid, match=code):
        add_wave(fair.id, wave, actor=actor, now=NOW)


def test_there_are_not_too_many_waves(fair: Fair, actor: Actor) -> None:
    make_wave(fair, number=WAVES_MOST - 1)
    with pytest.raises(Conflict, match="waves_full"):
        add_wave(fair.id, WAVE, actor=actor, now=NOW)


def test_a_wave_stays_while_people_want_to_ride_in_it(fair: Fair, actor: Actor) -> None:
    make_wave(fair)
    request = make_request(make_household(fair), make_stop(), ways=Ways.OUT)
    with pytest.raises(Conflict, match="wave_in_use"):
        remove_wave(fair.id, 0, actor=actor, now=NOW)
    edit_wave(fair.id, 0, WaveInput(FAIR_STARTS, None), actor=actor, now=NOW)
    with transaction() as current:
        current.merge(request).state = RequestState.CANCELLED
    remove_wave(fair.id, 0, actor=actor, now=NOW)
    assert list_waves(fair.id) == []


def test_a_wave_stays_while_buses_go_in_it(fair: Fair, actor: Actor) -> None:
    make_wave(fair)
    make_departure(fair, [make_stop()], direction="back")
    with pytest.raises(Conflict, match="wave_in_use"):
        edit_wave(fair.id, 0, WaveInput(FAIR_STARTS, None), actor=actor, now=NOW)
    edit_wave(fair.id, 0, WaveInput(None, FAIR_STARTS + HOUR), actor=actor, now=NOW)


def test_plans_keep_to_what_is_usual_until_somebody_says_otherwise(
    fair: Fair, actor: Actor
) -> None:
    assert settings_of(fair.id) == SettingsInput()
    wanted = SettingsInput(max_ride_s=3600, km_cents=150, riders=300)
    keep_settings(fair.id, wanted, actor=actor, now=NOW)
    keep_settings(fair.id, wanted, actor=actor, now=NOW)
    assert settings_of(fair.id) == wanted
    with pytest.raises(Invalid, match="shuttle_settings"):
        keep_settings(fair.id, replace(wanted, km_cents=0), actor=actor, now=NOW)


def test_a_copied_fair_plans_with_the_same_at_the_same_times_of_the_clock(
    fair: Fair, actor: Actor
) -> None:
    make_bus_type(fair, name="Reisebus")
    make_wave(fair, returns_at=None)
    keep_settings(fair.id, SettingsInput(riders=300), actor=actor, now=NOW)
    in_summer = FAIR_STARTS.replace(month=6)
    later = make_fair(starts_at=in_summer, ends_at=in_summer + 5 * HOUR)
    with transaction():
        copy_settings(fair.id, later.id)
    assert [kind.name for kind in list_bus_types(later.id)] == ["Reisebus"]
    assert [(wave.arrives_at, wave.returns_at) for wave in list_waves(later.id)] == [
        (in_summer - HOUR, None)
    ]
    assert settings_of(later.id).riders == 300


def test_waves_and_plans_move_with_their_fair(fair: Fair) -> None:
    make_wave(fair)
    wave = PlanWave(Direction.OUT, 0, FAIR_STARTS)
    frame = Document((52.25, 8.07), (wave,), (), (), SettingsInput())
    plan = make_plan(fair, document=write_document(frame))
    spring = timedelta(days=140)  # the clocks are an hour ahead then
    with transaction():
        move_waves(fair.id, spring)
        move_plans(fair.id, spring)
    at = FAIR_STARTS + spring - HOUR
    assert [wave.arrives_at for wave in list_waves(fair.id)] == [at]
    assert read_document(get_plan(fair.id, plan.id).document).waves[0].at == at
