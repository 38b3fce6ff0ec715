"""Use cases of exhibitors and stands, on both databases, also where two people are as fast."""

from collections.abc import Callable
from dataclasses import replace
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.accounts.models import RoleGrant
from jobfair.core.actor import SYSTEM, Role
from jobfair.core.db import session, transaction
from jobfair.core.errors import Conflict, Invalid, NotFound
from jobfair.core.events import publish
from jobfair.data.work import GermanLevel, WorkField
from jobfair.exhibitors import queries
from jobfair.exhibitors.models import Exhibitor, Posting, Stand
from jobfair.exhibitors.rules import (
    ExhibitorKind,
    ExhibitorState,
    OrganisationInput,
    PostingInput,
    StandNeed,
)
from jobfair.exhibitors.service import applications, decisions, postings, stands
from jobfair.exhibitors.service.applications import Application
from jobfair.fairs.events import FairCopied
from jobfair.fairs.rules import Phase
from jobfair.mail.models import OutboxMail
from tests.factories import (
    NOW,
    make_exhibitor,
    make_fair,
    make_posting,
    make_room,
    make_stand,
)

COMPANY = OrganisationInput(
    name="Hasetal Pflege gGmbH",
    kind=ExhibitorKind.EMPLOYER,
    branch="Pflege",
    contact_name="Sabine Hülsmeier",
    contact_email="Sabine@Hasetal.example",
    needs=(StandNeed.POWER,),
)
OFFER = PostingInput("Pflegehelfer", WorkField.CARE, GermanLevel.A2)
FORM = Application("k" * 32, "de", COMPANY, OFFER)


def number(table: type[Exhibitor] | type[Posting] | type[OutboxMail] | type[Stand]) -> int:
    """Return how many rows there are."""
    return session().scalar(sa.select(sa.func.count()).select_from(table)) or 0


