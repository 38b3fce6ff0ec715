"""What households are told after everything that happens to them, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Household
from jobfair.attendees.operations import add_people
from jobfair.attendees.rules import AttendeeKind, HouseholdState, PersonInput
from jobfair.attendees.service import cancel, cancel_one, renew_link
from jobfair.booking.operations import Origin, Registration
from jobfair.booking.queries import token_of
from jobfair.booking.rules import Contact, RideInput
from jobfair.booking.service import changes, register_for, send_link_again
from jobfair.booking.service.rounds import remind, tell_news
from jobfair.core import clock
from jobfair.core.actor import SYSTEM, VISITOR
from jobfair.core.clock import frozen
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase, TextKey
from jobfair.mail.models import OutboxMail
from jobfair.shuttle.models import Departure, RideRequest
from jobfair.shuttle.rules import Direction, RequestState, Ways
from jobfair.telling.models import Notice
from jobfair.telling.rules import Channel
from tests.factories import (
    FAIR_STARTS,
    NOW,
    make_departure,
    make_fair,
    make_household,
    make_stop,
    make_text,
    make_window,
)

LOCAL = "03459014"


@pytest.fixture(autouse=True)
def _request(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def said(people: int = 2, email: str = "", ride: RideInput | None = None) -> Registration:
    family = tuple(PersonInput(AttendeeKind.ADULT, f"P{n}", "Test") for n in range(people))
    return Registration(family, LOCAL, Contact(email, "0541 5010", "uk"), ride, "uk")


def registered(fair: Fair, key: str, **more: object) -> Household:
    return register_for(fair.id, said(**more), Origin(key), actor=SYSTEM, now=NOW)  # type: ignore[arg-type]


def notices(kind: str) -> list[Notice]:
    query = sa.select(Notice).where(Notice.kind == kind).order_by(Notice.id)
    return list(session().scalars(query))


def mails(kind: str) -> list[OutboxMail]:
    return list(session().scalars(sa.select(OutboxMail).where(OutboxMail.kind == kind)))


def bus(fair: Fair, seats: int = 50) -> int:
    stop = make_stop()
    for way in Direction:
        make_departure(fair, [stop], direction=way, line=1, seats=seats)
    return stop.id


def test_with_email_a_mail_confirms_and_carries_the_papers(app: Flask) -> None:
    registered(make_fair(), "a", email="amal@example.org")
    (mail,) = mails("confirmation")
    assert mail.attachments == ["sheet", "calendar"]
    assert (mail.lang, notices("confirmation")[0].mail_id) == ("uk", mail.id)


def test_without_email_somebody_tells_them(app: Flask) -> None:
    registered(make_fair(), "a")
    (notice,) = notices("confirmation")
    assert (notice.channel, notice.told_at) == (Channel.PERSON, None)
    assert notice.text != notice.german
    assert "/my/" in notice.text


def test_nobody_is_told_a_link_that_was_renewed(app: Flask) -> None:
    fair = make_fair()
    household, other = registered(fair, "a"), registered(fair, "b")
    before = token_of(household)
    renew_link(household.id, actor=SYSTEM, now=NOW)
    session().expire_all()
    mine, others = notices("confirmation")
    for words in (mine.text, mine.german):
        assert before not in words
        assert token_of(household) in words
    assert token_of(other) in others.text


def test_who_registers_alone_without_email_has_seen_it(app: Flask) -> None:
    fair = make_fair()
    register_for(fair.id, said(), Origin("a"), actor=VISITOR, now=NOW)
    assert notices("confirmation")[0].told_at == NOW


def test_who_waits_is_told_so_without_papers(app: Flask) -> None:
    fair = make_fair(capacity=2)
    registered(fair, "a")
    registered(fair, "b", email="b@example.org")
    (mail,) = mails("waiting")
    assert mail.attachments == []


def test_a_repeated_registration_is_the_same_household(app: Flask) -> None:
    fair = make_fair()
    assert registered(fair, "a").id == registered(fair, "a").id
    assert len(notices("confirmation")) == 1


def test_after_the_end_of_registration_partners_households_wait(app: Flask) -> None:
    fair = make_fair(phase=Phase.CLOSED)
    assert registered(fair, "a").state is HouseholdState.WAITLISTED
    desk = register_for(fair.id, said(), Origin("b"), actor=SYSTEM, now=NOW, at_desk=True)
    assert desk.state is HouseholdState.REGISTERED


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.OVER, Phase.CANCELLED])
def test_nobody_registers_at_a_fair_that_takes_nobody(app: Flask, phase: Phase) -> None:
    with pytest.raises(Conflict):
        registered(make_fair(phase=phase), "a")


def test_the_wish_for_a_bus_rests_until_there_are_places(app: Flask) -> None:
    fair = make_fair(capacity=2)
    ride = RideInput(Ways.BOTH, bus(fair, seats=2), 0)
    first = registered(fair, "a", ride=ride)
    second = registered(fair, "b", ride=ride)
    resting = sa.select(RideRequest.state).where(RideRequest.household_id == second.id)
    assert session().scalar(resting) is RequestState.RESTING
    cancel(first.id, actor=SYSTEM, now=NOW)
    assert session().scalar(resting) is RequestState.SEATED
    assert len(notices("places_found")) == 1
    assert notices("seats_found") == []


@pytest.mark.parametrize(("days", "promised"), [(4, True), (2, False)])
def test_who_waits_for_a_seat_is_promised_no_day_that_is_over(
    days: int, promised: bool, app: Flask
) -> None:
    fair = make_fair()
    now = fair.starts_at - timedelta(days=days)
    ride = RideInput(Ways.BOTH, bus(fair, seats=1), 0)
    register_for(fair.id, said(ride=ride), Origin("a"), actor=SYSTEM, now=now)
    (notice,) = notices("confirmation")
    assert ("25. November" in notice.german) is promised


def test_cancelling_is_told_once_and_one_person_as_a_change(app: Flask) -> None:
    household = registered(make_fair(), "a", people=3)
    cancel_one(household.id, 2, actor=SYSTEM, now=NOW)
    assert (len(notices("changed")), len(notices("cancelled"))) == (1, 0)
    cancel(household.id, actor=SYSTEM, now=NOW)
    assert (len(notices("changed")), len(notices("cancelled"))) == (1, 1)


def test_one_more_person_has_a_badge_and_rides_along(app: Flask) -> None:
    fair = make_fair()
    household = registered(fair, "a", ride=RideInput(Ways.BOTH, bus(fair), 0))
    child = PersonInput(AttendeeKind.CHILD, "Lina")
    changes.add_person(household.id, child, actor=SYSTEM, now=NOW)
    assert set(session().scalars(sa.select(Departure.taken))) == {3}
    assert session().get_one(Fair, fair.id).places_taken == 3
    assert len(notices("changed")) == 1


def test_seats_are_kept_until_others_are_sure(app: Flask) -> None:
    fair = make_fair()
    here, there = bus(fair), make_stop()
    for way in Direction:
        make_departure(fair, [there], direction=way, line=2, seats=1)
    household = registered(fair, "a", ride=RideInput(Ways.BOTH, here, 0))
    wish = RideInput(Ways.BOTH, there.id, 0)
    with pytest.raises(Conflict, match="seats_not_free"):
        changes.change_ride(household.id, wish, actor=SYSTEM, now=NOW)
    assert sorted(session().scalars(sa.select(Departure.taken))) == [0, 0, 2, 2]
    changes.change_ride(household.id, RideInput(Ways.OUT, here, None), actor=SYSTEM, now=NOW)
    assert sorted(session().scalars(sa.select(Departure.taken))) == [0, 0, 0, 2]
    changes.change_ride(household.id, None, actor=SYSTEM, now=NOW)
    assert set(session().scalars(sa.select(Departure.taken))) == {0}


def test_deleting_frees_the_places_and_leaves_no_name(app: Flask) -> None:
    fair = make_fair()
    household = registered(fair, "a", email="amal@example.org")
    changes.delete(household.id, actor=VISITOR, now=NOW)
    session().expire_all()
    gone = session().get_one(Household, household.id)
    assert (gone.email, gone.state) == ("", HouseholdState.CANCELLED)
    assert session().get_one(Fair, fair.id).places_taken == 0
    assert all(mail.recipient == "" for mail in session().scalars(sa.select(OutboxMail)))


def test_links_go_to_their_own_address_only(app: Flask) -> None:
    fair = make_fair()
    registered(fair, "a", email="amal@example.org")
    send_link_again(fair.id, "AMAL@example.org", now=NOW)
    send_link_again(fair.id, "nobody@example.org", now=NOW)
    (mail,) = mails("link")
    assert mail.recipient == "amal@example.org"


def test_everybody_is_reminded_once_a_week_and_once_a_day_before(app: Flask) -> None:
    fair = make_fair()
    early = NOW - timedelta(days=20)
    household = make_household(fair, registered_at=early)
    make_household(fair, state=HouseholdState.WAITLISTED, registered_at=early)
    with frozen(FAIR_STARTS - timedelta(days=8)):
        assert remind(now=clock.now()) == 0
    with frozen(FAIR_STARTS - timedelta(days=6)):
        assert (remind(now=clock.now()), remind(now=clock.now())) == (1, 0)
    with frozen(FAIR_STARTS - timedelta(hours=20)):
        assert (remind(now=clock.now()), remind(now=clock.now())) == (1, 0)
    assert [one.household_id for one in notices("reminder_week")] == [household.id]
    assert len(notices("reminder_day")) == 1


def test_who_has_just_registered_is_not_reminded_of_the_week(app: Flask) -> None:
    fair = make_fair()
    make_household(fair, registered_at=FAIR_STARTS - timedelta(days=6))
    with frozen(FAIR_STARTS - timedelta(days=5)):
        assert remind(now=clock.now()) == 0


def test_a_cancelled_fair_is_told_to_everybody_in_the_organisers_words(app: Flask) -> None:
    fair = make_fair()
    make_text(fair, key=TextKey.NEWS, body="Die Halle ist gesperrt.")
    make_household(fair)
    make_household(fair, email="", state=HouseholdState.WAITLISTED)
    gone = make_household(fair)
    cancel(gone.id, actor=SYSTEM, now=NOW)
    with transaction():
        off = session().get_one(Fair, fair.id)
        off.phase, off.news_at = Phase.CANCELLED, NOW
    assert (tell_news(now=clock.now()), tell_news(now=clock.now())) == (2, 0)
    assert [one.channel for one in notices("fair_cancelled")] == [Channel.MAIL, Channel.PERSON]
    assert "Die Halle ist gesperrt." in mails("fair_cancelled")[0].text
    assert "Die Halle ist gesperrt." in notices("fair_cancelled")[1].german


def test_who_registers_afterwards_has_read_it_before(app: Flask) -> None:
    fair = make_fair(postponed_from=FAIR_STARTS, news_at=NOW - timedelta(days=1))
    make_household(fair)
    assert tell_news(now=NOW) == 0


def test_a_fair_that_is_cancelled_while_it_runs_is_told_too(app: Flask) -> None:
    fair = make_fair(phase=Phase.CANCELLED, news_at=FAIR_STARTS + timedelta(hours=1))
    make_household(fair)
    assert tell_news(now=FAIR_STARTS + timedelta(hours=1)) == 1


def test_a_fair_that_is_postponed_twice_is_told_twice(app: Flask) -> None:
    fair = make_fair()
    make_household(fair)
    for days in (7, 14):
        with transaction():
            moved = session().get_one(Fair, fair.id)
            moved.postponed_from, moved.news_at = FAIR_STARTS, NOW + timedelta(days=days)
            moved.starts_at = FAIR_STARTS + timedelta(days=days)
            moved.ends_at = moved.starts_at + timedelta(hours=4)
        assert (tell_news(now=clock.now()), tell_news(now=clock.now())) == (1, 0)
    assert len(notices("fair_postponed")) == 2


def test_nobody_calls_about_a_day_that_is_none_any_more(app: Flask) -> None:
    fair = make_fair()
    registered(fair, "k", ride=RideInput(Ways.BOTH, bus(fair), 0))
    (before,) = notices("confirmation")
    assert "28. November" in before.german
    with transaction():
        moved = session().get_one(Fair, fair.id)
        moved.postponed_from = moved.starts_at
        moved.news_at = NOW + timedelta(days=1)
        moved.starts_at += timedelta(days=7)
        moved.ends_at += timedelta(days=7)
    tell_news(now=NOW + timedelta(days=1))
    assert [one.german for one in notices("confirmation")] == [""]
    (told,) = notices("fair_postponed")
    for words in ("verschoben", "5. Dezember", "10:00", "Linie 1"):
        assert words in told.german, words


def test_an_offer_names_the_window_that_they_would_have(app: Flask) -> None:
    fair = make_fair()
    full = make_window(fair, capacity=2)
    later = FAIR_STARTS + timedelta(hours=1)
    make_window(fair, starts_at=later, ends_at=later + timedelta(hours=1))
    wish = replace(said(), window_id=full.id)
    for key in ("first", "second"):
        register_for(fair.id, wish, Origin(key), actor=SYSTEM, now=NOW)
    (offered,) = notices("offer")
    assert "zwischen 11:00 und" in offered.german
    assert not notices("waiting"), "the offer says it"


def test_people_who_are_added_stand_behind_the_others(app: Flask) -> None:
    household = registered(make_fair(), "a", people=2)
    with transaction():
        found = session().get_one(Household, household.id)
        (added,) = add_people(found, (PersonInput(AttendeeKind.CHILD, "Lina"),), now=NOW)
    assert added.position == 2
