"""The demo fair is what the rooms themselves would have made, and lives like a real one."""

import io
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

import pypdfium2
import pytest
import sqlalchemy as sa
import zxingcpp
from flask import Flask

from jobfair.accounts.models import User
from jobfair.attendees import service as attendees
from jobfair.attendees.badges.qr import badge_url
from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.queries import counts as attendee_counts
from jobfair.attendees.queries import get_household
from jobfair.attendees.rules import AttendeeState, HouseholdState, search_key
from jobfair.booking.queries import token_of
from jobfair.checkin.models import Station
from jobfair.checkin.queries import counts as door_counts
from jobfair.core.actor import VISITOR
from jobfair.core.clock import frozen
from jobfair.core.db import db, session
from jobfair.core.errors import Conflict
from jobfair.data import municipalities
from jobfair.demo.rules import DemoWish
from jobfair.demo.service import Demo, make_demo
from jobfair.exhibitors.queries import counts as exhibitor_counts
from jobfair.exhibitors.queries import list_shown, list_stands, twins
from jobfair.fairs.models import Fair
from jobfair.fairs.queries import find_fair, texts_of
from jobfair.fairs.rules import TextKey
from jobfair.mail.models import OutboxMail
from jobfair.privacy.models import Consent
from jobfair.shuttle.document import violations
from jobfair.shuttle.models import Departure, Ride, RideRequest
from jobfair.shuttle.queries import counts as shuttle_counts
from jobfair.shuttle.queries import (
    journey_of,
    list_waiting,
    list_waves,
    published_plan,
    timetable,
)
from jobfair.shuttle.queries.departures import list_departures
from jobfair.shuttle.queries.drafts import open_plan
from jobfair.shuttle.rules import RequestState, WaitReason, directions
from tests import factories
from tests.client import PageClient
from tests.databases import House
from tests.everything import dump
from tests.web.api.phones import Phone, scan_of


def make(now: datetime, **wish: object) -> Demo:
    steps: list[str] = []
    contact = {"phone": "0541 501 0000", "email": "fair@example.org"}
    return make_demo(DemoWish(**wish), **contact, now=now, say=steps.append)


@pytest.fixture
def fair(app: Flask, now: datetime) -> Fair:
    found = find_fair(make(now).slug)
    assert found is not None
    return found


def all_of(table: type) -> list:
    return list(session().scalars(sa.select(table)))


def by(rows: Iterable, name: str) -> dict[int, list]:
    groups: dict[int, list] = defaultdict(list)
    for row in rows:
        groups[getattr(row, name)].append(row)
    return groups


def test_fair_and_exhibitors(fair: Fair) -> None:
    assert (fair.slug, fair.phase, fair.capacity) == ("osnabrueck-2026", "open", 600)
    for lang in ("de", "en", "uk", "ar"):
        assert set(texts_of(fair.id, lang)) == set(TextKey) - {TextKey.NEWS}
    shown = list_shown(fair.id)
    assert len(shown) == 20
    assert all(one.stand and one.postings and one.user_id for one in shown)
    counts = exhibitor_counts(fair.id)
    assert (counts.approved, counts.without_stand, counts.postings) == (20, 0, 41)
    stands = list_stands(fair.id)
    assert [stand.label for stand in stands[:2]] == ["A1", "A2"]
    assert len({stand.room for stand in stands}) == 2
    assert twins(fair.id) == {}


def test_the_timetable_is_a_published_plan_without_faults(fair: Fair) -> None:
    row = published_plan(fair.id)
    assert row is not None
    found = open_plan(fair.id, row.id)
    assert violations(found.document, found.roads) == []
    departures = all_of(Departure)
    assert len(list(found.document.trips())) == len(departures) == 32
    assert all(departure.bus and departure.block for departure in departures)
    riding = sum(ride.people for ride in all_of(Ride))
    assert sum(trip.people for _wave, trip in found.document.trips()) == riding
    assert [wave.number for wave in list_waves(fair.id)] == [0, 1, 2]


def test_places_are_the_people_who_registered(fair: Fair) -> None:
    counts = attendee_counts(fair.id)
    assert counts.people == fair.places_taken == 500
    assert len(counts.by_municipality) == len(municipalities()) - 1
    households, people = all_of(Household), by(all_of(Attendee), "household_id")
    assert len({household.submission_key for household in households}) == len(households)
    assert set(people) == {household.id for household in households}
    assert all(household.state is HouseholdState.REGISTERED for household in households)
    for members in people.values():
        positions = sorted(person.position for person in members)
        assert positions == list(range(len(members)))
        for person in members:
            assert person.state is AttendeeState.REGISTERED
            names = (person.given_name, person.family_name)
            own = (person.own_given_name, person.own_family_name)
            assert person.name_key == search_key(names, own)


def test_everybody_has_a_code_of_the_pool_and_agreed(fair: Fair) -> None:
    codes = all_of(BadgeCode)
    assert len(codes) == 3 * fair.capacity
    issued = [code for code in codes if code.attendee_id is not None]
    assert {code.attendee_id for code in issued} == {person.id for person in all_of(Attendee)}
    assert len(issued) == 500
    assert all((code.issued_at is None) == (code.attendee_id is None) for code in codes)
    consents = {consent.subject_id: consent for consent in all_of(Consent)}
    for household in all_of(Household):
        assert consents[household.id].given_at == household.registered_at


