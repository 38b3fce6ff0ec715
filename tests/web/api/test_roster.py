"""The roster: whole, then what has changed; small, quick, and without what isn't needed."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import orjson
import pytest
import sqlalchemy as sa

from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.rules import AttendeeState, HouseholdState
from jobfair.checkin.hashes import badge_hash
from jobfair.checkin.models import Device, Station
from jobfair.core.clock import frozen
from jobfair.core.db import db, session, transaction
from jobfair.fairs.models import Fair
from jobfair.shuttle.rules import RequestState
from tests import factories as make
from tests.web.api.phones import Phone, scan_of, stored

SALT = bytes.fromhex("5a" * 16)
SOON = make.NOW + timedelta(minutes=5)
LATER = make.NOW + timedelta(minutes=10)


def entries(answer: Any) -> dict[str, Any]:
    return {entry["hash"]: entry for entry in answer["entries"]}


def hashes(codes: list[str]) -> list[str]:
    return [badge_hash(code, SALT) for code in codes]


def change(table: Any, *where: Any, **values: Any) -> None:
    with transaction() as current:
        current.execute(sa.update(table).where(*where).values(**values))


def test_a_device_learns_who_may_come_in(phone: Phone, badges: list[str]) -> None:
    answer = phone.roster()
    found = entries(answer)
    assert sorted(found) == sorted(hashes(badges))
    person = session().scalars(sa.select(Attendee).order_by(Attendee.id)).first()
    assert person is not None
    assert found[hashes(badges)[0]] == {
        "hash": hashes(badges)[0],
        "state": "admit",
        "name": person.latin_name,
        "given": person.given_name,
        "own_script": "Олена Коваленко",
        "sounds": "",
        "lang": "uk",
        "household": answer["entries"][0]["household"],
        "inside": None,
        "hint": "",
        "stop": "",
    }
    assert len({entry["household"] for entry in answer["entries"]}) == 1
    assert answer["full"]
    assert answer["station"] == {"name": "Eingang", "kind": "entrance", "limit": 100, "inside": 0}
    assert answer["salt"] == SALT.hex()
    assert [one["outcome"] for one in answer["samples"]] == ["admitted", "waitlisted", "unknown"]
    assert answer["codes"] == []


def test_no_contact_and_no_need_is_on_a_device(phone: Phone, family: Household) -> None:
    make.make_need(session().scalars(sa.select(Attendee)).first() or pytest.fail("nobody"))
    sent = orjson.dumps(phone.roster()).decode()
    assert not [word for word in (family.email, family.phone, "wheelchair") if word in sent]


def test_whoever_does_not_come_has_no_name(phone: Phone, badges: list[str]) -> None:
    ids = list(session().scalars(sa.select(Attendee.id).order_by(Attendee.id)))
    change(Attendee, Attendee.id == ids[0], state=AttendeeState.CANCELLED)
    change(BadgeCode, BadgeCode.attendee_id == ids[1], voided_at=make.NOW)
    found = entries(phone.roster())
    gone, blocked, comes = (found[mark] for mark in hashes(badges))
    assert (gone["state"], gone["name"], gone["own_script"]) == ("cancelled", "", "")
    assert (blocked["state"], blocked["name"], blocked["given"]) == ("blocked", "", "")
    assert comes["state"] == "admit"
    assert comes["name"]


def test_the_pool_holds_the_codes_that_nobody_has(
    phone: Phone, running: Fair, badges: list[str]
) -> None:
    free = make.make_code(running.id).code
    with frozen(SOON):
        answer = phone.roster()
    assert answer["pool"] == hashes([free])
    with frozen(LATER):
        drawn = make.make_code(running.id).code
        assert phone.roster(answer["cursor"])["pool"] == hashes([drawn])


def test_only_what_is_new_is_sent_again(phone: Phone, badges: list[str]) -> None:
    with frozen(SOON):
        first = phone.roster()
    with frozen(LATER):
        assert phone.roster(first["cursor"])["entries"] == []
        phone.scan(badges[0], LATER)
        change(Attendee, Attendee.own_given_name != "", own_given_name="Оля")
        second = phone.roster(first["cursor"])
    assert not second["full"]
    assert second["station"]["inside"] == 1
    found = entries(second)
    assert {entry["own_script"] for entry in found.values()} == {"Оля Коваленко"}
    inside = {"since": "2026-11-10T09:10:00Z", "station": "Eingang"}
    assert [found[mark]["inside"] for mark in hashes(badges)] == [inside, None, None]


def test_a_household_that_gives_back_its_places_is_told(
    phone: Phone, family: Household, badges: list[str]
) -> None:
    cursor = phone.roster()["cursor"]
    with frozen(LATER):
        change(Household, Household.id == family.id, state=HouseholdState.CANCELLED)
        states = [entry["state"] for entry in phone.roster(cursor)["entries"]]
    assert states == ["cancelled"] * 3


@pytest.mark.parametrize(
    "cursor", ["x", "0.room-0", "9999999999999999.room-0", "1.room-0", "-1", "١.room-0"]
)
def test_a_cursor_that_says_nothing_brings_all(
    phone: Phone, badges: list[str], cursor: str
) -> None:
    answer = phone.roster(cursor)
    assert (answer["full"], len(answer["entries"])) == (True, 3)


def test_a_device_that_is_moved_to_a_room_begins_anew(
    phone: Phone, running: Fair, badges: list[str]
) -> None:
    phone.scan(badges[0], make.NOW)
    answer = phone.roster()
    room = make.make_room(running, capacity=30)
    hall = make.make_station(running, name="Saal", kind="hall", room_id=room.id)
    change(Device, Device.id == phone.device_id, station_id=hall.id)
    with frozen(LATER):
        moved = phone.roster(answer["cursor"])
    assert moved["full"]
    assert moved["station"] == {"name": "Saal", "kind": "hall", "limit": 30, "inside": 0}
    assert {entry["inside"] for entry in moved["entries"]} == {None}
    assert session().get_one(Station, hall.id).room_id == room.id


def test_a_supervisor_has_codes_for_walk_ins(
    supervisor: Phone, new_phone: Callable[..., Phone], running: Fair
) -> None:
    for _ in range(60):
        make.make_code(running.id)
    block = supervisor.roster()["codes"]
    assert len(set(block)) == 50
    assert supervisor.roster()["codes"] == block
    other = new_phone(kind="supervisor").roster()["codes"]
    assert len(set(other)) == 50
    assert not set(block) & set(other)
    holder = make.make_attendee(make.make_household(running, 0, 0))
    change(BadgeCode, BadgeCode.attendee_id == holder.id, voided_at=make.NOW)
    change(BadgeCode, BadgeCode.code == block[0], attendee_id=holder.id)
    refilled = supervisor.roster()["codes"]
    assert len(refilled) == 50
    assert block[0] not in refilled


def test_the_desk_sees_that_a_device_was_in_touch(phone: Phone) -> None:
    with frozen(LATER):
        phone.roster()
    assert stored(sa.select(Device.seen_at).where(Device.id == phone.device_id)) == [LATER]


def test_phones_on_a_bus_know_its_riders_alone(
    new_phone: Callable[..., Phone], running: Fair, family: Household, badges: list[str]
) -> None:
    make.make_household(running)
    stop = make.make_stop()
    bus = make.make_departure(running, [stop])
    request = make.make_request(family, stop, state=RequestState.SEATED)
    ride = make.make_ride(request, bus)
    phone = new_phone(kind="attendant", departure_id=bus.id)
    answer = phone.roster()
    assert sorted(entries(answer)) == sorted(hashes(badges))
    assert answer["station"]["kind"] == "bus"
    with frozen(LATER):
        phone.scan(badges[0], LATER, direction="board", departure=bus.id)
        on_board = phone.roster(answer["cursor"])
        assert (on_board["full"], on_board["station"]["inside"]) == (False, 1)
        with transaction() as current:
            current.delete(current.merge(ride))
        empty = phone.roster(on_board["cursor"])
    assert empty["full"]
    assert [one["hash"] for one in empty["entries"]] == hashes(badges[:1])  # still on board


def test_a_roster_is_compressed(phone: Phone, running: Fair) -> None:
    make.make_household(running, 6, 6)
    phone.headers["Accept-Encoding"] = "gzip"
    response = phone.get("roster")
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(orjson.loads(gzip.decompress(response.data))["entries"]) == 12


@pytest.mark.parametrize("households", [1, 12])
def test_the_roster_takes_as_many_statements_for_few_as_for_many(
    phone: Phone, running: Fair, households: int
) -> None:
    for _ in range(households):
        make.make_household(running)
    cursor = phone.roster()["cursor"]
    with counted() as whole:
        phone.roster()
    with counted() as delta:
        phone.roster(cursor)
    assert (len(whole), len(delta)) == (7, 8)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements of the block."""
    said: list[str] = []

    def listen(*args: Any) -> None:
        said.append(args[2])

    sa.event.listen(db.engine, "before_cursor_execute", listen)
    yield said
    sa.event.remove(db.engine, "before_cursor_execute", listen)


