"""Making, copying and changing fairs, and moving them through their phases."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.accounts.models import RoleGrant
from jobfair.audit.models import AuditEntry
from jobfair.core.actor import SYSTEM, Actor, Role
from jobfair.core.db import Base, session
from jobfair.core.errors import Conflict, Forbidden
from jobfair.exhibitors.models import Stand
from jobfair.fairs import queries, service
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import FairFacts, Phase, TextKey, copied_facts
from jobfair.fairs.service.texts import write_texts
from jobfair.shuttle.queries import list_departures
from tests.factories import (
    FAIR_STARTS,
    NOW,
    actor_of,
    make_departure,
    make_exhibitor,
    make_fair,
    make_household,
    make_room,
    make_stand,
    make_stop,
    make_text,
    make_user,
)

FACTS = FairFacts(
    name="#JobsForYou Bad Laer",
    slug="bad-laer-2027",
    starts_at=NOW + timedelta(days=60),
    ends_at=NOW + timedelta(days=60, hours=2),
    venue="Dorfgemeinschaftshaus",
    capacity=150,
)


def organiser(fair: Fair | None = None) -> Actor:
    fair_id = fair.id if fair else None
    return actor_of(make_user(Role.ORGANISER, fair_id), Role.ORGANISER, fair_id)


def entries() -> list[AuditEntry]:
    return list(session().scalars(sa.select(AuditEntry).order_by(AuditEntry.id)))


def rows_of(fair: Fair) -> dict[str, list[tuple[object, ...]]]:
    """Return every row that belongs to the fair, by table."""
    session().rollback()
    found = {"fair": [tuple(row) for row in _rows(Fair.__table__, "id", fair)]}
    for table in Base.metadata.tables.values():
        if "fair_id" in table.columns:
            found[table.name] = [tuple(row) for row in _rows(table, "fair_id", fair)]
    return found


def _rows(table: sa.FromClause, column: str, fair: Fair) -> list[sa.Row[tuple[object, ...]]]:
    query = sa.select(table).where(table.columns[column] == fair.id)
    return sorted(session().execute(query), key=str)


def test_who_makes_a_fair_organises_it(app: Flask) -> None:
    actor = organiser(make_fair())
    fair = service.create_fair(FACTS, actor=actor, now=NOW)
    assert (fair.phase, fair.places_taken, fair.facts) == (Phase.DRAFT, 0, FACTS)
    grant = session().scalars(sa.select(RoleGrant).where(RoleGrant.fair_id == fair.id)).one()
    assert (grant.user_id, grant.role) == (actor.id, Role.ORGANISER)
    assert [entry.action for entry in entries() if entry.fair_id == fair.id] == ["fair.make"]


def test_two_fairs_can_not_have_one_address(app: Flask) -> None:
    make_fair(slug=FACTS.slug)
    with pytest.raises(Conflict) as refused:
        service.create_fair(FACTS, actor=SYSTEM, now=NOW)
    assert refused.value.code == "slug_taken"


def test_a_copy_has_rooms_stands_and_texts_and_nobody(app: Flask) -> None:
    earlier = make_fair(registration_closes_at=NOW + timedelta(days=10))
    make_room(earlier, name="Saal", position=0)
    foyer = make_room(earlier, name="Foyer", position=1)
    make_stand(earlier, label="A1", room_id=foyer.id)
    make_text(earlier, key=TextKey.ARRIVAL, lang="ar", body="بالحافلة")
    make_household(earlier)
    make_exhibitor(earlier)
    before = rows_of(earlier)
    facts = copied_facts(earlier.facts, "Again", "again-2027", date(2027, 5, 4))
    fair = service.copy_fair(earlier.id, facts, actor=organiser(), now=NOW)
    assert [room.name for room in queries.get_fair(fair.id).rooms] == ["Saal", "Foyer"]
    assert queries.own_texts(fair.id, "ar") == {"arrival": "بالحافلة"}
    assert (fair.phase, fair.places_taken, fair.capacity) == (Phase.DRAFT, 0, earlier.capacity)
    stand = session().scalars(sa.select(Stand).where(Stand.fair_id == fair.id)).one()
    assert (stand.label, queries.get_room(fair.id, stand.room_id or 0).name) == ("A1", "Foyer")
    copied = rows_of(fair)
    assert not copied["household"]
    assert not copied["attendee"]
    assert not copied["exhibitor"]
    assert rows_of(earlier) == before


def test_only_its_organiser_can_copy_a_fair(app: Flask) -> None:
    ours, theirs = make_fair(), make_fair()
    with pytest.raises(Forbidden):
        service.copy_fair(theirs.id, FACTS, actor=organiser(ours), now=NOW)


def test_a_change_names_its_fields_and_touches_no_other_fair(app: Flask) -> None:
    fair, other = make_fair(), make_fair()
    make_household(other)
    make_room(other)
    before = rows_of(other)
    facts = replace(fair.facts, venue="Rathaus", capacity=600)
    service.edit_fair(fair.id, facts, actor=SYSTEM, now=NOW)
    assert queries.get_fair(fair.id).facts == facts
    assert [entry.fields for entry in entries()] == [["capacity", "venue"]]
    assert rows_of(other) == before


def test_the_buses_follow_the_fair_to_another_day(app: Flask) -> None:
    fair, other = make_fair(), make_fair()
    stop = make_stop()
    make_departure(fair, [stop])
    make_departure(other, [stop])
    before = rows_of(other)
    shift = timedelta(days=200)
    facts = replace(fair.facts, starts_at=fair.starts_at + shift, ends_at=fair.ends_at + shift)
    service.edit_fair(fair.id, facts, actor=SYSTEM, now=NOW)
    session().rollback()
    moved = list_departures(fair.id)[0]
    summer = timedelta(hours=1)
    assert moved.fair_at == FAIR_STARTS + shift - summer
    assert moved.calls[0].at == moved.fair_at - timedelta(minutes=10)
    assert rows_of(other) == before


def test_saving_without_a_change_leaves_no_trace(app: Flask) -> None:
    fair = make_fair()
    service.edit_fair(fair.id, fair.facts, actor=SYSTEM, now=NOW)
    assert entries() == []


def test_the_places_are_never_fewer_than_the_people(app: Flask) -> None:
    fair = make_fair(capacity=10, places_taken=8)
    with pytest.raises(Conflict) as refused:
        service.edit_fair(fair.id, replace(fair.facts, capacity=7), actor=SYSTEM, now=NOW)
    assert (refused.value.code, refused.value.params) == ("capacity_below_taken", {"taken": 8})


def test_an_address_that_is_taken_is_refused(app: Flask) -> None:
    fair, other = make_fair(), make_fair()
    with pytest.raises(Conflict) as refused:
        service.edit_fair(fair.id, replace(fair.facts, slug=other.slug), actor=SYSTEM, now=NOW)
    assert refused.value.code == "slug_taken"


def test_a_fair_goes_from_draft_to_over(app: Flask) -> None:
    fair = service.create_fair(FACTS, actor=SYSTEM, now=NOW)
    for phase in (Phase.OPEN, Phase.CLOSED, Phase.RUNNING, Phase.OVER):
        assert service.move_phase(fair.id, phase, actor=SYSTEM, now=NOW).phase is phase
    actions = [entry.action for entry in entries()]
    assert actions == ["fair.make", "fair.open", "fair.closed", "fair.running", "fair.over"]


@pytest.mark.parametrize(
    ("given", "after", "code"),
    [
        ({"phase": Phase.DRAFT}, Phase.OVER, "phase_not_next"),
        ({"phase": Phase.DRAFT, "capacity": 0}, Phase.OPEN, "open_without_places"),
        ({"phase": Phase.OPEN, "places_taken": 1}, Phase.DRAFT, "draft_with_people"),
    ],
)
def test_a_step_that_can_not_be_is_refused(
    app: Flask, given: dict[str, object], after: Phase, code: str
) -> None:
    fair = make_fair(**given)
    with pytest.raises(Conflict) as refused:
        service.move_phase(fair.id, after, actor=SYSTEM, now=NOW)
    assert refused.value.code == code


def test_registration_can_not_open_after_the_fair(app: Flask) -> None:
    fair = make_fair(phase=Phase.DRAFT)
    with pytest.raises(Conflict) as refused:
        service.move_phase(fair.id, Phase.OPEN, actor=SYSTEM, now=fair.ends_at)
    assert refused.value.code == "open_after_end"


def test_texts_fall_back_to_german_and_then_to_ours(app: Flask) -> None:
    fair = make_fair()
    write(fair, "de", {TextKey.LEAD: "Kommen Sie!", TextKey.FREE: "Ja."}, NOW)
    write(fair, "ar", {TextKey.LEAD: "أهلًا", TextKey.FREE: ""}, NOW)
    assert queries.texts_of(fair.id, "ar") == {TextKey.LEAD: "أهلًا", TextKey.FREE: "Ja."}
    write(fair, "ar", {TextKey.LEAD: ""}, NOW)
    assert queries.texts_of(fair.id, "ar")[TextKey.LEAD] == "Kommen Sie!"
    assert entries()[-1].fields == ["lead.ar"]


def write(fair: Fair, lang: str, words: dict[TextKey, str], now: datetime) -> None:
    write_texts(fair.id, lang, words, actor=SYSTEM, now=now)
