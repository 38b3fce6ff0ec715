"""Lists become households once; what can't be registered stays a draft, and is forgotten."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.attendees.models import Attendee, Household, Need
from jobfair.attendees.rules import NeedKind
from jobfair.core.actor import SYSTEM, Actor, ActorKind, Role
from jobfair.core.clock import frozen
from jobfair.core.db import db, session, transaction
from jobfair.core.errors import Conflict, Invalid, NotFound
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import Phase
from jobfair.partners.blueprint import Workplace
from jobfair.partners.import_queries import ListCounts, counts_of, judged_households, list_imports
from jobfair.partners.import_rules import DRAFTS_KEPT, Reading
from jobfair.partners.lists import Column, read_csv
from jobfair.partners.models import ImportList, ImportRow
from jobfair.partners.service import imports
from jobfair.partners.service.imports import Typed
from jobfair.privacy import operations as privacy
from jobfair.privacy.registry import Subject
from jobfair.privacy.service import run_retention
from jobfair.shuttle.models import RideRequest
from jobfair.shuttle.rules import Direction, Ways
from tests.factories import (
    FAIR_STARTS,
    NOW,
    actor_of,
    make_departure,
    make_fair,
    make_household,
    make_import,
    make_import_row,
    make_member,
    make_partner,
    make_stop,
    make_user,
)

LIST = """Familie;Vorname;Nachname;Kind;Wohnort;Sprache;Telefon;Bus;Rollstuhl;Aktenzeichen
1;Amal;Haddad;;Bramsche;Arabisch;0151 2345678;ja;ja;A-17
1;Lina;Haddad;ja;;;;;;A-17
2;Olena;Koval;;Melle;Ukrainisch;;nein;;B-4
3;Max;;;Nirgends;Deutsch;;;;C-1
3;Mia;;ja;;;;;;C-1
"""


def place(fair: Fair) -> Workplace:
    member = make_member(make_partner(fair))
    actor = Actor(ActorKind.USER, member.user_id)
    return Workplace(fair, member.partner_id, actor)


def add(at: Workplace, text: str = LIST) -> int:
    return imports.add_list(at, "liste.csv", read_csv(text.encode()), now=NOW)


def save(at: Workplace, list_id: int) -> None:
    imports.save_good(at, list_id, page_lang="de", now=NOW)


def mend(at: Workplace, list_id: int, rows: dict[int, dict[str, str]], **given: bool) -> object:
    typed = {
        number: Typed({Column(name): text for name, text in cells.items()}, **given)
        for number, cells in rows.items()
    }
    return imports.mend(at, list_id, typed, page_lang="de", now=NOW)


def count(table: type[object]) -> int:
    return session().scalar(sa.select(sa.func.count()).select_from(table)) or 0


def drafts(list_id: int) -> list[ImportRow]:
    query = sa.select(ImportRow).where(
        ImportRow.list_id == list_id, ImportRow.household_id.is_(None)
    )
    return list(session().scalars(query.order_by(ImportRow.number)))


def test_good_households_are_registered_whole_and_others_stay_drafts(app: Flask) -> None:
    fair = make_fair()
    stop = make_stop()
    make_departure(fair, [stop])
    home = FAIR_STARTS + timedelta(hours=6)
    make_departure(fair, [stop], direction=Direction.BACK, fair_at=home, wave=1)
    at = place(fair)
    list_id = add(at)
    assert counts_of(list_id) == ListCounts(0, 0, 5)
    save(at, list_id)
    assert counts_of(list_id) == ListCounts(registered=3, waiting=0, drafts=2)
    households = list(session().scalars(sa.select(Household).order_by(Household.id)))
    assert [(one.lang, one.municipality, one.phone) for one in households] == [
        ("ar", "03459014", "0151 2345678"),
        ("uk", "03459024", ""),
    ]
    assert {one.partner_id for one in households} == {at.partner_id}
    assert {one.registered_by for one in households} == {at.actor.id}
    ride = session().scalars(sa.select(RideRequest)).one()
    assert (ride.household_id, ride.ways, ride.back_wave) == (households[0].id, Ways.BOTH, 1)
    assert session().scalars(sa.select(Need.kind)).all() == [NeedKind.WHEELCHAIR]


def test_nothing_is_kept_of_columns_left_out_and_of_people_saved(app: Flask) -> None:
    at = place(make_fair())
    list_id = add(at)
    save(at, list_id)
    kept = [row.data for row in session().scalars(sa.select(ImportRow).order_by(ImportRow.number))]
    assert kept[:3] == [{}, {}, {}]
    assert kept[3] == {"household": "3", "given": "Max", "place": "Nirgends", "language": "Deutsch"}
    assert "Aktenzeichen" not in str(session().get_one(ImportList, list_id).reading)


def test_saving_again_makes_nobody_twice(app: Flask) -> None:
    at = place(make_fair())
    list_id = add(at)
    save(at, list_id)
    save(at, list_id)
    assert count(Attendee) == 3


def test_two_who_save_at_once_make_nobody_twice(app: Flask) -> None:
    at = place(make_fair())
    list_id = add(at)
    fair_id = at.fair.id
    refused: list[Exception] = []

    def work() -> None:
        with app.app_context(), frozen(NOW):
            try:
                fair = session().get_one(Fair, fair_id)
                save(Workplace(fair, at.partner_id, at.actor), list_id)
            except Exception as error:
                refused.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session().rollback()
    assert refused == []
    assert counts_of(list_id) == ListCounts(3, 0, 2)
    assert count(Household) == 2


def test_a_list_that_is_dropped_while_it_is_saved_is_gone_or_saved(app: Flask) -> None:
    at = place(make_fair())
    list_id, fair_id = add(at), at.fair.id
    faults: list[Exception] = []

    def work(act: Callable[[Workplace], None]) -> None:
        with app.app_context(), frozen(NOW):
            try:
                act(Workplace(session().get_one(Fair, fair_id), at.partner_id, at.actor))
            except NotFound:
                pass
            except Exception as error:
                faults.append(error)
            finally:
                db.session.remove()

    acts = [
        lambda mine: save(mine, list_id),
        lambda mine: imports.drop_rows(mine, list_id, [2, 3, 4], now=NOW),
        lambda mine: save(mine, list_id),
        lambda mine: imports.drop_list(mine, list_id, now=NOW),
    ]
    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(work, acts))
    session().rollback()
    assert faults == []
    assert count(ImportList) == 0


def test_what_was_done_before_a_crash_is_found_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = place(make_fair())
    list_id = add(at)
    with monkeypatch.context() as patch:
        patch.setattr(imports, "_mark", lambda *_given: None)
        save(at, list_id)
    assert (count(Household), counts_of(list_id).drafts) == (2, 5)
    save(at, list_id)
    assert (count(Household), counts_of(list_id).drafts) == (2, 2)


def test_those_without_a_place_wait_and_are_counted(app: Flask) -> None:
    at = place(make_fair(capacity=2))
    list_id = add(at)
    save(at, list_id)
    assert counts_of(list_id) == ListCounts(registered=2, waiting=1, drafts=2)


def test_a_fair_that_takes_nobody_keeps_the_list(app: Flask) -> None:
    at = place(make_fair(phase=Phase.DRAFT))
    list_id = add(at)
    with pytest.raises(Conflict):
        save(at, list_id)
    assert counts_of(list_id) == ListCounts(drafts=5)


def test_a_household_that_is_refused_holds_up_no_other(app: Flask) -> None:
    at = place(make_fair(capacity=1))
    list_id = add(at)
    with pytest.raises(Invalid, match="household_never_fits"):
        save(at, list_id)
    assert counts_of(list_id) == ListCounts(registered=1, drafts=4)


def test_a_mended_row_registers_its_family(app: Flask) -> None:
    at = place(make_fair())
    list_id = add(at)
    save(at, list_id)
    still = mend(at, list_id, {5: {"household": "3", "given": "Max", "place": "Ankumm"}})
    assert still is not None
    assert drafts(list_id)[0].data == {"household": "3", "given": "Max", "place": "Ankumm"}
    said = {"household": "3", "given": "Max", "place": "Ankum", "language": "Deutsch"}
    assert mend(at, list_id, {5: said}) is None
    assert counts_of(list_id) == ListCounts(registered=5)
    names = session().scalars(sa.select(Attendee.given_name).order_by(Attendee.id)).all()
    assert names[-2:] == ["Max", "Mia"]


def test_a_draft_that_is_gone_is_said_so(app: Flask) -> None:
    at = place(make_fair())
    list_id = add(at)
    save(at, list_id)
    with pytest.raises(Conflict, match="list_rows_gone"):
        mend(at, list_id, {2: {"given": "Amal"}})


def test_people_registered_before_are_asked_about(app: Flask) -> None:
    at = place(make_fair())
    save(at, add(at))
    again = "Vorname;Nachname;Wohnort;Sprache\nOlenna;Kowal;Melle;uk\n"
    list_id = add(at, again)
    save(at, list_id)
    assert (counts_of(list_id).drafts, count(Attendee)) == (1, 3)
    (found,) = judged_households(at.fair, session().get_one(ImportList, list_id), NOW)
    assert [fault.code for fault in found.rows[0].faults] == ["registered"]
    said = {"given": "Olenna", "family": "Kowal", "place": "Melle", "language": "uk"}
    assert mend(at, list_id, {2: said}, anyway=True) is None
    assert count(Attendee) == 4
    other = place(at.fair)
    save(other, other_list := add(other, again))
    assert counts_of(other_list) == ListCounts(registered=1)


def test_lists_are_their_partners_own(app: Flask) -> None:
    fair = make_fair()
    ours, theirs = place(fair), place(fair)
    desk = Workplace(fair, None, actor_of(make_user(Role.ORGANISER), Role.ORGANISER))
    list_id = add(ours)
    for at in (theirs, desk, place(make_fair())):
        assert list_imports(at.fair.id, at.partner_id) == []
        with pytest.raises(NotFound):
            save(at, list_id)
        with pytest.raises(NotFound):
            mend(at, list_id, {2: {"given": "X"}})
        with pytest.raises(NotFound):
            imports.drop_rows(at, list_id, [2], now=NOW)
        with pytest.raises(NotFound):
            imports.drop_list(at, list_id, now=NOW)
        with pytest.raises(NotFound):
            imports.read_as(at, list_id, Reading(), first_is_heading=False, now=NOW)
    assert [one.id for one, _counts in list_imports(fair.id, ours.partner_id)] == [list_id]
    assert counts_of(list_id) == ListCounts(drafts=5)


def test_columns_are_read_as_said_until_something_is_saved(app: Flask) -> None:
    at = place(make_fair())
    list_id = add(at, "الاسم;اللقب\nأمل;حداد\n")
    reading = Reading(columns=["given", "family"], place="03459014", lang="ar")
    imports.read_as(at, list_id, reading, first_is_heading=True, now=NOW)
    save(at, list_id)
    person = session().scalars(sa.select(Attendee)).one()
    assert (person.latin_name, person.own_name) == ("Amal Haddad", "أمل حداد")
    with pytest.raises(Conflict, match="list_begun"):
        imports.read_as(at, list_id, reading, first_is_heading=False, now=NOW)


def test_dropping_forgets_drafts_and_nobody_registered(app: Flask) -> None:
    at = place(make_fair())
    list_id = add(at)
    save(at, list_id)
    imports.drop_rows(at, list_id, [2, 5], now=NOW)
    assert counts_of(list_id) == ListCounts(registered=3, drafts=1)
    imports.drop_list(at, list_id, now=NOW)
    assert (count(ImportRow), count(ImportList), count(Attendee)) == (0, 0, 3)


def test_a_list_in_the_place_of_a_deleted_one_registers_its_own_people(app: Flask) -> None:
    fair = make_fair()
    first, second = place(fair), place(fair)
    dropped = add(first)
    save(first, dropped)
    imports.drop_list(first, dropped, now=NOW)
    with frozen(NOW + timedelta(minutes=1)) as later:
        rows = "Vorname;Wohnort;Sprache\nBerta;Melle;Deutsch\n"
        added = imports.add_list(second, "liste.csv", read_csv(rows.encode()), now=later)
        save(second, added)
    households = list(session().scalars(sa.select(Household).order_by(Household.id)))
    assert [one.partner_id for one in households] == [first.partner_id] * 2 + [second.partner_id]
    assert session().scalars(sa.select(ImportRow.household_id)).all() == [households[-1].id]


def test_lists_are_forgotten_after_a_month(app: Flask) -> None:
    at = place(make_fair())
    add(at)
    with frozen(NOW + DRAFTS_KEPT - timedelta(hours=1)):
        run_retention()
    assert count(ImportRow) == 5
    with frozen(NOW + DRAFTS_KEPT + timedelta(hours=1)):
        run_retention()
    assert (count(ImportRow), count(ImportList)) == (0, 0)


def test_a_household_is_forgotten_in_its_rows(app: Flask) -> None:
    household = make_household(make_fair())
    imported = make_import(session().get_one(Fair, household.fair_id), make_user())
    row = make_import_row(imported, household_id=household.id, data={"given": "Amal"})
    with transaction():
        privacy.erase(Subject.HOUSEHOLD, household.id, SYSTEM, now=NOW)
    assert session().get_one(ImportRow, row.id).data == {}
