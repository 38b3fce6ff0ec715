"""The one transaction: all or nothing, read anew, and never twice at the same time."""

from datetime import datetime
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from jobfair.core.db import (
    after_commit,
    assert_writing,
    conflict_of,
    conflicts,
    forbid_writing,
    session,
    transaction,
)
from jobfair.core.errors import Conflict
from jobfair.fairs.models import Fair, Room
from tests.factories import NOW, make_fair, make_room


def test_every_test_begins_empty(app: Flask) -> None:
    assert make_fair().id == 1


def test_every_test_begins_empty_again(app: Flask) -> None:
    assert make_fair().id == 1


def test_all_or_nothing(app: Flask) -> None:
    fair = make_fair()

    def change_of_mind() -> None:
        with transaction() as current:
            current.get_one(Fair, fair.id).places_taken = 7
            current.flush()
            raise LookupError

    with pytest.raises(LookupError):
        change_of_mind()
    assert session().get_one(Fair, fair.id).places_taken == 0


def test_transactions_do_not_nest(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="nest"), transaction(), transaction():
        pass


def test_an_operation_needs_a_transaction(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="caller's transaction"):
        assert_writing()
    with transaction() as current:
        assert assert_writing() is current


def test_what_is_decided_on_is_read_anew(app: Flask) -> None:
    """Both after reading and right after an earlier transaction."""
    fair = make_fair()
    for places in (1, 2):
        if places == 1:
            assert session().get_one(Fair, fair.id).places_taken == 0
        thread = Thread(target=_take, args=(app, fair.id))
        thread.start()
        thread.join()
        with transaction() as current:
            assert current.get_one(Fair, fair.id).places_taken == places


def _take(app: Flask, fair_id: int) -> None:
    with app.app_context(), transaction() as current:
        current.get_one(Fair, fair_id, with_for_update=True).places_taken += 1


def test_counters_survive_many_writers(app: Flask) -> None:
    fair, together = make_fair(), Barrier(4)

    def work() -> None:
        together.wait()
        for _time in range(10):
            _take(app, fair.id)

    threads = [Thread(target=work) for _writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session().rollback()
    session().expire_all()
    assert session().get_one(Fair, fair.id).places_taken == 40


def test_a_request_that_must_not_write_writes_nothing(app: Flask) -> None:
    forbid_writing("csrf")
    with pytest.raises(Conflict) as refusal, transaction():
        pass
    assert refusal.value.code == "csrf"


def test_callbacks_run_once_after_the_commit(app: Flask) -> None:
    told: list[str] = []
    with transaction():
        for _time in range(2):
            after_commit("a", lambda: told.append("a"))
        after_commit("b", lambda: told.append("b"))
        assert told == []
    assert told == ["a", "b"]
    with transaction():
        pass
    assert told == ["a", "b"]


def test_a_named_constraint_becomes_a_conflict(app: Flask) -> None:
    fair = make_fair()
    make_room(fair, name="Saal")

    def add(name: str) -> None:
        with transaction() as current, conflicts(uq_room_fair_id_name="room_taken"):
            current.add(Room(fair_id=fair.id, name=name))

    with pytest.raises(Conflict) as refusal:
        add("Saal")
    assert refusal.value.code == "room_taken"
    add("Foyer")
    assert session().scalar(sa.select(sa.func.count()).select_from(Room)) == 2


def test_another_constraint_stays_a_fault(app: Flask) -> None:
    def break_check() -> None:
        with transaction() as current, conflicts(uq_room_fair_id_name="room_taken"):
            current.add(Room(fair_id=4711, name="Saal"))

    with pytest.raises(IntegrityError) as fault:
        break_check()
    assert conflict_of(fault.value, {"uq_room_fair_id_name": "room_taken"}) is fault.value


def test_instants_are_utc_and_never_naive(app: Flask) -> None:
    fair = make_fair(starts_at=NOW)
    session().expire_all()
    assert session().get_one(Fair, fair.id).starts_at == NOW
    with pytest.raises(sa.exc.StatementError, match="naive"):
        make_fair(created_at=datetime(2026, 11, 10, 9))  # noqa: DTZ001  # the mistake is the point
