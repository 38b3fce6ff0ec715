"""The roster: whole and in part it says the same, and nothing that happened is missed."""

from datetime import timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.checkin.duty import Duty
from jobfair.checkin.hashes import badge_hash
from jobfair.checkin.lookup import Door
from jobfair.checkin.models import Scan
from jobfair.checkin.roster.people import View, find_news, list_entries
from jobfair.checkin.roster.search import search
from jobfair.checkin.rules import Direction
from jobfair.checkin.service import duties
from jobfair.core.clock import frozen
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from tests import factories as make

SALT = bytes.fromhex("5a" * 16)
START = make.NOW
RANDOM = Random(4)


@pytest.fixture
def fair(app: Flask) -> Fair:
    """A fair with a room."""
    return make.make_fair(starts_at=START, ends_at=START + timedelta(hours=6))


@pytest.fixture
def duty(fair: Fair) -> Duty:
    """A device at the entrance."""
    device = make.make_device(make.make_shift(fair), make.make_station(fair))
    return duties().read(make.token_of(device), make.NOW)


def moved(person: Attendee, minute: int, **given: Any) -> Scan:
    at = START + timedelta(minutes=minute)
    return make.make_scan(person, "X" * 12, scanned_at=at, received_at=at, **given)


def at_random(person: Attendee, room_id: int) -> None:
    """Have the person go in and out of the house and of the room, as scans may tell it."""
    for place in range(RANDOM.randrange(7)):
        minute = RANDOM.randrange(5)  # so that some are at the same time
        at = START + timedelta(minutes=minute)
        make.make_scan(
            person,
            "X" * 12,
            scanned_at=at,
            received_at=START + timedelta(minutes=10, seconds=place),
            direction=RANDOM.choice((Direction.IN, Direction.OUT)),
            room_id=RANDOM.choice((None, None, room_id)),
            station=f"Eingang {place}",
            passed=RANDOM.random() < 0.9,
            counts=RANDOM.random() < 0.9,
            undone_at=at if RANDOM.random() < 0.1 else None,
            override_reason="again" if RANDOM.random() < 0.2 else None,
        )


def test_the_whole_roster_says_what_its_parts_say(fair: Fair) -> None:
    room = make.make_room(fair)
    household = make.make_household(fair, 0, 0)
    people = [make.make_attendee(household) for _ in range(25)]
    for person in people:
        at_random(person, room.id)
    ids = [person.id for person in people]
    inside = set()
    for door, rehearsal in product((Door(), Door(room.id)), (True, False)):
        view = View(door, START + timedelta(minutes=4), rehearsal)
        whole = list_entries(session(), fair.id, None, view, SALT)
        parts = list_entries(session(), fair.id, ids, view, SALT)
        assert sorted(whole, key=str) == sorted(parts, key=str)
        inside |= {(view, entry["inside"] is None) for entry in whole}
    assert len(inside) == 8


def test_news_is_whoever_changed_since(fair: Fair) -> None:
    with frozen(START - timedelta(days=1)):
        quiet, renamed, moving, undone = (make.make_household(fair, 1, 0) for _ in range(4))
        cancelled = make.make_household(fair, 1, 0)
        first = {
            home.id: session()
            .scalars(sa.select(Attendee).where(Attendee.household_id == home.id))
            .one()
            for home in (quiet, renamed, moving, undone, cancelled)
        }
        moved(first[moving.id], 5)
        moved(first[undone.id], -60, undone_at=START + timedelta(minutes=5))
        moved(first[quiet.id], -60)
    with frozen(START + timedelta(minutes=5)), transaction() as current:
        person = Attendee.household_id == renamed.id
        current.execute(sa.update(Attendee).where(person).values(given_name="Olha"))
        household = Household.id == cancelled.id
        current.execute(sa.update(Household).where(household).values(lang="ar"))
    found = find_news(session(), fair.id, START)
    assert found == {first[one.id].id for one in (renamed, moving, undone, cancelled)}


def test_people_are_found_by_spelling_and_by_sound(fair: Fair, duty: Duty) -> None:
    home = make.make_household(fair, 0, 0)
    kovalenko = make.make_attendee(
        home,
        given_name="Olena",
        family_name="Kovalenko",
        name_key="|olena kovalenko|kovalenko olena",
        sound_key="|aln|kvlnk",
    )
    make.make_attendee(home, given_name="Karim", name_key="|karim haddad", sound_key="|krm|hdd")
    for text in ("kov", "Коваленко", "OLENA koval", "len"):
        assert [one["given"] for one in search(session(), duty, text)] == ["Olena"], text
    assert search(session(), duty, "k") == []
    assert search(session(), duty, "%") == []
    (found,) = search(session(), duty, "olena")
    theirs = sa.select(BadgeCode.code).where(BadgeCode.attendee_id == kovalenko.id)
    assert found["hash"] == badge_hash(session().scalars(theirs).one(), SALT)
