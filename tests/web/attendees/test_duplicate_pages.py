"""Pages about people who may be registered twice."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.admin import duplicates
from jobfair.attendees.models import Attendee, Household, KnownDistinct
from jobfair.attendees.rules import AttendeeKind, AttendeeState, HouseholdInput, PersonInput
from jobfair.attendees.service import merge
from jobfair.core.actor import Role
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair
from jobfair.places.operations import book
from tests.client import PageClient
from tests.factories import NOW, make_fair, signed_in

PAGE = "/desk/osnabrueck-2026/people/duplicates"


@pytest.fixture
def fair(app: Flask) -> Fair:
    fair = make_fair(slug="osnabrueck-2026")
    signed_in(app, Role.ORGANISER, fair.id)
    return fair


@pytest.fixture
def pair(fair: Fair) -> tuple[int, int]:
    ids = []
    for key, name in (("k1", ("Yusuf", "Haddad")), ("k2", ("Josef", "Hadad"))):
        people = (PersonInput(AttendeeKind.ADULT, *name, birth_year=1988),)
        wish = HouseholdInput(key, "ar", "03459014", f"{key}@example.org", "", people)
        with transaction():
            household = book(fair.id, wish, now=NOW)
            ids.append(household.id)
    query = sa.select(Attendee.id).order_by(Attendee.household_id)
    first, second = session().scalars(query.where(Attendee.household_id.in_(ids)))
    return first, second


@pytest.mark.parametrize("lang", ["de", "en"])
def test_nobody_twice(page: PageClient, fair: Fair, lang: str) -> None:
    shown = page.get(f"{PAGE}?lang={lang}")
    assert "distinct" not in str(shown.response.get_data())


def test_pair_side_by_side_with_reasons(page: PageClient, pair: tuple[int, int]) -> None:
    shown = page.get(f"{PAGE}?lang=en")
    for words in ("Haddad, Yusuf", "Hadad, Josef", "Same year of birth", "Same municipality"):
        assert words in shown.text
    assert "Same telephone number" not in shown.text
    assert page.get("/desk/osnabrueck-2026/people?lang=en").link("Duplicates")


def test_merging_asks_first(page: PageClient, pair: tuple[int, int]) -> None:
    first, second = pair
    page.get(f"{PAGE}?lang=en")
    asked = page.get(f"{PAGE}/{second}/{first}")
    assert session().get_one(Attendee, first).state is AttendeeState.REGISTERED
    page.submit(len(asked.forms) - 1)
    session().expire_all()
    assert session().get_one(Attendee, first).state is AttendeeState.CANCELLED
    page.get(f"{PAGE}/{second}/{first}", 404)
    assert "registered twice" in page.get(PAGE).text


def test_two_who_merge_at_once_do_it_once(
    page: PageClient, pair: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_once(*given: int, **more: Any) -> None:
        merge(*given, **more)
        merge(*given, **more)

    monkeypatch.setattr(duplicates, "merge", at_once)
    asked = page.get("{}/{}/{}".format(PAGE, *pair))
    page.submit(len(asked.forms) - 1, status=404)
    states = session().scalars(sa.select(Attendee.state).where(Attendee.id.in_(pair)))
    assert sorted(states) == [AttendeeState.CANCELLED, AttendeeState.REGISTERED]


def test_two_different_people(page: PageClient, pair: tuple[int, int]) -> None:
    page.get(f"{PAGE}?lang=en")
    forms = page.last.forms if page.last else []
    number = next(n for n, form in enumerate(forms) if "distinct" in form.get("action"))
    page.submit(number)
    assert session().scalar(sa.select(KnownDistinct.first_id)) == pair[0]
    assert session().scalar(sa.select(sa.func.count()).select_from(Household)) == 2


def test_people_of_another_fair_are_unknown(
    page: PageClient, app: Flask, pair: tuple[int, int]
) -> None:
    other = make_fair(slug="bad-laer-2026")
    signed_in(app, Role.ORGANISER, other.id)
    page.get(f"/desk/bad-laer-2026/people/duplicates/{pair[0]}/{pair[1]}", 404)


@pytest.mark.parametrize("path", ["", "/1/2"])
def test_only_organisers(page: PageClient, app: Flask, fair: Fair, path: str) -> None:
    signed_in(app, Role.DOOR, fair.id)
    assert page.open(f"{PAGE}{path}").status_code == 403
