"""The same list where a partner has it: its own people, and nobody else's."""

from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask

from jobfair import create_app
from jobfair.accounts.models import Partner
from jobfair.core.actor import Permission, Role
from jobfair.core.db import db, session
from jobfair.fairs.context import current_fair
from jobfair.fairs.models import Fair
from jobfair.telling.models import Notice
from jobfair.telling.views import Board, mount
from tests.client import PageClient
from tests.factories import make_fair, make_household, make_notice, make_partner, signed_in


@pytest.fixture
def fair(app: Flask) -> Fair:
    return make_fair()


@pytest.fixture
def ours(fair: Fair) -> Partner:
    return make_partner(fair)


@pytest.fixture
def page(app: Flask, fair: Fair, ours: Partner) -> Iterator[PageClient]:
    """Give a browser of one of that partner, in a house where partners have the list."""
    house, partner_id = create_app(app.config["JOBFAIR"]), ours.id
    blueprint = Blueprint("helping", __name__, url_prefix="/helping/<fair:fair>")
    household = "attendees_admin.household"
    mount(
        blueprint,
        Permission.HELP,
        lambda: Board(current_fair().id, "desk/base.html", household, partner_id),
    )
    house.register_blueprint(blueprint)
    signed_in(house, Role.PARTNER, fair.id)
    yield PageClient(house)
    with house.app_context():
        db.session.remove()
        db.engine.dispose()


def told_at(notice: Notice) -> bool:
    session().rollback()
    return session().get_one(Notice, notice.id).told_at is not None


def test_a_partner_tells_its_own_people(page: PageClient, fair: Fair, ours: Partner) -> None:
    notice = make_notice(make_household(fair, partner_id=ours.id), text="Ours")
    make_notice(make_household(fair, partner_id=make_partner(fair).id), text="Theirs")
    make_notice(make_household(fair), text="The desk's")
    shown = page.get(f"/helping/{fair.slug}/tell?lang=en")
    assert "1 household to tell" in shown.text
    assert "Ours" in shown.text
    assert "Theirs" not in shown.text
    assert "The desk's" not in shown.text
    page.submit(1)
    assert told_at(notice)


def test_a_partner_marks_nobody_elses(page: PageClient, fair: Fair, ours: Partner) -> None:
    foreign = [
        make_notice(make_household(fair, partner_id=make_partner(fair).id)),
        make_notice(make_household(fair)),
        make_notice(make_household(make_fair())),
    ]
    make_notice(make_household(fair, partner_id=ours.id))
    token = page.get(f"/helping/{fair.slug}/tell").csrf_token
    for notice in foreign:
        for act in ("told", "not-told"):
            address = f"/helping/{fair.slug}/tell/{notice.id}/{act}"
            page.post(address, {"csrf_token": token}, status=404)
        assert not told_at(notice)
