"""What two people do at the same moment happens once."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask

from jobfair.accounts import operations, queries, service
from jobfair.accounts.rules import Device, LinkPurpose
from jobfair.core.actor import SYSTEM, Role
from jobfair.core.db import transaction
from tests.factories import make_fair, make_user
from tests.races import together

TRIES = 5


def test_a_link_is_used_by_one(app: Flask, now: datetime) -> None:
    user = make_user(Role.DOOR)
    with transaction():
        url = operations.make_link(user.id, LinkPurpose.SIGN_IN, now=now)

    def follow() -> None:
        service.follow_link(url.rsplit("/", 1)[1], Device("", ""), now=now)

    assert together(app, follow, follow, follow) == ["done", "link_dead", "link_dead"]
    assert len(queries.list_sessions(user.id, now)) == 1


def test_two_organisers_do_not_leave_at_once(app: Flask, now: datetime) -> None:
    for _try in range(TRIES):
        fair = make_fair()
        pair = [make_user(Role.ORGANISER, fair.id).id for _ in range(2)]

        def leave(fair_id: int, user_id: int) -> Callable[[], None]:
            return lambda: service.take_role(SYSTEM, fair_id, user_id, Role.ORGANISER, now=now)

        codes = together(app, *(leave(fair.id, user_id) for user_id in pair))
        assert codes == ["done", "last_organiser"]
        assert len(queries.list_team(fair.id)) == 1


def test_somebody_is_invited_once(app: Flask, now: datetime) -> None:
    fair = make_fair()
    wish = service.Invitation("Tim", "tim@example.org", Role.DOOR, "de")
    name = service.FairName(fair.id, fair.name)

    def invite() -> None:
        service.invite(SYSTEM, name, wish, now=now)

    codes = together(app, invite, invite)
    assert codes.count("done") == 1
    assert set(codes) <= {"done", "account_exists", "role_given"}
    assert len(queries.list_team(fair.id)) == 1
