"""The workspace of counsellors and volunteers: their own people, on their own pages."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import selectinload

from jobfair.accounts.models import Partner, PartnerGroup
from jobfair.attendees.models import Attendee, Household, Need
from jobfair.attendees.rules import AttendeeKind, AttendeeState, HouseholdState, NeedKind
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.partners.service import people
from jobfair.privacy.models import Consent
from jobfair.shuttle.models import RideRequest
from jobfair.shuttle.queries import journey_of
from jobfair.shuttle.rules import Direction, RequestState, Ways
from tests.client import PageClient
from tests.factories import (
    FAIR_STARTS,
    NOW,
    make_departure,
    make_fair,
    make_group,
    make_household,
    make_member,
    make_partner,
    make_request,
    make_stop,
    make_user,
    make_window,
)
from tests.web.partners.conftest import sign_in_for

FAMILY = {
    "people-0-given_name": "Олена",
    "people-0-family_name": "Коваленко",
    "people-0-birth_year": "1988",
    "people-1-given_name": "Ivan",
    "people-1-child": "y",
    "municipality": "03459014",
    "lang": "uk",
    "phone": "0151 2345678",
    "consent": "y",
}


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Make a fair that takes registrations."""
    return make_fair(phase=Phase.OPEN, capacity=10)


@pytest.fixture
def partner(page: PageClient, fair: Fair) -> Partner:
    """Make a partner and have one of its volunteers signed in."""
    partner = make_partner(fair, name="Café Mondial")
    sign_in_for(page, make_member(partner, make_user(name="Frauke Freiwillig")))
    return partner


def own(partner: Partner) -> list[Household]:
    return list(session().scalars(sa.select(Household).filter_by(partner_id=partner.id)))


def home(fair: Fair) -> str:
    return f"/partner/{fair.slug}/"


def register(page: PageClient, fair: Fair, status: int = 200, **changed: str | None) -> None:
    page.get(f"{home(fair)}people/new")
    page.submit(1, {**FAMILY, **changed}, status=status)


def test_who_helps_at_one_fair_goes_straight_there(
    page: PageClient, partner: Partner, fair: Fair
) -> None:
    assert page.get("/partner/").url == home(fair)


def test_a_household_is_registered_on_one_page(
    page: PageClient, partner: Partner, fair: Fair
) -> None:
    register(page, fair)
    (household,) = own(partner)
    assert page.last is not None
    assert page.last.url.endswith(f"/people/{household.id}")
    people = session().scalars(sa.select(Attendee).order_by(Attendee.position)).all()
    assert [(one.kind, one.own_given_name, one.birth_year) for one in people] == [
        (AttendeeKind.ADULT, "Олена", 1988),
        (AttendeeKind.CHILD, "", None),
    ]
    assert people[0].given_name.isascii()
    assert household.registered_by is not None
    assert session().scalars(sa.select(Consent.subject_id)).all() == [household.id]


def test_more_people_and_their_needs(page: PageClient, partner: Partner, fair: Fair) -> None:
    page.get(f"{home(fair)}people/new")
    page.submit(1, {"people-0-given_name": "Amal"}, button="people")
    given = {f"people-{n}-given_name": f"Amal{'abcdefgh'[n]}" for n in range(8)}
    page.submit(
        1,
        {**given, "people-7-needs": "interpreter", "municipality": "other", "lang": "ar"}
        | {"consent": "y"},
    )
    (household,) = own(partner)
    need = session().scalars(sa.select(Need)).one()
    assert (need.kind, need.lang) == (NeedKind.INTERPRETER, "ar")
    assert household.municipality == "other"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("municipality", ""),
        ("lang", ""),
        ("consent", None),
        ("phone", "abc"),
        ("email", "nobody"),
        ("people-0-given_name", "!"),
        ("people-0-birth_year", "1700"),
    ],
)
def test_a_fault_loses_nothing(
    page: PageClient, partner: Partner, fair: Fair, field: str, value: str | None
) -> None:
    register(page, fair, 422, **{field: value})
    assert page.last is not None
    kept = [one.get("value") for one in page.last.root.all("input")]
    assert "Коваленко" in kept
    assert own(partner) == []
    page.submit(1, {"email": "", **FAMILY})
    assert len(own(partner)) == 1


def test_nobody_named_is_nobody(page: PageClient, partner: Partner, fair: Fair) -> None:
    page.get(f"{home(fair)}people/new")
    page.submit(1, {"municipality": "03459014", "lang": "ar", "consent": "y"}, status=422)
    assert own(partner) == []


def test_the_same_form_sent_twice_is_one_household(
    page: PageClient, partner: Partner, fair: Fair
) -> None:
    page.get(f"{home(fair)}people/new")
    form = page.last
    page.submit(1, FAMILY)
    page.last = form
    page.submit(1, FAMILY)
    assert len(own(partner)) == 1


def test_a_full_fair_means_to_wait(page: PageClient, partner: Partner, fair: Fair) -> None:
    make_household(fair, adults=9, children=0)
    register(page, fair)
    (household,) = own(partner)
    assert household.state is HouseholdState.WAITLISTED
    listed = page.get(home(fair)).text
    assert "2" in listed
    assert page.get(f"{home(fair)}sheets.pdf").url == home(fair)


