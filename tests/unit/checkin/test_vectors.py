"""The rules of the door on the vectors that its devices run too."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from config import ROOT
from jobfair.checkin.room import Listed, room_left
from jobfair.checkin.rules import (
    BadgeState,
    Direction,
    Move,
    Outcome,
    Override,
    Presence,
    Right,
    decide,
    decide_boarding,
    override_of,
    passes,
    presence,
    repeats,
    second_admissions,
)

Case = dict[str, Any]
VECTORS: dict[str, list[Case]] = json.loads((ROOT / "tests" / "vectors" / "door.json").read_text())


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _before(case: Case) -> Presence:
    return Presence(_at("2026-12-10T13:05:00Z"), "Eingang") if case["inside"] else Presence()


def _moves(case: Case) -> list[Move]:
    return [
        Move(
            _at(one["at"]),
            Direction(one["direction"]),
            one["station"],
            one["again"],
            scan_id=one["id"],
        )
        for one in case["moves"]
    ]


def _decide(case: Case) -> object:
    return decide(
        BadgeState(case["state"]),
        _before(case),
        Direction(case["direction"]),
        override=Override(case["override"]),
        room_left=case["room_left"],
    )


def _decide_boarding(case: Case) -> object:
    state, direction = BadgeState(case["state"]), Direction(case["direction"])
    return decide_boarding(
        state,
        _before(case),
        direction,
        seated=case["seated"],
        override=Override(case["override"]),
        room_left=case["room_left"],
    )


def _room_left(case: Case) -> object:
    listed = [Listed(**one) for one in case["listed"]]
    return room_left(case["seats"], listed, closed=case["closed"])


def _passes(case: Case) -> object:
    direction, outcome = Direction(case["direction"]), Outcome(case["outcome"])
    return passes(direction, outcome, known=case["known"], let_in=case["let_in"])


def _repeats(case: Case) -> object:
    last = case["last_at"]
    return repeats(None if last is None else _at(last), _at(case["at"]))


def _presence(case: Case) -> object:
    now = presence(_moves(case))
    if now.since is None:
        return None
    return {"since": now.since.isoformat().replace("+00:00", "Z"), "station": now.station}


def _seconds(case: Case) -> object:
    return {second: first.scan_id for second, first in second_admissions(_moves(case)).items()}


def _override_of(case: Case) -> object:
    rights = [Right(right) for right in case["rights"]]
    return override_of(case["reason"], BadgeState(case["state"]), rights)


RULES: dict[str, Callable[[Case], object]] = {
    "decide": _decide,
    "decide_boarding": _decide_boarding,
    "room_left": _room_left,
    "passes": _passes,
    "repeats": _repeats,
    "presence": _presence,
    "second_admissions": _seconds,
    "override_of": _override_of,
}


def test_every_kind_of_vector_has_a_rule() -> None:
    assert set(VECTORS) == set(RULES)
    assert all(len(cases) >= 8 for cases in VECTORS.values())


@pytest.mark.parametrize("kind", sorted(RULES))
def test_the_rule_answers_as_the_vectors_say(kind: str) -> None:
    answers = [(one["case"], RULES[kind](one["case"])) for one in VECTORS[kind]]
    assert answers == [(one["case"], one["answer"]) for one in VECTORS[kind]]
