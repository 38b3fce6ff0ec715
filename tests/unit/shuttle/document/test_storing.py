"""A plan is stored and read again as it was; what isn't one is refused with its place."""

import json
from typing import Any

import pytest
from hypothesis import given

from jobfair.shuttle.document import Document, read_document, write_document
from jobfair.shuttle.files import FileFault
from tests.unit.shuttle.document.plans import documents, plan


@given(documents)
def test_a_plan_is_read_as_it_was_stored(document: Document) -> None:
    stored = json.loads(json.dumps(write_document(document)))
    assert read_document(stored) == document


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("waves", 0, "at"), "tomorrow", "waves[0].at"),
        (("waves", 0, "at"), "2026-11-28T09:00:00", "waves[0].at"),
        (("waves", 0, "direction"), "up", "waves[0].direction"),
        (("waves", 0, "trips", 1, "line"), 0, "waves[0].trips[1].line"),
        (("waves", 0, "trips", 0, "calls", 0, "groups"), [[-1, 0]], "calls[0].groups[0][0]"),
        (("stops", 0, "lat"), 91, "stops[0].lat"),
        (("policy", "km_cents"), 0, "policy.km_cents"),
        (("buses", 0, "count"), True, "buses[0].count"),
    ],
)
def test_what_is_no_plan_is_refused_with_its_place(
    path: tuple[str | int, ...], value: object, place: str
) -> None:
    stored: Any = json.loads(json.dumps(write_document(plan())))
    row = stored
    for step in path[:-1]:
        row = row[step]
    row[path[-1]] = value
    with pytest.raises(FileFault) as refusal:
        read_document(stored)
    assert refusal.value.place.endswith(place)
