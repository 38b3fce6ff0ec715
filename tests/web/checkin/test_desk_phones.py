"""The desk's pages of the shift and its phones."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.accounts.models import RoleGrant
from jobfair.audit.models import AuditEntry
from jobfair.checkin.crew import Standing, device_now, get_device
from jobfair.checkin.models import Device, Shift
from jobfair.checkin.rules import DeviceKind
from jobfair.checkin.service.devices import pair_device
from jobfair.core.actor import Role
from jobfair.core.clock import frozen
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from tests.client import Page, PageClient
from tests.factories import (
    NOW,
    make_departure,
    make_device,
    make_fair,
    make_shift,
    make_station,
    make_stop,
)

LINK = re.compile(r"https://fair\.example\.org/door#p=([0-9A-Z]{8})(&l=1)?")


@pytest.fixture
def fair(app: Flask, page: PageClient) -> Fair:
    """Give a fair on this day whose organiser is signed in."""
    fair = make_fair(starts_at=NOW, ends_at=NOW + timedelta(hours=6), phone="0541 501 77")
    page.sign_in(Role.ORGANISER, fair.id)
    return fair


def opened(page: PageClient, fair: Fair, rest: str = "devices") -> Page:
    return page.get(f"/desk/{fair.slug}/door/{rest}?lang=en")


def device() -> Device:
    session().expire_all()
    return session().scalars(sa.select(Device).order_by(Device.id.desc())).first() or Device()


def invited(page: PageClient, fair: Fair, **fields: object) -> Page:
    opened(page, fair, "devices/new")
    return page.submit("device", fields)


def codes(page: Page) -> list[str]:
    return [one.text for one in page.root.all("bdi", class_="jf-said__code")]


def test_a_shift_begins_shows_its_code_and_ends(page: PageClient, fair: Fair) -> None:
    opened(page, fair)
    begun = page.submit("begin-shift")
    shift = session().scalars(sa.select(Shift)).one()
    assert shift.code is not None
    assert codes(begun) == [f"{shift.code[:5]} {shift.code[5:]}"]
    assert (shift.phone, shift.ends_at) == ("0541 501 77", fair.ends_at + timedelta(hours=3))
    page.follow("End the shift")
    over = page.submit("ask")
    assert "Begin a shift" in over.text
    session().expire_all()
    assert session().get_one(Shift, shift.id).code is None
    done = sa.select(AuditEntry.action).order_by(AuditEntry.id)
    assert list(session().scalars(done)) == ["shift.begun", "shift.ended"]


@pytest.mark.parametrize(
    ("ends", "fault"),
    [
        ("2026-11-10T09:59", "The shift must end after now."),
        ("2026-11-18T10:00", "seven days at most"),
        ("", "Please say until when the shift lasts."),
        ("nie", "Please write day and time like this"),
    ],
)
def test_a_shift_that_can_not_be_is_refused(
    page: PageClient, fair: Fair, ends: str, fault: str
) -> None:
    opened(page, fair)
    again = page.submit("begin-shift", {"ends": ends, "phone": "0541 9"}, status=422)
    assert fault in again.text
    assert again.root.all("input", name="phone")[0].get("value") == "0541 9"
    assert session().scalars(sa.select(Shift)).all() == []


def test_weeks_before_the_fair_a_rehearsal_is_proposed(app: Flask, page: PageClient) -> None:
    fair = make_fair()
    page.sign_in(Role.ORGANISER, fair.id)
    ends = opened(page, fair).root.all("input", name="ends")[0].get("value")
    assert ends == "2026-11-10T14:00"


def test_whoever_ends_a_shift_is_told_what_gets_lost(page: PageClient, fair: Fair) -> None:
    shift = make_shift(fair)
    make_device(shift, make_station(fair), name="Ole", unsent=14)
    asked = opened(page, fair, f"shifts/{shift.id}/end")
    assert "1 phone still keeps scans. If you end the shift now, they are lost." in asked.text
    assert "14 scans" in asked.text


def test_a_shift_of_another_fair_is_not_found(page: PageClient, fair: Fair) -> None:
    foreign = make_shift(make_fair(slug="elsewhere-2026"))
    opened(page, fair, f"shifts/{make_shift(fair).id}/end")
    page.get(f"/desk/{fair.slug}/door/shifts/{foreign.id}/end", status=404)


def test_phones_of_a_shift_that_is_over_are_off_duty(page: PageClient, fair: Fair) -> None:
    shift = make_shift(fair)
    paired = make_device(shift, make_station(fair), name="Ole")
    assert "paired" in opened(page, fair, f"devices/{paired.id}").text
    opened(page, fair, f"shifts/{shift.id}/end")
    listed = page.submit("ask")
    alone = opened(page, fair, f"devices/{paired.id}")
    assert all("off duty" in shown.text for shown in (listed, alone))
    assert "sample badges before the doors open" not in alone.text


def test_a_phone_is_paired_by_the_code_on_the_screen(page: PageClient, fair: Fair) -> None:
    make_shift(fair)
    make_station(fair, name="Süd")
    shown = invited(page, fair, kind="supervisor", direction="in")
    pairing, shift_code = codes(shown)
    assert shift_code == "ABCDE 23456"
    assert len(shown.root.all("svg", role="img")) == 1
    live = page.open(shown.root.all("div", class_="jf-stack-l")[1].get("data-live")).get_json()
    assert pairing in live["html"]
    assert live["said"] == ""
    pair_device(pairing, "Karin, blau", None, now=NOW)
    live = page.open(f"{shown.url}/live").get_json()
    assert live["said"] == "The phone is paired."
    assert pairing not in live["html"]
    assert "Karin, blau" in opened(page, fair).text
    assert (device().kind, device().direction.value) == (DeviceKind.SUPERVISOR, "in")


def test_a_phone_far_away_is_paired_by_a_link_and_a_pin(page: PageClient, fair: Fair) -> None:
    make_shift(fair)
    make_station(fair)
    shown = invited(page, fair, way="link")
    link = LINK.fullmatch(shown.root.all("input", id="pairing-link")[0].get("value"))
    assert link is not None
    assert link[2] == "&l=1"
    pin, _shift_code = codes(shown)
    assert not shown.root.all("svg", role="img")
    assert "It works once, until Nov 10, 2026, 19:00" in shown.text  # when the shift ends
    assert pair_device(link[1], "Bus 4", pin, now=NOW + timedelta(hours=8)).device_id


def test_a_code_is_shown_to_nobody_but_who_asked_for_it(
    app: Flask, page: PageClient, fair: Fair
) -> None:
    make_shift(fair)
    make_station(fair)
    shown = invited(page, fair)
    other = PageClient(app)
    other.sign_in(Role.ORGANISER, fair.id)
    seen = other.get(f"{shown.url}?lang=en")
    assert codes(seen) == []
    assert "so it isn't shown here" in seen.text


def test_a_code_is_not_shown_when_it_is_too_old(page: PageClient, fair: Fair) -> None:
    make_shift(fair)
    make_station(fair)
    shown = invited(page, fair)
    with frozen(NOW + timedelta(minutes=15)):
        late = page.get(shown.url)
    assert codes(late) == []
    assert "not paired" in late.text


def test_another_code_pairs_the_phone_once_more(page: PageClient, fair: Fair) -> None:
    paired = make_device(make_shift(fair), make_station(fair), unsent=3)
    shown = opened(page, fair, f"devices/{paired.id}")
    assert "3 scans on it were not sent yet and are lost." in shown.text
    again = page.submit("pair-again", button="link")
    assert len(codes(again)) == 2
    assert device().token_hash is None


def test_a_refused_phone_stays_refused_until_it_is_paired_again(
    page: PageClient, fair: Fair
) -> None:
    paired = make_device(make_shift(fair), make_station(fair), name="Ole", unsent=2)
    opened(page, fair, f"devices/{paired.id}")
    asked = page.follow("Refuse the phone")
    assert "2 scans on it were not sent yet and are lost." in asked.text
    page.submit("ask")
    session().expire_all()
    assert device_now(get_device(fair.id, paired.id), NOW).standing is Standing.REVOKED


def test_a_phone_in_a_bus_is_an_attendants(page: PageClient, fair: Fair) -> None:
    make_shift(fair)
    make_station(fair)
    bus = make_departure(fair, [make_stop()])
    invited(page, fair, place=f"d{bus.id}", kind="supervisor", way="link")
    made = device()
    assert (made.kind, made.departure_id, made.station_id) == (DeviceKind.ATTENDANT, bus.id, None)


def test_without_a_shift_no_phone_is_paired(page: PageClient, fair: Fair) -> None:
    assert "Begin a shift first" in opened(page, fair, "devices/new").text


def test_a_phone_of_another_fair_is_not_there(app: Flask, page: PageClient, fair: Fair) -> None:
    other = make_fair()
    theirs = make_device(make_shift(other), make_station(other))
    opened(page, fair)
    page.get(f"/desk/{fair.slug}/door/devices/{theirs.id}", status=404)
    page.get(f"/desk/{fair.slug}/door/devices/{theirs.id}/live", status=404)


def test_what_is_wrong_with_a_phone_is_said(page: PageClient, fair: Fair) -> None:
    shift = make_shift(fair)
    make_device(shift, make_station(fair), offset_ms=-540_000, battery=12, unsent=4, seen_at=NOW)
    with frozen(NOW + timedelta(minutes=11)):
        shown = opened(page, fair)
    for words in ("9 minutes wrong", "12 %", "4 scans, and silent"):
        assert words in shown.text


def test_staff_pair_their_own_phone(app: Flask, page: PageClient) -> None:
    fair, other = make_fair(), make_fair()
    for one in (fair, other):
        make_shift(one)
        make_station(one, name="Nord")
    page.sign_in(Role.DOOR, fair.id)
    choice = page.get("/door/pair?lang=en")
    assert [one.get("name") for one in choice.root.all("input", type="radio")] == ["station"]
    ready = page.submit("own", {"station": device_station(fair)})
    assert codes(ready)[0] == "ABCDE 23456"
    link = ready.link("Pair this phone")
    found = LINK.fullmatch(link)
    assert found is not None
    assert found[2] is None
    made = device()
    assert (made.kind, made.fair_id) == (DeviceKind.STEWARD, fair.id)
    pair_device(found[1], "Eigenes", None, now=NOW)
    assert "The phone is paired." in page.get(ready.url).text
    stranger = PageClient(app)
    stranger.sign_in(Role.DOOR, fair.id)
    stranger.get(ready.url, status=404)


def test_a_double_click_pairs_one_phone(page: PageClient) -> None:
    fair = make_fair()
    make_shift(fair)
    make_station(fair)
    page.sign_in(Role.DOOR, fair.id)
    choice = page.get("/door/pair?lang=en")
    chosen = {"csrf_token": choice.csrf_token, "station": device_station(fair)}
    first, second = (page.post("/door/pair", chosen) for _click in range(2))
    assert first.url == second.url
    link = LINK.fullmatch(second.link("Pair this phone"))
    assert link is not None
    assert pair_device(link[1], "Eigenes", None, now=NOW).device_id == device().id
    page.post("/door/pair", chosen)
    with frozen(NOW + timedelta(seconds=11)):
        page.post("/door/pair", chosen)
    assert len(session().scalars(sa.select(Device.id)).all()) == 3


def test_who_scans_there_no_more_sees_no_shift_code(page: PageClient) -> None:
    fair = make_fair()
    make_shift(fair)
    make_station(fair)
    user = page.sign_in(Role.DOOR, fair.id, also=[Role.PARTNER])
    page.get("/door/pair?lang=en")
    ready = page.submit("own", {"station": device_station(fair)})
    with transaction() as current:
        current.execute(
            sa.delete(RoleGrant).where(RoleGrant.user_id == user.id, RoleGrant.role == Role.DOOR)
        )
    page.get(ready.url, status=404)


def device_station(fair: Fair) -> int:
    query = sa.text("SELECT id FROM station WHERE fair_id = :fair")
    return int(session().execute(query, {"fair": fair.id}).scalar_one())


def test_only_organisers_make_themselves_supervisors(app: Flask, page: PageClient) -> None:
    fair = make_fair()
    make_shift(fair)
    make_station(fair)
    page.sign_in(Role.ORGANISER, fair.id)
    page.get("/door/pair?lang=en")
    page.submit("own", {"station": device_station(fair), "kind": "supervisor"})
    assert device().kind is DeviceKind.SUPERVISOR


def test_without_a_shift_staff_are_told_to_wait(app: Flask, page: PageClient) -> None:
    page.sign_in(Role.DOOR, make_fair().id)
    assert "No shift is under way" in page.get("/door/pair?lang=en").text


def test_attendants_pair_their_own_phone_and_find_their_lists(page: PageClient) -> None:
    fair = make_fair()
    make_shift(fair)
    bus = make_departure(fair, [make_stop()], line=4)
    page.sign_in(Role.ATTENDANT, fair.id)
    choice = page.get("/door/pair?lang=en")
    assert choice.link(fair.name) == f"/door/{fair.slug}/buses"
    assert "Line 4" in choice.text
    page.submit("own", {"station": f"bus-{bus.id}"})
    made = device()
    assert (made.kind, made.departure_id) == (DeviceKind.ATTENDANT, bus.id)
