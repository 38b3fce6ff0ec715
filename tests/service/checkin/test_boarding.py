"""Boarding through the API: who has a seat gets on, who gets off is never kept in."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.operations import cancel_household
from jobfair.attendees.rules import NeedKind
from jobfair.checkin import queries
from jobfair.checkin.hashes import badge_hash, household_mark
from jobfair.checkin.models import Conflict, Device, DoorItem, Scan, Shift
from jobfair.checkin.rules import ConflictKind, DeviceKind, Outcome
from jobfair.checkin.service.boarding import boarding_choices, list_manifests
from jobfair.core.actor import Role
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict as Refusal
from jobfair.fairs.rules import Phase
from jobfair.shuttle.models import Departure
from jobfair.shuttle.queries import list_departures
from jobfair.shuttle.rules import Direction, RequestState
from jobfair.shuttle.service import remove_departure
from tests import factories as make

NOW = make.NOW
SALT = bytes.fromhex("5a" * 16)


class Journey:
    """A fair with a bus there and one back, a family of three with seats, and one without."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.fair = make.make_fair(
            phase=Phase.RUNNING, starts_at=NOW, ends_at=NOW + timedelta(hours=4)
        )
        self.stops = [make.make_stop(name="Fürstenau, Markt"), make.make_stop()]
        self.out = self.bus(Direction.OUT, NOW)
        self.back = self.bus(Direction.BACK, NOW + timedelta(hours=4))
        self.shift = make.make_shift(self.fair)
        self.family = make.make_household(self.fair)
        self.request = make.make_request(
            self.family, self.stops[1], state=RequestState.SEATED, people=3
        )
        for bus in (self.out, self.back):
            make.make_ride(self.request, bus)
        self.waiting = make.make_household(self.fair, 1, 0)
        make.make_request(self.waiting, self.stops[0], people=1)
        self.codes, (self.unseated,) = self.badges(self.family), self.badges(self.waiting)

    def bus(self, direction: Direction, at: Any) -> Departure:
        return make.make_departure(
            self.fair, self.stops, direction=direction, line=4, fair_at=at, seats=30, wheelchairs=1
        )

    def badges(self, household: Household) -> list[str]:
        query = (
            sa.select(BadgeCode.code)
            .join(Attendee, Attendee.id == BadgeCode.attendee_id)
            .where(Attendee.household_id == household.id)
        )
        return list(session().scalars(query.order_by(Attendee.position)))

    def phone(self, bus: Departure) -> "Phone":
        device = make.make_device(self.shift, kind=DeviceKind.ATTENDANT, departure_id=bus.id)
        return Phone(self, device)


class Phone:
    """The paired phone of somebody who goes along."""

    def __init__(self, journey: Journey, device: Device) -> None:
        self.client, self.device = journey.app.test_client(), device
        self.path = f"/api/v1/fairs/{journey.fair.slug}"
        self.headers = {"Authorization": f"Bearer {make.token_of(device)}"}

    def send(self, *scans: dict[str, Any]) -> list[Any]:
        body = {"device": {"now": NOW.isoformat()}, "scans": list(scans)}
        response = self.client.post(f"{self.path}/scans", json=body, headers=self.headers)
        assert response.status_code == 200
        results: list[Any] = response.get_json()["results"]
        return results

    def outcomes(self, *scans: dict[str, Any]) -> list[Any]:
        return [one["outcome"] or one["error"] for one in self.send(*scans)]

    def roster(self, since: str = "") -> Any:
        query = {"since": since} if since else {}
        path = f"{self.path}/roster"
        return self.client.get(path, query_string=query, headers=self.headers).get_json()

    def departures(self, since: str = "") -> Any:
        query = {"since": since} if since else {}
        path = f"{self.path}/departures"
        return self.client.get(path, query_string=query, headers=self.headers)


@pytest.fixture
def journey(app: Flask) -> Journey:
    return Journey(app)


def board(badge: str, seconds: int = 0, **more: Any) -> dict[str, Any]:
    at = (NOW - timedelta(minutes=30) + timedelta(seconds=seconds)).isoformat()
    return {"id": str(uuid4()), "badge": badge, "direction": "board", "scanned_at": at, **more}


def on_board(fair_id: int, bus: Departure) -> list[bool]:
    (manifest,) = list_manifests(fair_id, [bus.id])
    return [rider.boarded.since is not None for rider in manifest.bus.riders]


def organiser() -> dict[str, Any]:
    actor = make.actor_of(make.make_user(Role.ORGANISER), Role.ORGANISER)
    return {"actor": actor, "now": NOW}


