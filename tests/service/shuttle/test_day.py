"""A day of the buses by the API and the desk: late, closed, missing, added on the spot."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.rules import NeedKind
from jobfair.checkin.hashes import badge_hash
from jobfair.checkin.models import Scan
from jobfair.checkin.rules import DeviceKind
from jobfair.checkin.service import buses
from jobfair.core.actor import Actor, Role
from jobfair.core.clock import frozen
from jobfair.core.db import session
from jobfair.core.errors import Conflict, Invalid, NotFound
from jobfair.fairs.rules import Phase
from jobfair.shuttle.lateness import late_at
from jobfair.shuttle.models import BusAnswer, Delay, Departure, Ride
from jobfair.shuttle.queries.day import read_day
from jobfair.shuttle.queries.delays import delays_of
from jobfair.shuttle.queries.home import watch_home, way_home
from jobfair.shuttle.queries.live import buses_now
from jobfair.shuttle.queries.manifests import get_manifest
from jobfair.shuttle.queries.ticks import tick_list
from jobfair.shuttle.rules import CallInput, DepartureInput, Direction, RequestState
from jobfair.shuttle.service import day as service
from jobfair.shuttle.service import edit_departure, remove_departure
from jobfair.shuttle.sightings import Answer
from tests import factories as make

NOW = make.NOW
HOME = NOW + timedelta(hours=4)
SALT = bytes.fromhex("5a" * 16)


class TheDay:
    """A fair with a bus of four seats there and back, and a later one back; two people ride."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.fair = make.make_fair(
            phase=Phase.RUNNING, starts_at=NOW, ends_at=HOME + timedelta(hours=1)
        )
        self.stops = [make.make_stop(name="Fürstenau, Markt"), make.make_stop()]
        self.out = self.bus(Direction.OUT, NOW)
        self.back = self.bus(Direction.BACK, HOME)
        self.later = self.bus(Direction.BACK, HOME + timedelta(hours=1), wave=1)
        self.shift = make.make_shift(self.fair, ends_at=NOW + timedelta(hours=8))
        self.first, self.second = self.riding(2)
        self.client = app.test_client()
        device = make.make_device(self.shift, kind=DeviceKind.ATTENDANT, departure_id=self.out.id)
        self.headers = {"Authorization": f"Bearer {make.token_of(device)}"}
        self.actor: Actor = make.actor_of(make.make_user(Role.ORGANISER), Role.ORGANISER)

    def bus(self, direction: Direction, at: Any, **given: Any) -> Departure:
        facts = {"direction": direction, "line": 4, "fair_at": at, "seats": 4, "wheelchairs": 2}
        return make.make_departure(self.fair, self.stops, **facts | given)

    def riding(self, people: int, stop: int = 1, **given: Any) -> list[str]:
        """Have a household ride both ways; return its codes."""
        household = make.make_household(self.fair, people, 0)
        state = RequestState.SEATED
        request = make.make_request(
            household, self.stops[stop], state=state, people=people, **given
        )
        for bus in (self.out, self.back):
            make.make_ride(request, bus)
        return self.codes(household)

    def codes(self, household: Household) -> list[str]:
        query = sa.select(BadgeCode.code).join(Attendee, Attendee.id == BadgeCode.attendee_id)
        theirs = query.where(Attendee.household_id == household.id)
        return list(session().scalars(theirs.order_by(Attendee.position)))

    def person(self, code: str) -> int:
        query = sa.select(BadgeCode.attendee_id).where(BadgeCode.code == code)
        return session().scalar(query) or 0

    def scan(self, bus: Departure, *codes: str, at: Any = NOW, **more: Any) -> list[str]:
        scans = [
            {
                "id": str(uuid4()),
                "badge": code,
                "direction": "board",
                "departure": bus.id,
                "scanned_at": at.isoformat(),
                **more,
            }
            for code in codes
        ]
        body = {"device": {"now": at.isoformat()}, "scans": scans}
        with frozen(at):
            response = self.post("scans", body)
        return [one["outcome"] or one["error"] for one in response["results"]]

    def seen(self, code: str, at: Any = NOW, direction: str = "in") -> None:
        """Have somebody go through the house's door."""
        person = session().get_one(Attendee, self.person(code))
        given: dict[str, Any] = {"direction": direction, "scanned_at": at, "received_at": at}
        make.make_scan(person, code, **given)

    def act(self, *actions: dict[str, Any], at: Any = NOW) -> list[Any]:
        items = [{"id": str(uuid4()), "at": at.isoformat(), **action} for action in actions]
        with frozen(at):
            return [one["error"] for one in self.post("actions", {"actions": items})["results"]]

    def late(self, bus: Departure, minutes: int, **more: Any) -> list[Any]:
        return self.act({"kind": "late", "departure": bus.id, "minutes": minutes, **more})

    def close(self, bus: Departure, answers: dict[str, str], at: Any = HOME) -> list[Any]:
        told = [
            {"hash": badge_hash(code, SALT), "answer": answer} for code, answer in answers.items()
        ]
        return self.act({"kind": "close", "departure": bus.id, "answers": told}, at=at)

    def post(self, path: str, body: Any) -> Any:
        url = f"/api/v1/fairs/{self.fair.slug}/{path}"
        response = self.client.post(url, json=body, headers=self.headers)
        assert response.status_code == 200
        session().rollback()
        session().expire_all()
        return response.get_json()

    def shown(self) -> dict[int, Any]:
        """Return the departures as the phone is told of them, by their ids."""
        url = f"/api/v1/fairs/{self.fair.slug}/departures"
        answer = self.client.get(url, headers=self.headers).get_json()
        return {bus["id"]: bus for bus in answer["departures"]}

    def lates(self, bus: Departure) -> list[int]:
        shown = self.shown()[bus.id]
        return [*(stop["late"] for stop in shown["stops"]), shown["late"]]

    def missing(self, bus: Departure) -> dict[str, Any]:
        people = self.shown()[bus.id]["people"]
        return {one["hash"]: one["where"] for one in people if one["where"] not in (None, "aboard")}