def test_who_helps_comes_along(page: PageClient, partner: Partner, fair: Fair) -> None:
    page.get(f"{home(fair)}people/come-along")
    page.submit(1, {"municipality": "03459014", "consent": "y"})
    person = session().scalars(sa.select(Attendee)).one()
    assert person.kind is AttendeeKind.HELPER
    assert own(partner)[0].state is HouseholdState.REGISTERED


def test_search_finds_other_spellings_and_only_own_people(
    page: PageClient, partner: Partner, fair: Fair
) -> None:
    register(
        page, fair, 200, **{"people-0-given_name": "Muhamad", "people-0-family_name": "Haddad"}
    )
    make_household(fair, partner_id=make_partner(fair).id)
    assert "Muhamad" in page.get(f"{home(fair)}?text=محمد").text
    assert "Muhamad" not in page.get(f"{home(fair)}?text=Olena").text
    assert "Olena" not in page.get(home(fair)).text


def test_a_household_is_corrected_and_cancelled(
    page: PageClient, partner: Partner, fair: Fair
) -> None:
    register(page, fair)
    (household,) = own(partner)
    page.submit(1, {"phone": "0541 5010", "people-1-given_name": "Iwan"})
    assert own(partner)[0].phone == "0541 5010"
    page.get(f"{home(fair)}people/{household.id}/cancel/2")
    page.submit(1)
    page.get(f"{home(fair)}people/{household.id}/add")
    page.submit(1, {"people-0-given_name": "Petro"})
    states = session().scalars(sa.select(Attendee.state).order_by(Attendee.position)).all()
    assert [str(state) for state in states] == ["registered", "cancelled", "registered"]
    page.get(f"{home(fair)}people/{household.id}/cancel")
    page.submit(1)
    left = sa.select(Attendee).filter_by(state=AttendeeState.REGISTERED)
    assert session().scalars(left).all() == []
    page.get(f"{home(fair)}people/{household.id}")


def test_links_and_badges_are_replaced(page: PageClient, partner: Partner, fair: Fair) -> None:
    household = make_household(fair, partner_id=partner.id)
    at = f"{home(fair)}people/{household.id}"
    page.get(f"{at}/link")
    page.submit(1)
    assert own(partner)[0].link_version == 2
    page.get(f"{at}/badge/1")
    page.submit(1)
    assert page.open(f"{at}/sheet.pdf").mimetype == "application/pdf"


def test_groups_are_made_filled_printed_and_dropped(
    page: PageClient, partner: Partner, fair: Fair
) -> None:
    households = [make_household(fair, 1, 0, partner_id=partner.id) for _n in range(3)]
    page.get(f"{home(fair)}groups")
    page.submit(1, {"name": "Unterkunft Nord", "same_bus": "y"})
    page.submit(1, {"household": [one.id for one in households[:2]]})
    group = session().scalars(sa.select(PartnerGroup)).one()
    assert (group.name, group.same_bus) == ("Unterkunft Nord", True)
    assert [one.group_id for one in own(partner)] == [group.id, group.id, None]
    assert page.open(f"{home(fair)}sheets.pdf?group={group.id}").mimetype == "application/pdf"
    page.get(f"{home(fair)}groups/{group.id}/name")
    page.submit(1, {"name": "Unterkunft Süd", "same_bus": None})
    page.get(f"{home(fair)}groups/{group.id}")
    page.submit(1)
    assert [one.group_id for one in own(partner)].count(group.id) == 1
    page.get(f"{home(fair)}groups/{group.id}")
    page.submit(3)
    assert session().scalars(sa.select(PartnerGroup)).all() == []
    assert len(own(partner)) == 3


def test_what_somebody_typed_is_given_back_when_the_access_has_ended(
    page: PageClient, partner: Partner, fair: Fair
) -> None:
    page.get(f"{home(fair)}people/new")
    with_access = page.last
    member = make_member(make_partner(make_fair()))
    sign_in_for(page, member)
    page.last = with_access
    page.submit(1, FAMILY, status=403)
    assert page.last is not None
    (area,) = page.last.root.all("textarea")
    assert "Коваленко" in area.text
    assert "0151 2345678" in area.text
    assert "csrf" not in area.text
    assert own(partner) == []


def test_window_bus_and_group_are_taken_along(
    page: PageClient, partner: Partner, fair: Fair
) -> None:
    window, stop, group = make_window(fair), make_stop(), make_group(partner)
    out = make_departure(fair, [stop])
    back = make_departure(fair, [stop], direction=Direction.BACK, wave=1)
    page.get(f"{home(fair)}people/new")
    page.submit(1, {**FAMILY, "stop": stop.id, "back": 1}, status=422)
    page.submit(1, {"window": window.id, "group": group.id})
    (household,) = own(partner)
    assert (household.window_id, household.group_id) == (window.id, group.id)
    journey = journey_of(household.id)
    assert journey is not None
    assert journey.out is not None
    assert journey.back is not None
    assert (journey.out.line, journey.back.line) == (out.line, back.line)
    listed = page.get(home(fair)).text
    assert stop.name in listed


