"""Refusals that count: one is said otherwise than many."""

import pytest
from flask import Flask
from flask_babel import force_locale

from jobfair.core.errors import Conflict
from jobfair.web.problems import message_of


@pytest.mark.parametrize(
    ("code", "counted", "one", "many"),
    [
        ("fair_full", "left", "1 is still free", "2 are still free"),
        ("capacity_below_taken", "taken", "1 place is taken", "2 places are taken"),
        ("window_below_taken", "taken", "1 place of this", "2 places of this"),
        ("window_time_told", "taken", "1 person has been told", "2 people have been told"),
        ("move_untold", "taken", "1 person is registered", "2 people are registered"),
        ("draft_with_people", "taken", "1 person is registered", "2 people are registered"),
    ],
)
def test_one_is_said_otherwise_than_many(
    app: Flask, code: str, counted: str, one: str, many: str
) -> None:
    with app.test_request_context(), force_locale("en"):
        for number, words in ((1, one), (2, many)):
            assert words in message_of(Conflict(code, **{counted: number}))
