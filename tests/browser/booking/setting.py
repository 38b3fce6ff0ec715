"""Where bookings are played: a fair in three weeks, its windows and bus, and who registers."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from jobfair.accounts.models import Partner
from jobfair.core.actor import Role
from jobfair.fairs.models import ArrivalWindow, Fair
from jobfair.shuttle.models import Stop
from jobfair.shuttle.rules import Direction
from tests.browser.day.organiser import BRAMSCHE, STOP
from tests.browser.stage import DESK, Stage
from tests.browser.visitor import Visitor
from tests.factories import (
    make_departure,
    make_fair,
    make_member,
    make_stop,
    make_user,
    make_window,
)

ZONE = ZoneInfo("Europe/Berlin")
DAY = (datetime.now(ZONE) + timedelta(days=21)).date()


def at(hour: int, minute: int = 0) -> datetime:
    """Return that time on the day of the fair."""
    return datetime.combine(DAY, time(hour, minute), ZONE).astimezone(UTC)


def fair_to_come(town: str, **given: Any) -> Fair:
    """Make a fair from ten to four whose registration is open."""
    slug = f"{town}-{DAY.year}"
    return make_fair(slug=slug, starts_at=at(10), ends_at=at(16), **given)


def windows_of(fair: Fair, *capacities: int) -> list[ArrivalWindow]:
    """Make windows of two hours, one after the other, with so many places each."""
    return [
        make_window(
            fair,
            starts_at=at(10 + 2 * n),
            ends_at=at(12 + 2 * n),
            label="",
            capacity=capacity,
        )
        for n, capacity in enumerate(capacities)
    ]


def bus_of(fair: Fair, seats: int = 50) -> Stop:
    """Make line 4 from Bramsche to the fair and back."""
    stop = make_stop(municipality=BRAMSCHE, name=STOP)
    make_departure(fair, [stop], line=4, seats=seats, fair_at=at(10, 10))
    back = {"direction": Direction.BACK, "fair_at": at(15)}
    make_departure(fair, [stop], line=4, seats=seats, **back)
    return stop


def organiser_of(stage: Stage) -> Visitor:
    """Return an organiser who is signed in at the desk."""
    organiser = stage.visitor(size=DESK)
    stage.server.sign_in(organiser.page.context, make_user(Role.ORGANISER))
    return organiser


def helper_of(stage: Stage, partner: Partner) -> Visitor:
    """Return somebody who is signed in and registers people for the partner."""
    helper, user = stage.visitor(size=DESK), make_user()
    make_member(partner, user)
    stage.server.sign_in(helper.page.context, user)
    return helper


def register(
    stage: Stage,
    visitor: Visitor,
    *people: str,
    email: str = "",
    phone: str = "",
    at_once: bool = True,
) -> str:
    """Have the people with these first names be registered or wait; return their own page."""
    page, visitor.hurried = visitor.page, True
    visitor.open(stage.url("/FAIR/register"))
    for _other in people[1:]:
        page.locator("button[value=adult]").click()
    named = {f"people-{n}-given": name for n, name in enumerate(people)}
    visitor.send(**named, **{f"people-{n}-family": "Berger" for n in range(len(people))})
    while (step := on_step(visitor)) != "contact":
        if step == "place":
            page.select_option("main [name=municipality]", BRAMSCHE)
        if step == "when":
            page.locator("main [name=window]").first.check()
        visitor.send()
    visitor.send(email=email, phone=phone)
    page.check("main [name=consent]")
    if not at_once:
        page.uncheck("main [name=take_at_once]")
    visitor.send()
    visitor.hurried = False
    assert "/my/" in page.url
    return page.url


def on_step(visitor: Visitor) -> str:
    """Return the name of the step of the registration that is shown."""
    return visitor.page.url.partition("/register/")[2].partition("#")[0]
