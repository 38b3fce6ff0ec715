"""The engine of a phone that goes along with a bus: its list, its room, delays, the way home."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.browser.conftest import ContextMaker
from tests.browser.door.fake_api import (
    AMAL,
    LATE,
    STRANGER,
    UNPAID,
    YUSUF,
    FakeApi,
    Json,
    Phone,
    hash_of,
    outcome,
)
from tests.browser.door.fake_bus import HAGEN, at, board_bus, bus_back, bus_out, rider

pytestmark = pytest.mark.browser

Boarder = Callable[..., Phone]
ON_BOARD = {"since": at(-5), "station": "Bus 4 · 08:10"}


@pytest.fixture
def board(api: FakeApi, browser_context: ContextMaker) -> Boarder:
    """Give a function that pairs a phone with a bus that makes these trips."""

    def boarded(*trips: Json) -> Phone:
        board_bus(api, *trips)
        context = browser_context()
        api.serve(context)
        return Phone(context.new_page()).open().pair()

    return boarded


def bus(phone: Phone) -> Any:
    """Return the trip as the screens show it."""
    return phone.do("engine.counts.bus")


def figures(phone: Phone) -> tuple[int, int, int]:
    """Return how many are on board, expected, and could be added."""
    shown = bus(phone)
    return shown["onBoard"], shown["expected"], shown["room"]


def report(phone: Phone, call: str, given: object = None) -> None:
    """Have the attendant do something of the bus."""
    phone.do(f"engine.open.journey.{call}", given)


def test_attendants_let_people_on_their_bus(api: FakeApi, board: Boarder) -> None:
    phone = board(bus_out(rider(AMAL, wheelchair=True), rider(UNPAID, "Olena Bondar", stop=HAGEN)))
    verdict = phone.scan(AMAL)
    entry = verdict["entry"]
    assert (outcome(verdict), verdict["bus"]) == ("boarded", "out")
    assert (entry["name"], entry["hint"], entry["stop"]) == (
        "Amal Haddad",
        "wheelchair",
        "Bramsche",
    )
    assert figures(phone) == (1, 2, 2)
    assert outcome(phone.scan(UNPAID)) == "waitlisted"
    assert outcome(phone.scan(STRANGER)) == "unknown"
    assert outcome(phone.scan(AMAL, "out")) == "alighted"
    assert figures(phone) == (0, 2, 2)
    phone.sent()
    assert {(scan["station"], scan["departure"]) for scan in api.scans()} == {("Bus 4 · 08:10", 5)}


def test_others_get_on_on_the_spot_while_there_is_room(api: FakeApi, board: Boarder) -> None:
    phone = board(bus_out(rider(AMAL), seats=2))
    refused = phone.scan(YUSUF)
    assert (outcome(refused), refused["room"]) == ("wrong_departure", 1)
    added = phone.do("engine.admit(given, { spot: true })", hash_of(YUSUF))
    assert outcome(added) == "boarded"
    assert [one["name"] for one in bus(phone)["others"]["people"]] == ["Yusuf Haddad"]
    assert figures(phone) == (1, 2, 0)
    nameless = phone.scan(LATE)
    assert (outcome(nameless), nameless["room"]) == ("wrong_departure", 0)
    assert outcome(phone.do("engine.admit(given, { spot: true })", hash_of(LATE))) == "full"
    assert outcome(phone.scan(AMAL)) == "boarded"
    phone.sent()
    reasons = [scan["override"] and scan["override"]["reason"] for scan in api.scans()]
    assert reasons == [None, "on the spot", None, "on the spot", None]


def test_badges_of_another_trip_say_which(api: FakeApi, board: Boarder) -> None:
    later = bus_out(rider(YUSUF, "Yusuf Haddad"), id=7, name="Bus 4 · 10:10", begins=120)
    phone = board(bus_out(rider(AMAL)), later)
    verdict = phone.scan(YUSUF)
    assert (outcome(verdict), verdict["seatOn"]) == ("wrong_departure", "Bus 4 · 10:10")
    api.away = True
    phone.do("engine.open.journey.choose(7)")
    verdict = phone.scan(YUSUF)
    assert outcome(verdict) == "boarded"
    assert verdict["others"] == [], "who has no seat here is not called along"
    assert outcome(phone.scan(AMAL)) == "wrong_departure"
    phone.open().unlock()
    assert (bus(phone)["id"], figures(phone)) == (7, (1, 1, 2))


def test_a_tick_without_network_holds_and_is_sent(api: FakeApi, board: Boarder) -> None:
    phone = board(bus_out(rider(AMAL), rider(YUSUF, "Yusuf Haddad")))
    api.away = True
    for code in (AMAL, YUSUF):
        assert outcome(phone.do("engine.admit(given)", hash_of(code))) == "boarded"
    phone.do(f"engine.undo(engine.session.scans.undoable('{hash_of(YUSUF)}'))")
    phone.open().unlock()
    assert figures(phone) == (1, 2, 1)
    api.away = False
    phone.do("engine.sync()")
    phone.sent()
    kept, undone = api.scans()
    assert [action["scan"] for body in api.sent("/actions") for action in body["actions"]] == [
        undone["id"]
    ]
    assert (kept["hash"], kept["offline"]) == (hash_of(AMAL), True)


@pytest.mark.parametrize("away", [True, False])
def test_a_tick_can_be_taken_back_after_the_page_was_closed(
    api: FakeApi, board: Boarder, away: bool
) -> None:
    phone = board(bus_out(rider(AMAL), rider(YUSUF, "Yusuf Haddad")))
    api.away = away
    for code in (AMAL, YUSUF):
        phone.do("engine.admit(given)", hash_of(code))
    if not away:
        phone.sent()
        aboard = [rider(code, boarded=ON_BOARD) for code in (AMAL, YUSUF)]
        api.trips = [bus_out(*aboard)]
        phone.do("engine.sync()")
        api.away = True
    phone.open().unlock()
    undoable = f"engine.session.scans.undoable('{hash_of(AMAL)}')"
    assert phone.do(f"engine.undo({undoable})") is None
    assert (figures(phone), phone.do(undoable)) == ((1, 2, 1), None)
    phone.open().unlock()
    assert (figures(phone), phone.do(undoable)) == ((1, 2, 1), None)
    api.away = False
    phone.do("engine.sync()")
    phone.sent()
    (action,) = [one for body in api.sent("/actions") for one in body["actions"]]
    assert action["scan"] == api.scans()[0]["id"]


def test_what_was_long_ago_is_forgotten_with_the_page(api: FakeApi, board: Boarder) -> None:
    phone = board(bus_out(rider(AMAL)))
    phone.do("engine.admit(given)", hash_of(AMAL))
    phone.sent()
    stored = "engine.session.vault.readAll('sealed').then((all) => all.map(([key]) => key))"
    assert any(key.startswith("passed/") for key in phone.do(stored))
    phone.page.clock.install(time=datetime.now(UTC) + timedelta(minutes=11))
    phone.open().unlock()
    assert phone.do(f"engine.session.scans.undoable('{hash_of(AMAL)}')") is None
    assert not any(key.startswith("passed/") for key in phone.do(stored))


def test_what_the_list_has_already_can_be_taken_back(api: FakeApi, board: Boarder) -> None:
    phone = board(bus_out(rider(AMAL)))
    verdict = phone.scan(AMAL)
    phone.sent()
    api.trips = [bus_out(rider(AMAL, boarded=ON_BOARD))]
    phone.do("engine.sync()")
    assert phone.do("engine.session.moves.byHash.size") == 0
    assert figures(phone)[0] == 1
    api.away = True
    phone.do("engine.undo(given)", verdict["id"])
    assert figures(phone)[0] == 0


def test_a_delay_holds_from_the_next_stop_on(api: FakeApi, board: Boarder) -> None:
    boarded = rider(AMAL, boarded=ON_BOARD)
    late = bus_out(boarded, rider(YUSUF, "Yusuf Haddad", stop=HAGEN), begins=-10)
    phone = board(late)
    assert bus(phone)["next"] == 1
    api.away = True
    report(phone, "late(10, given)", HAGEN)
    phone.open().unlock()
    shown = bus(phone)
    assert [stop["late"] for stop in shown["stops"]] == [0, 10]
    assert shown["fair"]["late"] == 10
    report(phone, "late(-10, given)", HAGEN)
    assert bus(phone)["fair"]["late"] == 0
    report(phone, "late(5, null)")
    assert [stop["late"] for stop in bus(phone)["stops"]] == [5, 5]
    api.away = False
    phone.do("engine.sync()")
    phone.sent()
    sent = [action for body in api.sent("/actions") for action in body["actions"]]
    named = [(one["departure"], one["minutes"], one["stop"]) for one in sent]
    assert named == [(5, 10, HAGEN), (5, -10, HAGEN), (5, 5, None)]
    phone.do("engine.sync()")
    assert bus(phone)["fair"]["late"] == 0, "the server's word counts, once it knows"


def test_a_refused_delay_does_not_hold(api: FakeApi, board: Boarder) -> None:
    phone = board(bus_out(rider(AMAL)))
    api.interfere = lambda path, body: (
        (200, {"results": [{"id": body["actions"][0]["id"], "error": "bad_stop"}]})
        if path.endswith("/actions")
        else None
    )
    report(phone, "late(5, 77)")
    phone.sent()
    assert bus(phone)["fair"]["late"] == 0
    assert phone.do("engine.counts.parked") == 1


@pytest.mark.parametrize(
    ("minutes", "people", "place"),
    [
        (1, [], 0),
        (-1, [], 0),
        (-4, [], 1),
        (-4, [rider(AMAL)], 0),
        (-4, [rider(AMAL), rider(YUSUF, boarded=ON_BOARD)], 1),
        (-16, [rider(AMAL)], 1),
        (-40, [rider(AMAL)], None),
    ],
)
def test_the_next_stop_is_the_one_where_people_still_wait(
    minutes: float, people: list[Json], place: int | None, board: Boarder
) -> None:
    assert bus(board(bus_out(*people, begins=minutes)))["next"] == place


def test_everybody_gets_off_at_once(api: FakeApi, board: Boarder) -> None:
    phone = board(bus_out(rider(AMAL, boarded=ON_BOARD), rider(UNPAID, "Olena Bondar")))
    phone.do("engine.admit(given, { spot: true })", hash_of(YUSUF))
    assert phone.do("engine.open.journey.allOff()") == 2
    assert figures(phone)[0] == 0
    phone.sent()
    off = [scan["hash"] for scan in api.scans() if scan["direction"] == "alight"]
    assert sorted(off) == sorted([hash_of(AMAL), hash_of(YUSUF)])


def test_the_bus_home_asks_for_whoever_is_missing(api: FakeApi, board: Boarder) -> None:
    seen = {"at": at(-60), "station": "Ausgang"}
    phone = board(
        bus_back(
            rider(AMAL, where="there", seen=seen),
            rider(YUSUF, "Yusuf Haddad", where="seen_out", seen=seen),
            rider(LATE, "Said Gone", where="said_gone"),
            rider(UNPAID, "Never Came"),
            seats=2,
        )
    )
    shown = bus(phone)
    assert (shown["leaving"], shown["next"]) == (True, None)
    assert [one["name"] for one in shown["missing"]] == ["Amal Haddad", "Yusuf Haddad"]
    assert figures(phone) == (0, 2, 0)
    assert outcome(phone.scan(AMAL)) == "boarded"
    api.away = True
    report(phone, "close({ [given]: 'later_bus' })", hash_of(YUSUF))
    phone.open().unlock()
    closed = bus(phone)
    assert not closed["leaving"]
    assert closed["closedAt"] is not None
    assert [(one["name"], one["answer"]) for one in closed["missing"]] == [
        ("Yusuf Haddad", "later_bus")
    ]
    assert figures(phone) == (1, 1, 1)
    api.away = False
    phone.do("engine.sync()")
    phone.sent()
    [sent] = [action for body in api.sent("/actions") for action in body["actions"]]
    assert (sent["kind"], sent["departure"]) == ("close", 6)
    assert sent["answers"] == [{"hash": hash_of(YUSUF), "answer": "later_bus"}]


def test_a_phone_without_network_all_day_knows_who_is_missing(api: FakeApi, board: Boarder) -> None:
    home = bus_back(rider(AMAL), rider(YUSUF, "Yusuf Haddad"))
    phone = board(bus_out(rider(AMAL), rider(YUSUF, "Yusuf Haddad")), home)
    api.away = True
    assert outcome(phone.scan(AMAL)) == "boarded"
    report(phone, "allOff()")
    phone.do("engine.open.journey.choose(given)", home["id"])
    assert [one["name"] for one in bus(phone)["missing"]] == ["Amal Haddad"]
    assert outcome(phone.scan(AMAL)) == "boarded"
    assert bus(phone)["missing"] == []


def test_whoever_missed_an_earlier_bus_gets_on_unasked(api: FakeApi, board: Boarder) -> None:
    phone = board(bus_back(rider(AMAL, seated=False, where="there")))
    assert figures(phone) == (0, 1, 3)
    assert outcome(phone.scan(AMAL)) == "boarded"
    phone.sent()
    assert [scan["override"] for scan in api.scans()] == [{"reason": "next bus"}]


def test_a_rehearsal_shows_what_was_tried(api: FakeApi, board: Boarder) -> None:
    phone = board(bus_out(rider(AMAL)))
    phone.do("(engine.about.dayBegins = new Date(Date.now() + 864e5))")
    report(phone, "late(5, null)")
    phone.scan(AMAL)
    phone.sent()
    phone.do("engine.sync()")
    assert (bus(phone)["fair"]["late"], figures(phone)[0]) == (5, 1)
    phone.do("(engine.about.dayBegins = new Date(0))")
    phone.do("engine.sync()")
    assert (bus(phone)["fair"]["late"], figures(phone)[0]) == (0, 0)


def test_without_its_list_a_bus_lets_nobody_on(api: FakeApi, board: Boarder) -> None:
    phone = board(bus_out(rider(AMAL)))
    api.trips = []
    phone.do("engine.sync()")
    assert phone.do("engine.admit(given)", hash_of(AMAL)) == {"error": "no_roster"}


def test_stations_know_which_buses_come(api: FakeApi, phone: Phone) -> None:
    coming = {
        "id": 4,
        "line": 3,
        "name": "Bus 3 · 08:10",
        "late": 8,
        "people": 47,
        "fair_at": at(8),
    }
    api.coming = [coming]
    phone.do("engine.sync()")
    assert phone.do("engine.session.coming") == [coming]
    assert phone.do("engine.counts.bus") is None