def test_who_has_a_seat_gets_on_once_and_off_again(journey: Journey) -> None:
    phone, code = journey.phone(journey.out), journey.codes[0]
    first, second = phone.send(board(code), board(code, 60))
    assert (first["outcome"], first["first_scan"]) == ("boarded", None)
    assert second["outcome"] == "already_boarded"
    assert second["first_scan"] == {"at": "2026-11-10T08:30:00Z", "station": "Bus 4 · 09:40"}
    off = [board(code, at, direction="alight") for at in (120, 180)]
    assert phone.outcomes(*off, board(code, 240)) == ["alighted", "alighted", "boarded"]


def test_a_badge_that_is_shown_twice_is_not_burnt(journey: Journey) -> None:
    phone, code = journey.phone(journey.out), journey.codes[0]
    assert phone.outcomes(board(code), board(code, 9)) == ["boarded", "boarded"]
    session().rollback()
    passed = session().scalars(sa.select(Scan.passed).order_by(Scan.scanned_at)).all()
    assert passed == [True, False]


def test_who_has_no_seat_is_on_the_wrong_bus(journey: Journey) -> None:
    other = make.make_departure(journey.fair, journey.stops, line=7)
    assert journey.phone(journey.out).outcomes(board(journey.unseated)) == ["wrong_departure"]
    wrong = journey.phone(other)
    assert wrong.outcomes(board(journey.codes[0])) == ["wrong_departure"]
    off = board(journey.unseated, direction="alight")
    assert wrong.outcomes(off) == ["alighted"]


def test_badges_that_are_worth_nothing_are_so_at_a_bus_too(journey: Journey) -> None:
    elsewhere = make.make_fair()
    make.make_household(elsewhere, 1, 0)
    (foreign,) = session().scalars(
        sa.select(BadgeCode.code).where(BadgeCode.fair_id == elsewhere.id)
    )
    with transaction():
        cancel_household(journey.family.id, now=NOW)
    sent = [board(code) for code in (journey.codes[0], foreign, "rubbish")]
    found = journey.phone(journey.out).outcomes(*sent)
    assert found == ["cancelled", "wrong_fair", "unknown"]


def test_there_and_back_are_two_buses_and_no_house(journey: Journey) -> None:
    code = journey.codes[0]
    assert journey.phone(journey.out).outcomes(board(code)) == ["boarded"]
    assert journey.phone(journey.back).outcomes(board(code, 60)) == ["boarded"]
    session().rollback()
    assert queries.counts(journey.fair.id) == queries.DoorCounts(came=0, inside=0)


def test_a_bus_of_another_fair_is_none(journey: Journey) -> None:
    other = make.make_departure(make.make_fair(), journey.stops)
    phone = journey.phone(journey.out)
    found = phone.outcomes(board(journey.codes[0], departure=other.id), board(journey.codes[0]))
    assert found == ["bad_departure", "boarded"]


def test_phones_that_know_the_badge_by_its_hash_board_by_it(journey: Journey) -> None:
    phone = journey.phone(journey.out)
    bus, _back = phone.departures().get_json()["departures"]
    one = {**board(""), "badge": None, "hash": bus["people"][0]["hash"]}
    assert phone.outcomes(one) == ["boarded"]


def test_who_was_let_on_offline_without_a_seat_is_listed(journey: Journey) -> None:
    shown: dict[str, Any] = {"offline": True, "decided": "boarded"}
    phones = [journey.phone(journey.out) for _ in range(2)]
    phones[0].send(board(journey.unseated, **shown), board(journey.codes[0], **shown))
    (again,) = phones[1].send(board(journey.codes[0], 300, **shown))
    assert (again["outcome"], again["conflict"]) == ("already_boarded", True)
    session().rollback()
    kinds = session().scalars(sa.select(Conflict.kind).order_by(Conflict.id)).all()
    assert kinds == [ConflictKind.NOT_ADMISSIBLE, ConflictKind.DOUBLE_ADMISSION]