def at_once(app: Flask, *acts: Callable[[], object]) -> list[str]:
    """Do all of it at the same time, each in a session of its own; return what was refused."""
    ready, refused = Barrier(len(acts)), list[str]()

    def work(act: Callable[[], object]) -> None:
        with app.app_context():
            ready.wait()
            try:
                act()
            except Conflict as refusal:
                refused.append(f"{refusal.code} {refusal.params.get('label', '')}".strip())

    threads = [Thread(target=work, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session().rollback()
    return refused


def test_a_form_that_comes_four_times_at_once_makes_one_exhibitor(app: Flask) -> None:
    fair_id = make_fair().id
    refused = at_once(app, *[lambda: applications.apply(fair_id, FORM, now=NOW)] * 4)
    assert refused == []
    assert (number(Exhibitor), number(Posting), number(OutboxMail)) == (1, 1, 1)


def test_two_exhibitors_never_get_the_same_stand(app: Flask) -> None:
    fair = make_fair()
    fair_id, stand_id = fair.id, make_stand(fair, label="7").id
    ids = [make_exhibitor(fair).id for _n in range(4)]

    def give(exhibitor_id: int) -> Callable[[], object]:
        return lambda: decisions.give_stand(fair_id, exhibitor_id, stand_id, actor=SYSTEM, now=NOW)

    assert at_once(app, *map(give, ids)) == ["stand_taken 7"] * 3
    holders = sa.select(sa.func.count()).where(Exhibitor.stand_id == stand_id)
    assert session().scalar(holders) == 1


def test_offers_that_come_at_once_stay_within_twelve(app: Flask) -> None:
    exhibitor = make_exhibitor(make_fair())
    exhibitor_id = exhibitor.id
    for _n in range(11):
        make_posting(exhibitor)
    refused = at_once(app, *[lambda: postings.add(exhibitor_id, OFFER, actor=SYSTEM, now=NOW)] * 3)
    assert refused == ["postings_most"] * 2
    assert number(Posting) == 12


def test_the_same_form_corrects_only_what_is_not_confirmed(app: Flask) -> None:
    fair = make_fair()
    one = applications.apply(fair.id, FORM, now=NOW)
    renamed = replace(FORM, organisation=replace(COMPANY, name="Hasetal"), posting=None)
    applications.apply(fair.id, renamed, now=NOW)
    assert (number(Exhibitor), number(Posting)) == (1, 0)
    applications.confirm(one.id, actor=SYSTEM, now=NOW)
    applications.apply(fair.id, FORM, now=NOW)
    assert queries.get_exhibitor(fair.id, one.id).name == "Hasetal"


def test_confirming_twice_makes_one_account_and_one_mail(app: Flask) -> None:
    fair_id = make_fair().id
    one_id = applications.apply(fair_id, FORM, now=NOW).id
    at_once(app, *[lambda: applications.confirm(one_id, actor=SYSTEM, now=NOW)] * 3)
    grants = session().scalars(sa.select(RoleGrant)).all()
    assert [(grant.role, grant.fair_id) for grant in grants] == [(Role.EXHIBITOR, fair_id)]
    assert number(OutboxMail) == 2


def test_a_new_address_takes_the_access_of_the_old_one(app: Flask) -> None:
    fair = make_fair()
    one = applications.apply(fair.id, FORM, now=NOW)
    applications.confirm(one.id, actor=SYSTEM, now=NOW)
    before = queries.get_exhibitor(fair.id, one.id).user_id
    moved = replace(COMPANY, contact_email="neu@hasetal.example")
    applications.correct(one.id, moved, actor=SYSTEM, now=NOW)
    after = queries.get_exhibitor(fair.id, one.id)
    grants = session().scalars(sa.select(RoleGrant.user_id)).all()
    assert after.user_id != before
    assert grants == [after.user_id]
    assert after.link_version == 2


def test_one_contact_of_two_exhibitors_keeps_the_access(app: Flask) -> None:
    fair = make_fair()
    ids = []
    for key in ("a" * 32, "b" * 32):
        one = applications.apply(fair.id, replace(FORM, submission_key=key), now=NOW)
        applications.confirm(one.id, actor=SYSTEM, now=NOW)
        ids.append(one.id)
    moved = replace(COMPANY, contact_email="neu@hasetal.example")
    applications.correct(ids[0], moved, actor=SYSTEM, now=NOW)
    assert len(session().scalars(sa.select(RoleGrant.user_id)).all()) == 2


def test_declining_and_withdrawing_free_the_stand(app: Flask) -> None:
    fair = make_fair()
    stand = make_stand(fair)
    first = make_exhibitor(fair, stand_id=stand.id)
    decisions.decline(fair.id, first.id, actor=SYSTEM, now=NOW)
    second = make_exhibitor(fair)
    decisions.give_stand(fair.id, second.id, stand.id, actor=SYSTEM, now=NOW)
    applications.withdraw(second.id, actor=SYSTEM, now=NOW)
    applications.withdraw(second.id, actor=SYSTEM, now=NOW)
    assert [row.exhibitor_id for row in queries.list_stands(fair.id)] == [None]
    assert number(OutboxMail) == 2
    with pytest.raises(Conflict, match="decision_late"):
        decisions.decline(fair.id, second.id, actor=SYSTEM, now=NOW)


def test_nobody_withdraws_after_the_fair(app: Flask) -> None:
    exhibitor = make_exhibitor(make_fair(phase=Phase.OVER))
    with pytest.raises(Conflict, match="own_page_closed"):
        applications.withdraw(exhibitor.id, actor=SYSTEM, now=NOW)


def test_only_the_approved_get_a_stand_and_only_of_their_fair(app: Flask) -> None:
    fair = make_fair()
    waiting = make_exhibitor(fair, state=ExhibitorState.CONFIRMED)
    stand, foreign = make_stand(fair), make_stand(make_fair())
    with pytest.raises(Conflict, match="stand_needs_approval"):
        decisions.give_stand(fair.id, waiting.id, stand.id, actor=SYSTEM, now=NOW)
    decisions.approve(fair.id, waiting.id, actor=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        decisions.give_stand(fair.id, waiting.id, foreign.id, actor=SYSTEM, now=NOW)


def test_stands_follow_each_other_by_room_and_number(app: Flask) -> None:
    fair = make_fair()
    hall, attic = make_room(fair, position=1), make_room(fair, position=2)
    stands.add_stands(fair.id, attic.id, ["B1"], actor=SYSTEM, now=NOW)
    stands.add_stands(fair.id, hall.id, ["A10", "A2"], actor=SYSTEM, now=NOW)
    assert [row.label for row in queries.list_stands(fair.id)] == ["A2", "A10", "B1"]
    with pytest.raises(Conflict, match="stand_exists"):
        stands.add_stands(fair.id, hall.id, ["A3", "A2"], actor=SYSTEM, now=NOW)
    with pytest.raises(Invalid, match="stands_none"):
        stands.add_stands(fair.id, hall.id, [], actor=SYSTEM, now=NOW)
    first = queries.list_stands(fair.id)[0]
    with pytest.raises(Conflict, match="stand_exists"):
        stands.change_stand(fair.id, first.id, "B1", hall.id, actor=SYSTEM, now=NOW)
    stands.change_stand(fair.id, first.id, "A11", hall.id, actor=SYSTEM, now=NOW)
    assert [row.label for row in queries.list_stands(fair.id)] == ["A10", "A11", "B1"]


def test_a_stand_in_use_is_not_removed(app: Flask) -> None:
    fair = make_fair()
    stand = make_stand(fair)
    holder = make_exhibitor(fair, stand_id=stand.id)
    with pytest.raises(Conflict, match="stand_in_use"):
        stands.remove_stand(fair.id, stand.id, actor=SYSTEM, now=NOW)
    decisions.take_stand(fair.id, holder.id, actor=SYSTEM, now=NOW)
    stands.remove_stand(fair.id, stand.id, actor=SYSTEM, now=NOW)
    assert number(Stand) == 0


def test_a_copied_fair_has_the_stands_in_its_own_rooms(app: Flask) -> None:
    earlier, later = make_fair(), make_fair()
    room = make_room(earlier, name="Saal")
    own = make_room(later, name="Saal")
    make_stand(earlier, label="1", room_id=room.id)
    make_exhibitor(earlier, stand_id=make_stand(earlier, label="2").id)
    with transaction():
        publish(FairCopied(earlier.id, later.id))
    copied = [(row.label, row.room_id, row.exhibitor_id) for row in queries.list_stands(later.id)]
    assert copied == [("1", own.id, None), ("2", None, None)]


def test_counts_and_list_are_of_the_fair(app: Flask) -> None:
    fair = make_fair()
    make_posting(make_exhibitor(fair, name="ohne Stand"))
    make_posting(make_exhibitor(fair, name="mit Stand", stand_id=make_stand(fair).id))
    make_posting(make_exhibitor(fair, state=ExhibitorState.APPLIED))
    make_exhibitor(fair, state=ExhibitorState.CONFIRMED)
    make_exhibitor(fair, state=ExhibitorState.DECLINED)
    make_exhibitor(make_fair())
    assert queries.counts(fair.id) == queries.ExhibitorCounts(1, 1, 2, 1, 1, 2)
    assert [one.name for one in queries.list_shown(fair.id)] == ["mit Stand", "ohne Stand"]


def test_lists_ask_the_database_as_often_for_many_as_for_few(app: Flask) -> None:
    few, many = make_fair(), make_fair()
    for fair, size in ((few, 1), (many, 6)):
        for _n in range(size):
            one = make_exhibitor(fair, stand_id=make_stand(fair).id)
            make_posting(one)
    few_id, many_id = few.id, many.id
    for read in (queries.list_shown, queries.list_stands, queries.twins):
        assert _statements(read, few_id) == _statements(read, many_id)


def _statements(read: Callable[[int], object], fair_id: int) -> int:
    """Return how many statements a read takes."""
    seen: list[str] = []

    def note(*given: object) -> None:
        seen.append(str(given[2]))

    session().rollback()
    engine = session().get_bind()
    sa.event.listen(engine, "before_cursor_execute", note)
    read(fair_id)
    sa.event.remove(engine, "before_cursor_execute", note)
    return len(seen)