def test_a_bus_that_does_not_go_home_there_is_said(
    page: PageClient, partner: Partner, fair: Fair
) -> None:
    near, far = make_stop(), make_stop()
    make_departure(fair, [near, far])
    make_departure(fair, [near], direction=Direction.BACK, wave=0)
    make_departure(fair, [far], direction=Direction.BACK, wave=2)
    page.get(f"{home(fair)}people/new")
    page.submit(1, {**FAMILY, "stop": near.id, "back": 2}, status=422)
    assert own(partner) == []
    page.submit(1, {"back": 0})
    assert len(own(partner)) == 1


def test_a_bus_home_before_the_arrival_is_said(
    page: PageClient, partner: Partner, fair: Fair
) -> None:
    stop = make_stop()
    make_departure(fair, [stop], fair_at=FAIR_STARTS + timedelta(hours=3))
    make_departure(fair, [stop], direction=Direction.BACK, fair_at=FAIR_STARTS + timedelta(hours=2))
    page.get(f"{home(fair)}people/new?lang=en")
    refused = page.submit(1, {**FAMILY, "stop": stop.id}, status=422)
    assert "This bus leaves before they are at the fair." in refused.text
    assert own(partner) == []
    page.submit(1, {"ways": "out"})
    assert len(own(partner)) == 1


@pytest.mark.parametrize("path", ["", "/name"])
def test_a_group_that_is_dropped_meanwhile_is_gone(
    page: PageClient, fair: Fair, partner: Partner, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    group_id, household = make_group(partner).id, make_household(fair, partner_id=partner.id)
    drop, put, change = people.drop_group, people.put_into_group, people.change_group

    def first_dropped(act: Callable[..., None]) -> Callable[..., None]:
        def acted(mine: people.Mine, *given: Any, now: datetime) -> None:
            drop(mine, group_id, now=now)
            act(mine, *given, now=now)

        return acted

    monkeypatch.setattr(people, "put_into_group", first_dropped(put))
    monkeypatch.setattr(people, "change_group", first_dropped(change))
    address = f"{home(fair)}groups/{group_id}{path}"
    sent = {"csrf_token": page.get(address).csrf_token, "name": "Neu", "household": household.id}
    page.post(address, sent, status=404)


def test_a_counsellor_reads_why_their_people_wait_for_the_bus(
    page: PageClient, partner: Partner, fair: Fair
) -> None:
    stop = make_stop()
    make_departure(fair, [stop], seats=1, taken=1)
    household = make_household(fair, partner_id=partner.id)
    request = {"state": RequestState.WAITING, "ways": Ways.OUT, "only_by_bus": True}
    make_request(household, stop, people=3, **request)
    shown = page.get(f"{home(fair)}people/{household.id}?lang=en").text
    assert "Place 1 in line: too many people for any bus that they could take" in shown
    assert "They only come if they have seats." in shown


def test_wheelchairs_and_all_else_of_the_bus_are_asked_of_counsellors_too(
    page: PageClient, partner: Partner, fair: Fair
) -> None:
    stop = make_stop()
    make_departure(fair, [stop], wheelchairs=1)
    make_departure(fair, [stop], direction=Direction.BACK, wheelchairs=1)
    page.get(f"{home(fair)}people/new")
    bus = {"stop": stop.id, "wheelchairs": "1", "prams": "2", "only_by_bus": "y"}
    page.submit(1, {**FAMILY, **bus})
    made = session().scalars(sa.select(RideRequest)).one()
    assert (made.wheelchairs, made.prams, made.only_by_bus) == (1, 2, True)
    assert (made.state, made.flexibility) == (RequestState.SEATED, 1)


def test_once_the_lists_are_fixed_nobody_comes_only_by_bus(
    page: PageClient, partner: Partner, fair: Fair
) -> None:
    make_departure(fair, [make_stop()])
    assert page.get(f"{home(fair)}people/new").root.all("input", name="only_by_bus")
    with transaction() as current:
        current.execute(sa.update(Fair).values(shuttle_decided_by=NOW))
    assert not page.get(f"{home(fair)}people/new").root.all("input", name="only_by_bus")


def test_counsellors_name_other_stops_that_would_do(
    page: PageClient, partner: Partner, fair: Fair
) -> None:
    stops = [make_stop(name=f"Halt {number}") for number in range(3)]
    make_departure(fair, stops)
    for wave in (0, 1):
        make_departure(fair, stops, direction=Direction.BACK, wave=wave)
    page.get(f"{home(fair)}people/new")
    bus = {"stop": stops[0].id, "also": [str(stop.id) for stop in stops[:2]]}
    page.submit(1, {**FAMILY, **bus})
    query = sa.select(RideRequest).options(selectinload(RideRequest.alternatives))
    made = session().scalars(query).one()
    assert [one.stop_id for one in made.alternatives] == [stops[1].id]
    assert made.back_wave == 1, "the last bus home"
