"""Places of a fair: the last ones go to whoever is first, and never twice."""

import threading

import pytest
from flask import Flask

from jobfair.core.db import db, session, transaction
from jobfair.core.errors import Conflict, NotFound
from jobfair.fairs.models import Fair
from jobfair.fairs.operations import free_places, take_places
from tests.factories import make_fair


def taken(fair: Fair) -> int:
    session().rollback()
    return session().get_one(Fair, fair.id, populate_existing=True).places_taken


def test_places_are_taken_and_freed(app: Flask) -> None:
    fair = make_fair(capacity=10)
    with transaction():
        take_places(fair.id, 7)
        free_places(fair.id, 2)
    assert taken(fair) == 5


def test_a_household_that_does_not_fit_hears_how_many_do(app: Flask) -> None:
    fair = make_fair(capacity=10, places_taken=8)
    with pytest.raises(Conflict) as refused, transaction():
        take_places(fair.id, 3)
    assert (refused.value.code, refused.value.params) == ("fair_full", {"left": 2})
    assert taken(fair) == 8


def test_places_of_no_fair_can_not_be_taken(app: Flask) -> None:
    with pytest.raises(NotFound), transaction():
        take_places(1, 1)


def test_taking_needs_a_transaction(app: Flask) -> None:
    with pytest.raises(RuntimeError):
        take_places(make_fair().id, 1)


def test_the_last_places_go_to_the_first_of_many(app: Flask) -> None:
    fair = make_fair(capacity=10)
    refusals: list[str] = []

    def register() -> None:
        with app.app_context():
            try:
                with transaction():
                    take_places(fair.id, 3)
            except Conflict as error:
                refusals.append(error.code)
            db.session.remove()

    threads = [threading.Thread(target=register) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken(fair) == 9
    assert refusals == ["fair_full"] * 5
