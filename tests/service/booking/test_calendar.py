"""The calendar file: what it holds, how it changes, and that every calendar can read it."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from flask import Flask
from icalendar import Calendar, Event

from jobfair.attendees.models import Household
from jobfair.attendees.rules import HouseholdState
from jobfair.attendees.service import cancel
from jobfair.booking.calendar import calendar_of
from jobfair.core.actor import SYSTEM
from jobfair.core.db import session
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.mail.service import deliver_due
from jobfair.privacy.service import erase_household
from jobfair.shuttle.queries import journey_of
from jobfair.shuttle.rules import Direction, RequestState
from tests.factories import (
    FAIR_STARTS,
    NOW,
    make_departure,
    make_fair,
    make_household,
    make_mail,
    make_request,
    make_ride,
    make_stop,
    make_window,
)

URL = "https://fair.example.org/my/abc"


def _riding(fair: Fair, **given: object) -> Household:
    """Make a household that rides both ways."""
    household = make_household(fair, **given)
    stop = make_stop(name="Bahnhof, Gleis 1; Süd", note="Nordseite")
    request = make_request(household, stop, state=RequestState.SEATED)
    for way in Direction:
        at = fair.starts_at if way is Direction.OUT else fair.ends_at
        make_ride(request, make_departure(fair, [stop], direction=way, fair_at=at))
    return household


def _events(raw: bytes) -> dict[str, Event]:
    """Read the file as a calendar would; return its events by what their ids begin with."""
    calendar = Calendar.from_ical(raw)
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert [event.errors for event in calendar.events if event.errors] == []
    return {str(event["UID"]).partition("-")[0]: event for event in calendar.events}


def _file(household: Household, **given: object) -> bytes:
    fair = session().get_one(Fair, household.fair_id)
    values = {"now": NOW, **given}
    return calendar_of(fair, household, journey_of(household.id), URL, **values)  # type: ignore[arg-type]


def test_fair_and_both_rides_are_events_of_their_own(app: Flask) -> None:
    fair = make_fair()
    events = _events(_file(_riding(fair, lang="de")))
    assert set(events) == {"fair", "out", "back"}
    assert events["fair"].start == fair.starts_at
    assert events["fair"].end == fair.ends_at
    assert events["fair"]["SUMMARY"] == fair.name
    assert events["fair"]["LOCATION"] == "Kreishaus Osnabrück, Am Schölerberg 1, 49082 Osnabrück"
    assert events["out"].start == FAIR_STARTS - timedelta(minutes=10)
    assert events["out"].end == fair.starts_at
    assert events["out"]["LOCATION"] == "Bahnhof, Gleis 1; Süd, Nordseite"
    assert "Bahnhof, Gleis 1; Süd" in events["out"]["SUMMARY"]
    assert events["back"].start == fair.ends_at
    assert events["back"]["LOCATION"] == events["fair"]["LOCATION"]
    for event in events.values():
        assert (event["STATUS"], event["URL"]) == ("CONFIRMED", URL)
        assert URL in event["DESCRIPTION"]
    (alarm,) = events["fair"].alarms.times
    assert alarm.trigger == fair.starts_at - timedelta(days=1)


def test_ids_stay_and_the_sequence_grows(app: Flask) -> None:
    household = _riding(make_fair())
    first = _events(_file(household))
    later = _events(_file(household, now=NOW + timedelta(minutes=5)))
    other = _events(_file(make_household(make_fair())))
    assert {k: e["UID"] for k, e in first.items()} == {k: e["UID"] for k, e in later.items()}
    assert all(later[kind]["SEQUENCE"] > first[kind]["SEQUENCE"] for kind in first)
    uids = [str(event["UID"]) for events in (first, other) for event in events.values()]
    assert len(set(uids)) == 4
    assert all(uid.endswith("@fair.example.org") for uid in uids)


def test_what_is_cancelled_takes_back_all_that_was_there(app: Flask) -> None:
    household = _riding(make_fair())
    uids = {event["UID"] for event in _events(_file(household)).values()}
    cancel(household.id, actor=SYSTEM, now=NOW)
    events = _events(_file(session().get_one(Household, household.id)))
    assert {event["UID"] for event in events.values()} == uids
    assert {event["STATUS"] for event in events.values()} == {"CANCELLED"}


def test_a_cancelled_fair_cancels_its_events(app: Flask) -> None:
    events = _events(_file(_riding(make_fair(phase=Phase.CANCELLED))))
    assert {event["STATUS"] for event in events.values()} == {"CANCELLED"}


def test_who_waits_has_nothing_fixed(app: Flask) -> None:
    household = make_household(make_fair(), state=HouseholdState.WAITLISTED, waiting_since=NOW)
    events = _events(_file(household))
    assert [(kind, event["STATUS"]) for kind, event in events.items()] == [("fair", "TENTATIVE")]


def test_a_household_arrives_in_its_window(app: Flask) -> None:
    fair = make_fair()
    at = fair.starts_at + timedelta(hours=2)
    window = make_window(fair, starts_at=at, ends_at=at + timedelta(hours=1))
    events = _events(_file(make_household(fair), window=window))
    assert events["fair"].start == at


@pytest.mark.parametrize(
    "name",
    [
        "معرض الوظائف " * 9,
        "Messe\nBEGIN:VEVENT\nSUMMARY:x",
        'a, b; c \\ d "e" \\n',
        "👩‍👩‍👧 " * 20,
        "x" * 120,
    ],
)
def test_any_name_is_folded_by_octets_and_read_back(app: Flask, name: str) -> None:
    name = name[:120]
    raw = _file(make_household(make_fair(name=name), lang="ar"))
    lines = raw.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    (event,) = _events(raw).values()
    assert event["SUMMARY"] == name
    assert event["SUMMARY"].params["LANGUAGE"] == "ar"


def _attached(app: Flask, household: Household) -> list[str]:
    """Deliver a mail to the household; return the names of its attachments."""
    make_mail(subject_kind="household", subject_id=household.id, attachments=["sheet", "calendar"])
    deliver_due()
    file = max((app.config["JOBFAIR"].data_dir / "outbox").iterdir())
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    return [str(part.get_filename()) for part in mail.iter_attachments()]


def test_mails_carry_sheet_and_calendar_of_those_who_come(app: Flask) -> None:
    household = _riding(make_fair())
    assert _attached(app, household) == ["badges.pdf", "fair.ics"]
    cancel(household.id, actor=SYSTEM, now=NOW)
    assert _attached(app, household) == ["fair.ics"]
    erase_household(household.id, SYSTEM, NOW)
    assert _attached(app, household) == []


def test_who_waits_gets_neither(app: Flask) -> None:
    household = make_household(make_fair(), state=HouseholdState.WAITLISTED, waiting_since=NOW)
    assert _attached(app, household) == []
