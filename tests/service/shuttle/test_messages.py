"""Words about the shuttle that count: one is said otherwise than many."""

import pytest
from flask import Flask
from flask_babel import force_locale

from jobfair.core.errors import Conflict
from jobfair.shuttle.admin.plan_words import violation_words
from jobfair.shuttle.document import Document, Rule, Violation
from jobfair.shuttle.fleet import SettingsInput
from jobfair.shuttle.planning.checker import Fault
from jobfair.web.problems import message_of

EMPTY = Document((52.0, 8.0), (), (), (), SettingsInput())


def test_one_who_would_lose_a_seat_is_said_otherwise_than_many(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        one = message_of(Conflict("riders_affected", people=1, waiting=0))
        many = message_of(Conflict("riders_affected", people=3, waiting=2))
    assert "1 person would lose the seat on the bus, and is told. 0 of them" in one
    assert "3 people would lose the seats that they have, and are told. 2 of them" in many
    assert one.endswith("If you want that, please confirm it below.")


@pytest.mark.parametrize(
    ("code", "one", "many"),
    [
        (Fault.SEATS, "1 person needs a seat", "2 people need seats"),
        (Fault.WHEELCHAIRS, "1 person in a wheelchair", "2 people in wheelchairs"),
        (Fault.FLEET, "1 bus “Bus”", "2 buses “Bus”"),
        (Fault.DEMAND, "1 person is planned", "2 people are planned"),
        (Rule.LATE, "1 minute too late", "2 minutes too late"),
        (Rule.EARLY, "1 minute too early", "2 minutes too early"),
        (Rule.TIGHT, "1 minute between", "2 minutes between"),
        (Rule.VEHICLES, "1 bus “Bus”", "2 buses “Bus”"),
    ],
)
def test_one_that_breaks_a_rule_is_said_otherwise_than_many(
    app: Flask, code: Fault | Rule, one: str, many: str
) -> None:
    with app.test_request_context(), force_locale("en"):
        for number, words in ((1, one), (2, many)):
            broken = Violation(code.value, line=3, bus="Bus", found=number)
            assert words in violation_words(broken, EMPTY)