def test_the_manifest_says_who_rides_and_who_is_on_board(journey: Journey) -> None:
    people = list(
        session().scalars(sa.select(Attendee).where(Attendee.household_id == journey.family.id))
    )
    make.make_need(people[1], kind=NeedKind.WHEELCHAIR)
    make.make_need(people[2], kind=NeedKind.SIGN_LANGUAGE)
    phone = journey.phone(journey.out)
    phone.send(board(journey.codes[0]))
    bus, back = phone.departures().get_json()["departures"]
    assert (back["id"], back["people"][0]["boarded"]) == (journey.back.id, None)
    assert {name: bus[name] for name in ("id", "direction", "line", "wave", "name")} == {
        "id": journey.out.id,
        "direction": "out",
        "line": 4,
        "wave": 0,
        "name": "Bus 4 · 09:40",
    }
    assert (bus["fair_at"], bus["seats"], bus["wheelchairs"]) == ("2026-11-10T09:00:00Z", 30, 1)
    assert bus["stops"][0] == {
        "id": journey.stops[0].id,
        "name": "Fürstenau, Markt",
        "note": "",
        "at": "2026-11-10T08:40:00Z",
        "late": 0,
    }
    assert [bus[name] for name in ("late", "closed_at", "expected", "on_board")] == [0, None, 3, 1]
    first, second, third = bus["people"]
    assert first == {
        "hash": badge_hash(journey.codes[0], SALT),
        "name": people[0].latin_name,
        "own_script": "Олена Коваленко",
        "stop": journey.stops[1].id,
        "household": household_mark(journey.family.id, SALT),
        "party": 3,
        "prams": 0,
        "wheelchair": False,
        "seated": True,
        "boarded": {"since": "2026-11-10T08:30:00Z", "station": "Bus 4 · 09:40"},
        "where": None,
        "seen": None,
        "answer": None,
    }
    assert [one["wheelchair"] for one in (second, third)] == [True, False]
    assert second["boarded"] is third["boarded"] is None


def test_the_manifest_is_sent_again_when_something_changes(journey: Journey) -> None:
    phone = journey.phone(journey.out)
    first = phone.departures().get_json()
    assert first["full"]
    idle = phone.departures(first["cursor"]).get_json()
    assert (idle["full"], idle["departures"], idle["cursor"]) == (False, [], first["cursor"])
    phone.send(board(journey.codes[0]))
    boarded = phone.departures(first["cursor"]).get_json()
    assert [bool(one["boarded"]) for one in boarded["departures"][0]["people"]] == [
        True,
        False,
        False,
    ]
    with transaction():
        cancel_household(journey.family.id, now=NOW - timedelta(hours=1))
    bus, _back = phone.departures(boarded["cursor"]).get_json()["departures"]
    listed = {one["hash"]: one["seated"] for one in bus["people"]}
    on_board, promoted = badge_hash(journey.codes[0], SALT), badge_hash(journey.unseated, SALT)
    assert listed == {promoted: True, on_board: False}


def test_the_roster_of_a_bus_has_who_rides_and_knows_the_other_badges(journey: Journey) -> None:
    phone = journey.phone(journey.out)
    phone.send(board(journey.codes[1]))
    roster = phone.roster()
    assert roster["station"] == {"name": "Bus 4 · 09:40", "kind": "bus", "limit": None, "inside": 1}
    entries = {one["hash"]: one["inside"] for one in roster["entries"]}
    assert list(map(bool, entries.values())) == [False, True, False]
    assert set(entries) == {badge_hash(code, SALT) for code in journey.codes}
    assert badge_hash(journey.unseated, SALT) in roster["pool"]


def test_only_the_phones_of_a_bus_know_its_wheelchairs_and_stops(journey: Journey) -> None:
    people = session().scalars(
        sa.select(Attendee).where(Attendee.household_id == journey.family.id)
    )
    first, second, _third = sorted(people, key=lambda one: one.position)
    make.make_need(second, kind=NeedKind.WHEELCHAIR)
    make.make_need(first, kind=NeedKind.SIGN_LANGUAGE)
    on_board = journey.phone(journey.out).roster()
    told = [(one["hint"], one["stop"]) for one in on_board["entries"]]
    stop = journey.stops[1].name
    assert told == [("", stop), ("wheelchair", stop), ("", stop)]
    entrance = make.make_device(journey.shift, make.make_station(journey.fair))
    at_the_door = Phone(journey, entrance).roster()["entries"]
    assert len(at_the_door) == 4
    assert {(one["hint"], one["stop"]) for one in at_the_door} == {("", "")}
    elsewhere = make.make_departure(journey.fair, journey.stops, wave=1)
    assert journey.phone(elsewhere).roster()["entries"] == []


def test_the_roster_of_a_bus_is_sent_whole_when_seats_change_hands(journey: Journey) -> None:
    phone = journey.phone(journey.out)
    first = phone.roster()
    assert (first["full"], phone.roster(first["cursor"])["full"]) == (True, False)
    with transaction():
        cancel_household(journey.family.id, now=NOW - timedelta(hours=1))
    after = phone.roster(first["cursor"])
    assert after["full"]
    assert [one["hash"] for one in after["entries"]] == [badge_hash(journey.unseated, SALT)]