@pytest.fixture
def day(app: Flask) -> TheDay:
    return TheDay(app)


def test_a_phone_has_all_departures_of_its_line(day: TheDay) -> None:
    make.make_departure(day.fair, day.stops, line=9)
    assert list(day.shown()) == [day.out.id, day.back.id, day.later.id]


def test_a_phone_of_a_round_has_what_that_bus_drives(day: TheDay) -> None:
    other = make.make_departure(day.fair, day.stops, line=9, block=2, fair_at=HOME)
    twin = make.make_departure(day.fair, day.stops, line=8, block=2, fair_at=NOW)
    same_line = make.make_departure(day.fair, day.stops, line=9, wave=1)
    assert buses().rounds(session(), other.id) == (twin.id, other.id)
    assert buses().rounds(session(), same_line.id) == (same_line.id,)


def test_minutes_count_from_the_stop_on(day: TheDay) -> None:
    assert day.late(day.out, 5, stop=day.stops[1].id) == [None]
    assert day.lates(day.out) == [0, 5, 5]
    assert day.late(day.out, 10) == [None]
    assert day.lates(day.out) == [10, 15, 15]
    assert day.late(day.out, -10) == [None]
    assert day.lates(day.out) == [0, 5, 5]
    assert day.late(day.out, -120) == [None]
    assert day.lates(day.out) == [0, 0, 0]


def test_a_return_leaves_late_or_is_late_on_its_way(day: TheDay) -> None:
    day.late(day.back, 10)
    assert day.lates(day.back) == [10, 10, 10]
    day.late(day.back, 5, stop=day.stops[1].id)
    assert day.lates(day.back) == [10, 15, 10]
    lates = delays_of(session(), day.fair.id)
    assert (late_at(lates[day.back.id], 1), lates.get(day.out.id, [])) == (15, [])