def test_a_rehearsal_sees_its_like_and_nothing_of_the_day(
    phone: Phone, badges: list[str], running: Fair
) -> None:
    tomorrow = make.NOW + timedelta(days=1)
    change(Fair, starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=4))
    person = session().get_one(BadgeCode, badges[1]).attendee_id
    make.make_scan(session().get_one(Attendee, person), badges[1], scanned_at=tomorrow)
    assert phone.scan(badges[0], make.NOW)["outcome"] == "admitted"
    known = entries(phone.roster())
    assert [known[one]["inside"] is not None for one in hashes(badges)] == [True, False, False]


def test_whoever_went_in_by_the_phones_own_verdict_is_told_about(
    phone: Phone, new_phone: Callable[..., Phone], badges: list[str]
) -> None:
    phone.scan(badges[0], make.NOW - timedelta(minutes=30))
    phone.scan(badges[0], make.NOW - timedelta(minutes=29), direction="out")
    other = new_phone()
    code = badges[0]
    phone.scan(code, make.NOW - timedelta(minutes=20))
    sent = scan_of(code, make.NOW, decided="admitted")
    assert other.results("scans", "scans", sent)[0]["outcome"] == "already_inside"
    with frozen(LATER):
        cursor = phone.roster()["cursor"]
        phone.scan(code, make.NOW - timedelta(minutes=10), direction="out")
    with frozen(LATER + timedelta(minutes=5)):
        cursor = phone.roster(cursor)["cursor"]
    with frozen(LATER + timedelta(minutes=10)):
        other.results("scans", "scans", {**sent, "offline": True})
        known = entries(phone.roster(cursor))
    assert known[badge_hash(code, SALT)]["inside"] is not None
