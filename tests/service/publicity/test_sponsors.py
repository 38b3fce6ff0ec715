"""The sponsors of a fair and their order."""

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.audit.models import AuditEntry
from jobfair.core.actor import SYSTEM
from jobfair.core.db import session
from jobfair.core.errors import Conflict, Invalid, NotFound
from jobfair.publicity import service
from jobfair.publicity.queries import get_sponsor, list_sponsors
from jobfair.publicity.rules import SPONSORS_MOST
from tests.factories import NOW, PIXEL, make_fair, make_sponsor


def names(fair_id: int) -> list[str]:
    session().rollback()
    return [sponsor.name for sponsor in list_sponsors(fair_id)]


def test_sponsors_are_added_one_after_the_other(app: Flask) -> None:
    fair = make_fair()
    for name in ("Erste", "Zweite"):
        service.add_sponsor(fair.id, name, PIXEL, actor=SYSTEM, now=NOW)
    assert names(fair.id) == ["Erste", "Zweite"]
    first = list_sponsors(fair.id)[0]
    assert get_sponsor(fair.id, first.id).media_type == "image/png"
    actions = session().scalars(sa.select(AuditEntry.action).where(AuditEntry.fair_id == fair.id))
    assert list(actions) == ["sponsor.add", "sponsor.add"]


def test_there_are_not_endlessly_many(app: Flask) -> None:
    fair = make_fair()
    for position in range(SPONSORS_MOST):
        make_sponsor(fair, position=position)
    with pytest.raises(Conflict) as refused:
        service.add_sponsor(fair.id, "Noch eine", PIXEL, actor=SYSTEM, now=NOW)
    assert refused.value.code == "sponsors_full"


def test_a_picture_that_is_none_adds_nobody(app: Flask) -> None:
    fair = make_fair()
    with pytest.raises(Invalid):
        service.add_sponsor(fair.id, "Ohne Bild", b"text", actor=SYSTEM, now=NOW)
    assert names(fair.id) == []


def test_a_sponsor_moves_up_and_the_first_stays(app: Flask) -> None:
    fair = make_fair()
    made = [make_sponsor(fair, name=name, position=0) for name in "ABC"]
    service.move_sponsor_up(fair.id, made[2].id, actor=SYSTEM, now=NOW)
    assert names(fair.id) == ["A", "C", "B"]
    service.move_sponsor_up(fair.id, made[0].id, actor=SYSTEM, now=NOW)
    assert names(fair.id) == ["A", "C", "B"]


def test_a_sponsor_is_removed(app: Flask) -> None:
    fair = make_fair()
    gone, stays = make_sponsor(fair, name="A"), make_sponsor(fair, name="B")
    service.remove_sponsor(fair.id, gone.id, actor=SYSTEM, now=NOW)
    assert names(fair.id) == [stays.name]


@pytest.mark.parametrize("act", [service.remove_sponsor, service.move_sponsor_up])
def test_another_fair_s_sponsor_is_out_of_reach(app: Flask, act) -> None:
    theirs = make_sponsor(make_fair(), name="Ihre")
    with pytest.raises(NotFound):
        act(make_fair().id, theirs.id, actor=SYSTEM, now=NOW)
    assert names(theirs.fair_id) == ["Ihre"]