def test_what_is_said_twice_counts_once(day: TheDay) -> None:
    late = {"kind": "late", "departure": day.out.id, "minutes": 5, "id": str(uuid4())}
    assert day.act(late) == day.act(late) == [None]
    assert day.lates(day.out) == [5, 5, 5]
    assert day.act({**late, "minutes": 10}) == ["id_reused"]


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"minutes": 0}, "bad_minutes"),
        ({"minutes": 121}, "bad_minutes"),
        ({"minutes": "5"}, "bad_minutes"),
        ({"departure": 0}, "bad_departure"),
        ({"departure": 4711}, "bad_departure"),
        ({"stop": 4711}, "bad_stop"),
    ],
)
def test_what_can_not_be_is_refused(day: TheDay, more: dict[str, Any], error: str) -> None:
    assert day.act({"kind": "late", "departure": day.out.id, "minutes": 5, **more}) == [error]
    assert session().scalars(sa.select(Delay)).all() == []


def test_a_bus_to_the_fair_is_not_closed_nor_one_of_others(day: TheDay) -> None:
    other = make.make_departure(day.fair, day.stops, line=9, direction=Direction.BACK)
    assert day.close(day.out, {}) == day.close(other, {}) == ["bad_departure"]
    assert day.close(day.back, {day.first: "flown"}) == ["bad_answers"]
    assert session().get_one(Departure, day.back.id).closed_at is None


def answered_for(bus: Departure) -> dict[int, Answer]:
    rows = session().scalars(sa.select(BusAnswer).where(BusAnswer.departure_id == bus.id))
    return {row.attendee_id: row.answer for row in rows}


def test_only_who_may_be_missing_is_answered_for(day: TheDay) -> None:
    elsewhere, guest = day.riding(1)[0], day.codes(make.make_household(day.fair, 1, 0))[0]
    session().execute(
        sa.update(Ride)
        .where(Ride.departure_id == day.back.id, Ride.people == 1)
        .values(departure_id=day.later.id)
    )
    session().commit()
    day.scan(day.out, day.first, elsewhere)
    day.seen(guest)
    told = dict.fromkeys((day.first, day.second, elsewhere, guest, "0000 0000 0000"), "otherwise")
    assert day.close(day.back, told, at=HOME) == [None]
    assert session().get_one(Departure, day.back.id).closed_at == HOME
    seated = {day.person(day.first), day.person(day.second)}
    assert answered_for(day.back) == dict.fromkeys(seated, Answer.OTHERWISE)


def test_who_came_by_bus_and_has_no_way_home_is_answered_for(day: TheDay) -> None:
    guest = day.codes(make.make_household(day.fair, 1, 0))[0]
    day.scan(day.out, guest, override={"reason": "room"})
    assert day.close(day.back, {guest: "reached"}) == [None]
    assert answered_for(day.back) == {day.person(guest): Answer.REACHED}


def test_a_rehearsal_leaves_nothing(day: TheDay) -> None:
    before = NOW - timedelta(days=1)
    late = {"kind": "late", "departure": day.out.id, "minutes": 5}
    assert day.act(late, at=before) == day.close(day.back, {}, at=before) == [None]
    assert session().scalars(sa.select(Delay)).all() == []
    assert session().get_one(Departure, day.back.id).closed_at is None


def test_who_came_and_has_not_boarded_is_missing(day: TheDay) -> None:
    assert day.missing(day.back) == {}
    day.scan(day.out, day.first)
    day.seen(day.second, NOW + timedelta(hours=1))
    day.seen(day.second, NOW + timedelta(hours=2), "out")
    marks = [badge_hash(code, SALT) for code in (day.first, day.second)]
    assert day.missing(day.back) == {marks[0]: "there", marks[1]: "seen_out"}
    assert day.shown()[day.back.id]["expected"] == 2
    day.scan(day.back, day.first, at=HOME)
    assert day.missing(day.back) == {marks[1]: "seen_out"}
    assert read_day(session(), day.fair.id).came_by_bus() == {
        day.person(day.first),
        day.person(day.second),
    }


