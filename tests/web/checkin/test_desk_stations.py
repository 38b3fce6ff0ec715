"""The desk's pages of stations: what is there, what can be changed, what stays and why."""

import pytest
from flask import Flask

from jobfair.checkin.crew import list_stations
from jobfair.checkin.rules import StationKind
from jobfair.core.actor import Role
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from tests.client import Page, PageClient
from tests.factories import make_device, make_fair, make_room, make_shift, make_station, signed_in


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Give a fair whose organiser is signed in."""
    signed_in(app, Role.ORGANISER)
    return make_fair()


def opened(page: PageClient, fair: Fair, rest: str = "stations") -> Page:
    return page.get(f"/desk/{fair.slug}/door/{rest}?lang=en")


def names(fair: Fair) -> list[tuple[str, str, str | None]]:
    session().expire_all()
    return [
        (one.name, one.kind.value, one.room.name if one.room else None)
        for one in list_stations(fair.id)
    ]


def test_a_station_is_added_changed_and_removed(page: PageClient, fair: Fair) -> None:
    room = make_room(fair, name="Saal")
    assert "no phone can be paired" in opened(page, fair).text
    page.submit("station", {"name": "Haupteingang"})
    page.submit("station", {"name": "Saaltür", "kind": "hall", "room_id": room.id})
    assert names(fair) == [("Haupteingang", "entrance", None), ("Saaltür", "hall", "Saal")]
    page.follow("Change or remove")
    page.submit("station", {"name": "Ausgang", "kind": "exit"})
    assert names(fair)[0] == ("Ausgang", "exit", None)
    page.follow("Change or remove")
    page.submit("remove")
    assert names(fair) == [("Saaltür", "hall", "Saal")]


def test_the_door_of_a_room_needs_its_room(page: PageClient, fair: Fair) -> None:
    make_room(fair)
    opened(page, fair)
    again = page.submit("station", {"name": "Saaltür", "kind": "hall"}, status=422)
    assert "Please choose the room whose door this is." in again.text
    assert names(fair) == []


def test_a_name_of_invisible_characters_is_none(page: PageClient, fair: Fair) -> None:
    opened(page, fair)
    again = page.submit("station", {"name": "\u200b\0"}, status=422)
    assert "Please name the station." in again.text
    assert names(fair) == []


def test_two_stations_can_not_have_one_name(page: PageClient, fair: Fair) -> None:
    make_station(fair, name="Eingang")
    opened(page, fair)
    again = page.submit("station", {"name": "Eingang"}, status=422)
    assert "There is a station with this name already." in again.text


def test_a_station_with_phones_stays_and_says_why(page: PageClient, fair: Fair) -> None:
    station = make_station(fair, name="Eingang")
    make_device(make_shift(fair), station)
    opened(page, fair, f"stations/{station.id}")
    assert "so it stays" in page.submit("remove").text
    assert names(fair) == [("Eingang", StationKind.ENTRANCE.value, None)]
