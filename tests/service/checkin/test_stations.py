"""Stations of new and copied fairs."""

from dataclasses import replace

import pytest
from flask import Flask

from jobfair.checkin.crew import list_stations
from jobfair.checkin.rules import StationKind
from jobfair.checkin.service.stations import StationFacts, add_station, edit_station
from jobfair.core.actor import SYSTEM, Role
from jobfair.core.errors import NotFound
from jobfair.fairs import queries, service
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import copied_facts
from tests import factories as make


def named(fair_id: int) -> list[tuple[str, str | None]]:
    return [(one.name, one.room.name if one.room else None) for one in list_stations(fair_id)]


def copied(earlier: Fair) -> Fair:
    user = make.make_user(Role.ORGANISER, earlier.id)
    actor = make.actor_of(user, Role.ORGANISER, earlier.id)
    facts = copied_facts(earlier.facts, "Again", "again-2027", earlier.facts.day)
    return service.copy_fair(earlier.id, facts, actor=actor, now=make.NOW)


def test_a_new_fair_has_an_entrance(app: Flask) -> None:
    facts = replace(make.make_fair().facts, slug="new-2027")
    fair = service.create_fair(facts, actor=SYSTEM, now=make.NOW)
    assert named(fair.id) == [("Eingang", None)]


def test_a_copied_fair_has_the_same_stations_at_its_own_rooms(app: Flask) -> None:
    earlier = make.make_fair()
    room = make.make_room(earlier, name="Saal")
    make.make_station(earlier, name="Nord", position=2)
    make.make_station(earlier, name="Tür", kind=StationKind.HALL, room_id=room.id, position=1)
    make.make_station(make.make_fair(), name="Anderswo")
    fair = copied(earlier)
    assert named(fair.id) == [("Tür", "Saal"), ("Nord", None)]
    ours = {one.id for one in queries.get_fair(fair.id).rooms}
    assert {one.room_id for one in list_stations(fair.id)} == {None, *ours}


def test_a_copy_of_a_fair_without_stations_has_an_entrance(app: Flask) -> None:
    assert named(copied(make.make_fair()).id) == [("Eingang", None)]


def test_a_station_can_not_watch_a_room_of_another_fair(app: Flask) -> None:
    fair, theirs = make.make_fair(), make.make_room(make.make_fair())
    facts = StationFacts("Tür", StationKind.HALL, theirs.id)
    with pytest.raises(NotFound):
        add_station(fair.id, facts, actor=SYSTEM, now=make.NOW)
    with pytest.raises(NotFound):
        edit_station(
            fair.id,
            make.make_station(make.make_fair()).id,
            StationFacts("Tür", StationKind.EXIT),
            actor=SYSTEM,
            now=make.NOW,
        )
    assert named(fair.id) == []


def test_new_stations_stand_after_the_others(app: Flask) -> None:
    fair = make.make_fair()
    for name in ("Nord", "Ost", "Mitte"):
        facts = StationFacts(name, StationKind.ENTRANCE)
        add_station(fair.id, facts, actor=SYSTEM, now=make.NOW)
    assert [name for name, _room in named(fair.id)] == ["Nord", "Ost", "Mitte"]