def test_closing_says_what_becomes_of_the_missing(day: TheDay) -> None:
    day.scan(day.out, day.first, day.second)
    answers = {day.first: "later_bus", day.second: "otherwise"}
    assert day.close(day.back, answers, at=HOME) == [None]
    shown = day.shown()
    assert shown[day.back.id]["closed_at"] == HOME.isoformat().replace("+00:00", "Z")
    assert [one["answer"] for one in shown[day.back.id]["people"]] == ["later_bus", "otherwise"]
    (moved,) = shown[day.later.id]["people"]
    assert (moved["seated"], moved["where"], moved["stop"]) == (False, "there", day.stops[1].id)
    assert shown[day.later.id]["expected"] == 1
    assert {one.departure_id for one in session().scalars(sa.select(BusAnswer))} == {day.back.id}


def test_later_answers_count_and_the_bus_left_once(day: TheDay) -> None:
    day.scan(day.out, day.first)
    day.close(day.back, {day.first: "not_found"}, at=HOME)
    home = way_home(day.fair, HOME + timedelta(minutes=1))
    assert [one.person.id for one in home.to_reach] == [day.person(day.first)]
    day.close(day.back, {day.first: "reached"}, at=HOME + timedelta(minutes=3))
    session().expire_all()
    assert way_home(day.fair, HOME + timedelta(minutes=4)).to_reach == ()
    closed = session().get_one(Departure, day.back.id).closed_at
    assert closed == HOME + timedelta(minutes=3)


def test_who_has_no_seat_is_added_where_there_is_room(day: TheDay) -> None:
    (one,), (two,), (three,) = (day.codes(make.make_household(day.fair, 1, 0)) for _ in range(3))
    insisting = {"override": {"reason": "dazu"}}
    assert day.scan(day.out, one) == ["wrong_departure"]
    assert day.shown()[day.out.id]["room"] == 2
    after = NOW + timedelta(minutes=1)
    assert day.scan(day.out, one, two, three, at=after, **insisting) == [
        "boarded",
        "boarded",
        "full",
    ]
    shown = day.shown()[day.out.id]
    assert (shown["room"], shown["on_board"], shown["expected"]) == (0, 2, 4)
    assert day.scan(day.out, day.first, day.second) == ["boarded", "boarded"]


def test_seats_of_a_stop_that_was_passed_are_free(day: TheDay) -> None:
    day.riding(2, stop=0)
    (extra,) = day.codes(make.make_household(day.fair, 1, 0))
    insisting = {"override": {"reason": "dazu"}}
    assert day.scan(day.out, extra, **insisting) == ["full"]
    assert day.scan(day.out, day.first) == ["boarded"]
    after = NOW + timedelta(minutes=1)
    assert day.scan(day.out, extra, at=after, **insisting) == ["boarded"]


def test_once_a_return_is_closed_its_seats_are_for_anybody(day: TheDay) -> None:
    day.riding(2)
    (extra,) = day.codes(make.make_household(day.fair, 1, 0))
    insisting = {"override": {"reason": "dazu"}, "at": HOME}
    assert day.scan(day.back, extra, **insisting) == ["full"]
    day.close(day.back, {})
    later = insisting | {"at": HOME + timedelta(minutes=1)}
    assert day.scan(day.back, extra, **later) == ["boarded"]


def test_wheelchairs_take_no_seat(day: TheDay) -> None:
    (rolling, walking) = day.riding(2, wheelchairs=1)
    person = session().get_one(Attendee, day.person(rolling))
    make.make_need(person, kind=NeedKind.WHEELCHAIR)
    shown = day.shown()[day.out.id]
    wheelchairs = {one["hash"]: one["wheelchair"] for one in shown["people"]}
    assert wheelchairs[badge_hash(rolling, SALT)]
    assert not wheelchairs[badge_hash(walking, SALT)]
    assert shown["room"] == 1
    day.riding(1, wheelchairs=1)
    asked = [one["wheelchair"] for one in day.shown()[day.out.id]["people"]]
    assert asked == [False, False, True, False, True]


