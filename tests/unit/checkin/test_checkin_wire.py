"""What devices send: each scan is judged by itself."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.checkin.rules import OUTSIDE, SCANS_MOST, Direction, Outcome, Presence
from jobfair.checkin.wire import (
    Answer,
    Holder,
    Refused,
    ScanInput,
    parse_scans,
    show_result,
)
from jobfair.core.errors import Invalid

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
ID = "6f3fb4b0-5d1e-4f57-9a3e-3f9c2e6a1b77"
GOOD = {
    "id": ID,
    "badge": "7k3m 9qx2-v4tp",
    "station": " Eingang  1 ",
    "direction": "in",
    "scanned_at": "2026-11-28T10:00:00+01:00",
    "override": None,
}


def parse(**changes: Any) -> ScanInput | Refused:
    (one,) = parse_scans({"scans": [{**GOOD, **changes}]}, NOW)
    return one


def test_a_scan_is_read_and_its_code_normalised() -> None:
    scan = parse()
    assert isinstance(scan, ScanInput)
    assert scan.id == UUID(ID)
    assert (scan.badge, scan.station) == ("7K3M9QX2V4TP", "Eingang 1")
    assert scan.direction is Direction.IN
    assert scan.scanned_at == scan.device_at == NOW


def test_the_clock_of_the_device_is_corrected() -> None:
    sent = {
        "now": "2026-11-28T08:00:00Z",
        "scans": [{**GOOD, "scanned_at": "2026-11-28T07:59:00Z"}],
    }
    (scan,) = parse_scans(sent, NOW)
    assert isinstance(scan, ScanInput)
    assert scan.scanned_at == NOW - timedelta(minutes=1)


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("id", 7, "bad_id"),
        ("id", "no-uuid", "bad_id"),
        ("badge", None, "bad_badge"),
        ("badge", "x" * 301, "bad_badge"),
        ("station", "\u200b", "bad_station"),
        ("direction", "up", "bad_direction"),
        ("scanned_at", "2026-11-28T10:00:00", "bad_scanned_at"),
        ("scanned_at", "0001-01-01T00:00:00+14:00", "bad_scanned_at"),
        ("override", "yes", "bad_override"),
        ("override", {"reason": ""}, "bad_reason"),
    ],
)
def test_a_fault_is_named_and_stays_with_its_scan(field: str, value: Any, error: str) -> None:
    bad, good = parse_scans({"scans": [{**GOOD, field: value}, GOOD]}, NOW)
    assert isinstance(bad, Refused)
    assert bad.error == error
    assert isinstance(good, ScanInput)


@pytest.mark.parametrize(
    "body",
    [None, [], {}, {"scans": {}}, {"scans": [GOOD] * (SCANS_MOST + 1)}, {"now": 1, "scans": []}],
)
def test_what_is_no_list_of_scans_is_refused_as_a_whole(body: Any) -> None:
    with pytest.raises(Invalid):
        parse_scans(body, NOW)


def test_what_is_no_code_can_not_be_mistaken_for_one() -> None:
    scan = parse(badge="https://example.org/some/other/code")
    assert isinstance(scan, ScanInput)
    assert len(scan.badge) < 12


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(list(GOOD.values())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GOOD]), inner),
    max_leaves=8,
)


@given(st.lists(anything, max_size=4))
def test_nothing_that_is_sent_breaks_the_door(scans: list[Any]) -> None:
    parsed = parse_scans({"scans": scans}, NOW)
    assert len(parsed) == len(scans)
    for one in parsed:
        assert isinstance(one, ScanInput | Refused)


def test_an_answer_greets_only_who_comes_in() -> None:
    amal = Holder("Amal H.", "أمل ح.", "ar", ("Yusuf",))
    came = show_result(Answer(UUID(ID), Outcome.ADMITTED, amal, OUTSIDE))
    again = show_result(Answer(UUID(ID), Outcome.ALREADY_INSIDE, amal, Presence(NOW, "North")))
    assert came["greeting"] == "أهلًا وسهلًا"
    assert (again["greeting"], again["since"]) == (
        "",
        {"at": "2026-11-28T09:00:00Z", "station": "North"},
    )
    assert json.loads(json.dumps(came))["outcome"] == "admitted"


def test_a_refused_scan_has_an_error_and_no_outcome() -> None:
    shown = show_result(Refused(ID, "id_reused"))
    assert (shown["id"], shown["outcome"], shown["error"]) == (ID, None, "id_reused")