def test_only_phones_of_a_bus_get_its_manifest(journey: Journey) -> None:
    other = make.make_departure(journey.fair, journey.stops, line=9)
    (bus,) = journey.phone(other).departures().get_json()["departures"]
    assert (bus["id"], bus["people"]) == (other.id, [])
    station = make.make_station(journey.fair)
    steward = Phone(journey, make.make_device(journey.shift, station))
    response = steward.departures()
    assert (response.status_code, response.get_json()["code"]) == (403, "not_allowed")
    elsewhere = journey.phone(journey.out)
    elsewhere.path = f"/api/v1/fairs/{make.make_fair().slug}"
    assert elsewhere.departures().status_code == 403
    nobody = journey.app.test_client().get(f"{steward.path}/departures")
    assert (nobody.status_code, nobody.get_json()["code"]) == (401, "token_missing")


def test_a_manifest_costs_the_same_for_few_and_for_many(journey: Journey) -> None:
    def statements() -> int:
        session().expire_all()
        seen: list[str] = []

        def note(_c: Any, _cur: Any, statement: str, *_more: Any) -> None:
            seen.append(statement)

        engine = session().get_bind()
        sa.event.listen(engine, "before_cursor_execute", note)
        list_manifests(journey.fair.id, [journey.out.id])
        sa.event.remove(engine, "before_cursor_execute", note)
        return len([one for one in seen if one.startswith("SELECT")])

    few = statements()
    for _ in range(4):
        request = make.make_request(
            make.make_household(journey.fair), journey.stops[0], state=RequestState.SEATED
        )
        make.make_ride(request, journey.out)
    assert statements() == few <= 12


def test_a_rehearsal_leaves_nobody_on_board(journey: Journey) -> None:
    yesterday = -24 * 60 * 60
    assert journey.phone(journey.out).outcomes(board(journey.codes[0], yesterday)) == ["boarded"]
    session().rollback()
    assert not any(on_board(journey.fair.id, journey.out))


def test_the_form_offers_the_buses_to_the_fair_first(journey: Journey) -> None:
    with journey.app.test_request_context("/?lang=en"):
        choices = boarding_choices(journey.fair.id)
    assert choices == [
        (journey.out.id, "Line 4, 09:40: To the fair"),
        (journey.back.id, "Line 4, 14:00: Back home"),
    ]
    assert boarding_choices(make.make_fair().id) == []


def test_a_bus_with_a_phone_on_duty_is_not_taken_out(journey: Journey) -> None:
    bus = make.make_departure(journey.fair, journey.stops, line=9)
    phone = journey.phone(bus)
    make.make_door_item(phone.device)
    with pytest.raises(Refusal, match="departure_has_phones"):
        remove_departure(bus.id, **organiser())
    with transaction() as current:
        current.get_one(Device, phone.device.id).revoked_at = NOW
    remove_departure(bus.id, **organiser())
    assert bus.id not in [one.id for one in list_departures(journey.fair.id)]
    assert session().scalars(sa.select(Device)).all() == []
    assert session().scalars(sa.select(DoorItem)).all() == []


def test_a_bus_is_taken_out_when_its_shift_is_over(journey: Journey) -> None:
    bus = make.make_departure(journey.fair, journey.stops, line=9)
    journey.phone(bus)
    with transaction() as current:
        current.get_one(Shift, journey.shift.id).ends_at = NOW
    remove_departure(bus.id, **organiser())
    assert len(list_departures(journey.fair.id)) == 2


def test_a_bus_on_which_badges_were_scanned_stays(journey: Journey) -> None:
    bus = make.make_departure(journey.fair, journey.stops, line=9)
    phone = journey.phone(bus)
    assert phone.outcomes(board(journey.codes[0])) == [Outcome.WRONG_DEPARTURE]
    with transaction() as current:
        current.get_one(Device, phone.device.id).revoked_at = NOW
    with pytest.raises(Refusal, match="departure_scanned"):
        remove_departure(bus.id, **organiser())
    assert len(list_departures(journey.fair.id)) == 3


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(st.integers(-60, 0), st.integers(0, 2), st.sampled_from(["board", "alight"])),
        unique_by=lambda step: step[0],
        max_size=12,
    )
)
def test_who_is_on_board_does_not_depend_on_what_arrives_first(
    journey: Journey, steps: list[tuple[int, int, str]]
) -> None:
    family = make.make_household(journey.fair)
    request = make.make_request(family, journey.stops[0], state=RequestState.SEATED)
    bus = make.make_departure(journey.fair, journey.stops)
    make.make_ride(request, bus)
    codes = journey.badges(family)
    shown: dict[str, Any] = {"offline": True, "decided": "boarded"}
    journey.phone(bus).send(
        *(board(codes[who], 60 * minute, direction=way, **shown) for minute, who, way in steps)
    )
    session().rollback()
    last = {who: way for _minute, who, way in sorted(steps)}
    assert on_board(journey.fair.id, bus) == [last.get(who) == "board" for who in range(3)]
