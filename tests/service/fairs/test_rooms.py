"""The rooms of a fair."""

import pytest
from flask import Flask

from jobfair.checkin.rules import StationKind
from jobfair.core.actor import SYSTEM
from jobfair.core.db import session
from jobfair.core.errors import Conflict, NotFound
from jobfair.fairs import queries
from jobfair.fairs.models import Fair
from jobfair.fairs.service import rooms
from tests.factories import NOW, make_fair, make_room, make_stand, make_station


def names(fair: Fair) -> list[str]:
    session().expire_all()
    return [room.name for room in queries.get_fair(fair.id).rooms]


def test_rooms_are_added_renamed_and_removed(app: Flask) -> None:
    fair = make_fair()
    first = rooms.add_room(fair.id, "Saal", actor=SYSTEM, now=NOW)
    rooms.add_room(fair.id, "Foyer", actor=SYSTEM, now=NOW)
    rooms.edit_room(fair.id, first.id, "Großer Saal", 120, actor=SYSTEM, now=NOW)
    assert names(fair) == ["Großer Saal", "Foyer"]
    assert queries.get_room(fair.id, first.id).capacity == 120
    rooms.remove_room(fair.id, first.id, actor=SYSTEM, now=NOW)
    assert names(fair) == ["Foyer"]


def test_two_rooms_can_not_have_one_name(app: Flask) -> None:
    fair = make_fair()
    make_room(fair, name="Saal")
    other = make_room(fair, name="Foyer")
    with pytest.raises(Conflict) as refused:
        rooms.add_room(fair.id, "Saal", actor=SYSTEM, now=NOW)
    assert refused.value.code == "room_taken"
    with pytest.raises(Conflict):
        rooms.edit_room(fair.id, other.id, "Saal", None, actor=SYSTEM, now=NOW)


def test_a_room_with_stands_stays(app: Flask) -> None:
    fair = make_fair()
    room = make_room(fair)
    make_stand(fair, room_id=room.id)
    with pytest.raises(Conflict) as refused:
        rooms.remove_room(fair.id, room.id, actor=SYSTEM, now=NOW)
    assert refused.value.code == "room_not_empty"
    assert names(fair) == [room.name]


def test_a_room_that_a_station_watches_stays(app: Flask) -> None:
    fair = make_fair()
    room = make_room(fair)
    make_station(fair, kind=StationKind.HALL, room_id=room.id)
    with pytest.raises(Conflict) as refused:
        rooms.remove_room(fair.id, room.id, actor=SYSTEM, now=NOW)
    assert refused.value.code == "room_not_empty"


def test_a_room_of_another_fair_is_not_there(app: Flask) -> None:
    ours, theirs = make_fair(), make_fair()
    room = make_room(theirs)
    with pytest.raises(NotFound):
        rooms.edit_room(ours.id, room.id, "Unser Saal", None, actor=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        rooms.remove_room(ours.id, room.id, actor=SYSTEM, now=NOW)
    assert names(theirs) == [room.name]
