"""A partner's people and groups, on both databases."""

import pytest
from flask import Flask

from jobfair.accounts.models import AccessRequest, Partner
from jobfair.accounts.operations import keep_request
from jobfair.accounts.rules import AccessState, MemberKind
from jobfair.attendees.rules import AttendeeKind, HouseholdState, PersonInput
from jobfair.booking.rules import Contact
from jobfair.booking.service import Registration
from jobfair.core.actor import Role
from jobfair.core.db import transaction
from jobfair.core.errors import Conflict, NotFound
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.partners import queries
from jobfair.partners.queries import Wanted
from jobfair.partners.service import people
from jobfair.partners.service.people import Group, Mine
from tests.factories import NOW, actor_of, make_fair, make_household, make_partner, make_user

MOST = 50


@pytest.fixture
def fair(app: Flask) -> Fair:
    """Make a fair with four places."""
    return make_fair(phase=Phase.OPEN, capacity=4)


def mine(partner: Partner, fair: Fair) -> Mine:
    user = make_user(Role.PARTNER, fair.id)
    return Mine(fair, partner.id, actor_of(user, Role.PARTNER, fair.id))


def family(given: str, *more: str) -> Registration:
    return Registration(
        people=tuple(PersonInput(AttendeeKind.ADULT, name, "Haddad") for name in (given, *more)),
        municipality="03459014",
        contact=Contact("", "0151 2345678", "ar"),
        ride=None,
        page_lang="de",
    )


def names(found: list[queries.Own]) -> list[str]:
    return [one.people[0].given_name for one in found]


def test_who_has_places_and_who_waits(fair: Fair) -> None:
    own = mine(make_partner(fair), fair)
    for number, given in enumerate(("Zahra", "Amal", "Muhamad")):
        people.register(own, family(given, "Sami"), f"form-{number}", None, now=NOW)
    total, found = queries.list_own(fair, own.partner_id, Wanted(), limit=MOST)
    assert (total, names(found)) == (3, ["Amal", "Muhamad", "Zahra"])
    assert [one.waiting.position for one in found if one.waiting] == [1]
    figures = queries.own_totals(fair.id, own.partner_id)
    assert (figures.households, figures.people, figures.waiting) == (2, 4, 2)
    waiting = Wanted(state=HouseholdState.WAITLISTED)
    assert queries.list_own(fair, own.partner_id, waiting, limit=MOST)[0] == 1
    heard = Wanted(text="Mohammed")
    assert names(queries.list_own(fair, own.partner_id, heard, limit=MOST)[1]) == ["Muhamad"]
    assert len(queries.list_to_print(fair.id, own.partner_id)) == 2


def test_a_page_at_a_time(fair: Fair) -> None:
    partner = make_partner(fair)
    for _n in range(3):
        make_household(fair, 1, 0, partner_id=partner.id)
    total, found = queries.list_own(fair, partner.id, Wanted(), limit=2, offset=2)
    assert (total, len(found)) == (3, 1)


def test_the_same_key_of_two_people_is_two_households(fair: Fair) -> None:
    partner = make_partner(fair)
    first, second = mine(partner, fair), mine(partner, fair)
    made = [people.register(one, family("Amal"), "same", None, now=NOW) for one in (first, second)]
    again = people.register(first, family("Amal"), "same", None, now=NOW)
    assert made[0].id != made[1].id
    assert again.id == made[0].id


def test_groups_hold_own_households_only(fair: Fair) -> None:
    own, other = mine(make_partner(fair), fair), mine(make_partner(fair), fair)
    home = make_household(fair, 1, 0, partner_id=own.partner_id)
    foreign = make_household(fair, 1, 0, partner_id=other.partner_id)
    group_id = people.add_group(own, Group("Nord", same_bus=True), now=NOW)
    with pytest.raises(Conflict):
        people.add_group(own, Group("Nord", same_bus=False), now=NOW)
    people.put_into_group(own, [home.id], group_id, now=NOW)
    for households, chosen in (([foreign.id], group_id), ([home.id, foreign.id], None)):
        with pytest.raises(NotFound):
            people.put_into_group(own, households, chosen, now=NOW)
    with pytest.raises(NotFound):
        people.register(other, family("Amal"), "key-of-form", group_id, now=NOW)
    with pytest.raises(NotFound):
        people.drop_group(other, group_id, now=NOW)
    (size,) = queries.list_groups(fair.id, own.partner_id)
    assert (size.group.id, size.households, size.people) == (group_id, 1, 1)
    assert queries.list_without_group(fair.id, own.partner_id) == []
    people.drop_group(own, group_id, now=NOW)
    assert queries.list_groups(fair.id, own.partner_id) == []
    assert len(queries.list_without_group(fair.id, own.partner_id)) == 1


def test_an_open_request_is_kept_once_and_anew_after_an_answer(fair: Fair) -> None:
    def ask(message: str) -> int:
        with transaction():
            return keep_request(
                AccessRequest(
                    fair_id=fair.id,
                    name="Frauke",
                    email="frauke@help.example",
                    phone="",
                    organisation="Café",
                    kind=MemberKind.VOLUNTEER,
                    message=message,
                    lang="de",
                    state=AccessState.ASKED,
                    created_at=NOW,
                )
            ).id

    first = ask("eins")
    with transaction() as current:
        kept = current.get_one(AccessRequest, first)
        assert kept.message == "eins"
        kept.state, kept.decided_at = AccessState.REFUSED, NOW
    second = ask("zwei")
    assert second != first
    assert ask("drei") == second