def test_households_ride_whole_and_both_ways_or_wait(fair: Fair) -> None:
    requests, rides = all_of(RideRequest), by(all_of(Ride), "request_id")
    departures = {departure.id: departure for departure in list_departures(fair.id)}
    sizes = Counter(person.household_id for person in all_of(Attendee))
    assert len({request.household_id for request in requests}) == len(requests)
    for request in requests:
        assert request.people == sizes[request.household_id]
        held = rides.pop(request.id, [])
        seated = request.state is RequestState.SEATED
        wanted = set(directions(request.ways)) if seated else set()
        assert {ride.direction for ride in held} == wanted
        assert len(held) == len(wanted)
        for ride in held:
            departure = departures[ride.departure_id]
            assert (ride.people, ride.stop_id) == (request.people, request.stop_id)
            assert ride.stop_id in {call.stop_id for call in departure.calls}
            assert departure.direction is ride.direction
            assert ride.direction == "out" or departure.wave == request.back_wave
    assert rides == {}


def test_seats_taken_are_those_of_the_rides(fair: Fair, now: datetime) -> None:
    riding = Counter()
    for ride in all_of(Ride):
        riding[ride.departure_id] += ride.people
    departures = all_of(Departure)
    assert all(one.taken == riding[one.id] <= one.seats for one in departures)
    counts = shuttle_counts(fair.id)
    assert counts.departures == len(departures) == 32
    waiting = list_waiting(fair.id, now)
    assert 0 < len(waiting) == counts.waiting_households
    assert all(one.reason is WaitReason.FULL for one in waiting)  # who waits has no bus with room
    served = {stop.municipality for line in timetable(fair.id) for stop in line.stops}
    assert len(served) == 34


def test_the_first_are_inside_and_the_door_knows_them(
    app: Flask, fair: Fair, now: datetime
) -> None:
    counts = door_counts(fair.id)
    assert 40 < counts.came == counts.inside <= 60
    codes = [
        session().scalars(sa.select(BadgeCode.code).where(BadgeCode.attendee_id == number)).one()
        for number in (1, 400)
    ]
    station = session().scalars(sa.select(Station).order_by(Station.position)).first()
    shift = factories.make_shift(fair)
    on_the_day = fair.starts_at + timedelta(minutes=5)
    for at, first in ((now, "admitted"), (on_the_day, "already_inside")):
        with frozen(at):
            phone = Phone(app, factories.make_device(shift, station), fair.slug)
            answers = phone.results("scans", "scans", *(scan_of(code, at) for code in codes))
        assert [one["outcome"] for one in answers] == [first, "admitted"]
    session().rollback()
    assert door_counts(fair.id).came == counts.came + 1  # a rehearsal before the day doesn't count


def test_a_household_opens_its_page_prints_and_cancels(
    fair: Fair, page: PageClient, now: datetime
) -> None:
    request = (
        session()
        .scalars(
            sa.select(RideRequest).where(
                RideRequest.state == RequestState.SEATED, RideRequest.people == 4
            )
        )
        .first()
    )
    assert request is not None
    household = get_household(request.household_id)
    mine = f"/my/{token_of(household)}"
    words = page.get(mine).text
    journey = journey_of(household.id)
    assert journey is not None
    assert journey.stop_name in words
    assert all(person.given_name in words for person in household.people)
    expected = {badge_url("https://fair.example.org", one.badge.code) for one in household.people}
    assert expected <= _codes_in(page.open(f"{mine}/badges.pdf").data)

    session().rollback()
    attendees.cancel(household.id, actor=VISITOR, now=now)
    session().expire_all()
    assert get_household(household.id).state is HouseholdState.CANCELLED
    assert session().get_one(Fair, fair.id).places_taken == 496
    assert journey_of(household.id) is None
    seats = sum(one.taken for one in all_of(Departure))
    assert seats == sum(ride.people for ride in all_of(Ride))


def _codes_in(pdf: bytes) -> set[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        pages = [one.render(scale=2).to_pil() for one in document]
    finally:
        document.close()
    return {found.text for picture in pages for found in zxingcpp.read_barcodes(picture)}


def test_departures_are_journeys_and_no_mail_leaves(fair: Fair) -> None:
    for departure in list_departures(fair.id):
        times = [call.at for call in departure.calls]
        out = departure.direction == "out"
        assert max(times) < departure.fair_at if out else min(times) > departure.fair_at
    assert all_of(OutboxMail) == []


def test_the_same_seed_makes_the_same_rows(app: Flask, house: House, now: datetime) -> None:
    first = _dump_after(now, house, seed=3)
    assert first == _dump_after(now + timedelta(hours=3), house, seed=3)
    assert first != _dump_after(now, house, seed=4)


def _dump_after(now: datetime, house: House, seed: int) -> list[str]:
    db.session.remove()
    house.empty()
    make(now, attendees=120, exhibitors=5, seed=seed)
    hashes = session().scalars(sa.select(User.password_hash)).all()
    assert sum(one is not None for one in hashes) == 6
    return sorted(line for line in dump().splitlines() if not line.startswith("user_account"))


def test_it_grows(app: Flask, now: datetime) -> None:
    made = make(now, attendees=2600, exhibitors=45)
    fair = find_fair(made.slug)
    assert fair is not None
    assert (fair.capacity, fair.places_taken, made.people) == (3150, 2600, 2600)
    shown = list_shown(fair.id)
    assert len(shown) == 45
    assert len({one.name for one in shown}) == len({one.contact_email for one in shown}) == 45
    assert twins(fair.id) == {}
    assert made.departures == 2 * 8 * (4 + 3)
    assert made.seated.waiting * 5 < made.seated.riding


def test_two_fairs_live_beside_each_other_but_not_at_one_address(app: Flask, now: datetime) -> None:
    make(now, attendees=40)
    make(now, attendees=40, slug="zweite-2026")
    with pytest.raises(Conflict, match="slug_taken"):
        make(now, attendees=40)
    assert len(all_of(Fair)) == 2
    assert len(all_of(Attendee)) == 80
