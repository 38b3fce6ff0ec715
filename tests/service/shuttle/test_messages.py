"""The refusal that says how many people would lose their seats."""

from flask import Flask
from flask_babel import force_locale

from jobfair.core.errors import Conflict
from jobfair.web.problems import message_of


def test_one_who_would_lose_a_seat_is_said_otherwise_than_many(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        one = message_of(Conflict("riders_affected", people=1, waiting=0))
        many = message_of(Conflict("riders_affected", people=3, waiting=2))
    assert "1 person would lose the seat on the bus, and is told. 0 of them" in one
    assert "3 people would lose the seats that they have, and are told. 2 of them" in many
    assert one.endswith("If you want that, please confirm it below.")