def test_the_door_knows_what_is_coming(day: TheDay) -> None:
    day.late(day.out, 8)
    soon = NOW - timedelta(minutes=30)
    (bus,) = buses().coming(session(), day.fair.id, soon)
    assert (bus.line, bus.late, bus.expected, bus.on_board) == (4, 8, 2, 0)
    day.scan(day.out, day.first)
    assert [one.on_board for one in buses().coming(session(), day.fair.id, NOW)] == [1]
    for at in (NOW - timedelta(hours=3), NOW + timedelta(minutes=19)):
        assert buses().coming(session(), day.fair.id, at) == []


def test_the_desk_is_warned_of_returns(day: TheDay) -> None:
    day.scan(day.out, day.first)
    early, soon = HOME - timedelta(minutes=16), HOME - timedelta(minutes=15)
    assert watch_home(day.fair, early).leaving == ()
    (warned,) = watch_home(day.fair, soon).leaving
    assert (warned.departure_id, warned.expected, warned.missing) == (day.back.id, 1, 1)
    assert [one.departure_id for one in buses_now(day.fair, soon).leaving] == [day.back.id]
    last = way_home(day.fair, HOME + timedelta(minutes=50)).last_call
    assert [one.person.id for one in last] == [day.person(day.first)]
    day.scan(day.back, day.first, at=HOME)
    assert watch_home(day.fair, HOME).leaving == ()
    assert way_home(day.fair, HOME + timedelta(minutes=50)).last_call == ()


def test_the_desk_says_how_late_a_bus_is_where_it_comes_next(day: TheDay) -> None:
    between = NOW - timedelta(minutes=15)  # after the first stop, before the second

    def delay(minutes: int, reports: int, at: Any = between) -> None:
        service.delay_bus(day.fair, "4-out-0", minutes, reports, actor=day.actor, now=at)

    delay(5, 0)
    delay(5, 0)
    assert day.lates(day.out) == [0, 5, 5]
    delay(10, 1)
    assert day.lates(day.out) == [0, 15, 15]
    with pytest.raises(Invalid, match="minutes_late"):
        delay(0, 2)
    with pytest.raises(Conflict, match="not_the_day"):
        delay(5, 2, NOW - timedelta(days=1))
    delay(120, 2)
    with pytest.raises(Invalid, match="late_in_all"):
        delay(120, 3)
    delay(-120, 3)
    shown = {bus.departure.id: bus for bus in buses_now(day.fair, between).coming}
    assert (shown[day.out.id].late, shown[day.out.id].reports) == (15, 4)


def test_the_desk_answers_for_the_missing(day: TheDay) -> None:
    day.scan(day.out, day.first)
    given: dict[str, Any] = {"actor": day.actor, "now": HOME}
    service.close_bus(day.fair, "4-back-0", **given)
    person = day.person(day.first)
    (called,) = way_home(day.fair, HOME).to_reach
    assert (called.person.id, called.answer) == (person, None)
    service.answer_for(day.fair, "4-back-0", person, Answer.OTHERWISE, **given)
    home = way_home(day.fair, HOME)
    assert (home.to_reach, home.returns[0].missing[0].answer) == ((), Answer.OTHERWISE)
    with pytest.raises(NotFound):
        service.answer_for(day.fair, "4-out-0", person, Answer.REACHED, **given)
    with pytest.raises(NotFound):
        service.answer_for(day.fair, "4-back-0", 4711, Answer.REACHED, **given)
    with pytest.raises(NotFound):
        service.close_bus(day.fair, "4-out-0", **given)


def test_a_bus_of_which_something_was_said_can_be_taken_out(day: TheDay) -> None:
    spare = day.bus(Direction.BACK, HOME, line=9)
    day.scan(day.out, day.first)
    given: dict[str, Any] = {"actor": day.actor, "now": HOME}
    person = day.person(day.first)
    service.delay_bus(day.fair, "9-back-0", 5, 0, **given)
    service.answer_for(day.fair, "9-back-0", person, Answer.LATER_BUS, **given)
    remove_departure(spare.id, **given)
    assert spare.id not in read_day(session(), day.fair.id).departures


