"""Groups of partners that wish one bus, as the organiser sees them."""

from flask import Flask

from jobfair.shuttle.queries import group_wishes
from jobfair.shuttle.rules import RequestState
from tests.factories import (
    make_departure,
    make_fair,
    make_group,
    make_household,
    make_partner,
    make_request,
    make_ride,
    make_stop,
)


def test_wishes_say_on_which_buses_a_group_is(app: Flask) -> None:
    fair, stop = make_fair(), make_stop()
    partner = make_partner(fair, name="Café Mondial")
    buses = [make_departure(fair, [stop], line=line) for line in (3, 5)]
    group = make_group(partner, name="Nord", same_bus=True)
    make_group(partner, name="Leer", same_bus=True)
    quiet = make_group(partner, name="Still")

    def ride(group_id: int, line: int | None) -> None:
        household = make_household(fair, partner_id=partner.id, group_id=group_id)
        request = make_request(
            household,
            stop,
            state=RequestState.WAITING if line is None else RequestState.SEATED,
        )
        if line is not None:
            make_ride(request, buses[line])

    ride(quiet.id, 0)
    ride(group.id, 0)
    ride(group.id, 0)
    (wish,) = group_wishes(fair.id)
    assert (wish.name, wish.partner, wish.people, wish.waiting) == ("Nord", "Café Mondial", 6, 0)
    assert [line for line, _at in wish.buses] == [3]
    assert wish.is_fulfilled
    ride(group.id, None)
    (wish,) = group_wishes(fair.id)
    assert (wish.people, wish.waiting, wish.is_fulfilled) == (9, 3, False)
    ride(group.id, 1)
    (wish,) = group_wishes(fair.id)
    assert [line for line, _at in wish.buses] == [3, 5]