def test_a_bus_that_has_left_is_neither_taken_out_nor_made_smaller(day: TheDay) -> None:
    given: dict[str, Any] = {"actor": day.actor, "people": 2}
    leaves = HOME + timedelta(minutes=10)
    assert day.late(day.back, 10) == [None]
    with pytest.raises(Conflict, match="departures_gone") as refusal:
        remove_departure(day.back.id, now=leaves, **given)
    assert refusal.value.params == {"lines": "4"}
    with pytest.raises(Conflict, match="departures_gone"):
        edit_departure(day.back.id, replace(plan_of(day.back), seats=1), now=leaves, **given)
    roomier = replace(plan_of(day.back), seats=9)
    edit_departure(day.back.id, roomier, now=leaves, actor=day.actor)
    remove_departure(day.back.id, now=leaves - timedelta(minutes=1), **given)


def test_a_closed_bus_stays_though_it_would_leave_later(day: TheDay) -> None:
    spare = day.bus(Direction.BACK, HOME, line=9)
    given: dict[str, Any] = {"actor": day.actor, "now": HOME - timedelta(minutes=3)}
    service.close_bus(day.fair, "9-back-0", **given)
    with pytest.raises(Conflict, match="departures_gone"):
        remove_departure(spare.id, **given)


def plan_of(bus: Departure) -> DepartureInput:
    """Return the departure as the form would have it."""
    loaded = read_day(session(), bus.fair_id).departures[bus.id]
    calls = tuple(CallInput(call.stop_id, call.at) for call in loaded.calls)
    return DepartureInput(
        direction=bus.direction,
        line=bus.line,
        wave=bus.wave,
        seats=bus.seats,
        fair_at=bus.fair_at,
        calls=calls,
        wheelchairs=bus.wheelchairs,
    )


def test_ticks_on_paper_are_scans_of_the_desk(day: TheDay) -> None:
    scanned, ticked = day.person(day.first), day.person(day.second)
    stranger = day.person(day.codes(make.make_household(day.fair, 1, 0))[0])
    day.scan(day.out, day.first)

    def tick(boarded: Iterable[int], alighted: Iterable[int] = ()) -> None:
        service.tick(day.fair, "4-out-0", [*boarded], [*alighted], NOW, actor=day.actor, now=HOME)

    def on_board() -> set[int]:
        found = read_day(session(), day.fair.id).aboard
        return {*found.get(day.out.id, ())}

    tick([ticked, stranger])
    tick([ticked])
    assert on_board() == {scanned, ticked}
    by_desk = sa.select(Scan).where(Scan.user_id.is_not(None), Scan.undone_at.is_(None))
    (scan,) = session().scalars(by_desk)
    assert (scan.attendee_id, scan.user_id, scan.counts) == (ticked, day.actor.id, True)
    boxes = {
        row.person.id: row.boarded for row in tick_list(get_manifest(day.fair.id, "4-out-0")).rows
    }
    assert [(box.ticked, box.scanned) for box in (boxes[scanned], boxes[ticked])] == [
        (True, True),
        (True, False),
    ]
    tick([ticked], [ticked])
    assert on_board() == {scanned}
    tick([])
    assert on_board() == {scanned}
    assert session().scalars(by_desk).all() == []


def test_a_day_is_read_with_few_statements(day: TheDay) -> None:
    def statements() -> int:
        session().rollback()
        session().expire_all()
        seen: list[str] = []

        def note(_c: Any, _cur: Any, statement: str, *_more: Any) -> None:
            seen.append(statement)

        engine = session().get_bind()
        sa.event.listen(engine, "before_cursor_execute", note)
        read_day(session(), day.fair.id)
        sa.event.remove(engine, "before_cursor_execute", note)
        return len([one for one in seen if one.startswith("SELECT")])

    few = statements()
    for number in range(2):
        day.riding(1)
        day.bus(Direction.BACK, HOME, wave=5 + number)
    assert statements() == few <= 9
