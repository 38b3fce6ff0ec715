"""Files are read strictly: whatever is wrong is told with its place."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.shuttle.files import FileFault, Node, distinct, parse_object, read_object


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"a": [1, {"b": NaN}]}', "problem: a[1].b: NaN is no number in JSON"),
        (b'{"a": -Infinity}', "problem: a: -Infinity is no number in JSON"),
        (b'{"a\\n": NaN}', "problem: a\\n: NaN is no number in JSON"),
        (b'{"a": {"b": 1, "b": 2}}', "problem: a: the key 'b' stands twice in an object"),
        (b'{"b": 1, "b": 2}', "problem: the key 'b' stands twice in an object"),
        (b'{"a": ' + b"1" * 5000 + b"}", "problem: a: a number has more than 1000 digits"),
        (b'{"a": [1,\n 2', "problem, line 2, column 3: no JSON (Expecting ',' delimiter)"),
        (b'{"a": "\xff"}', "problem: byte 7 is not UTF-8"),
        (b"[1]", "problem: a JSON object is needed"),
        (b"", "problem, line 1, column 1: no JSON (Expecting value)"),
        (b'{"a":' + b"[" * 100_000, "problem: nested too deeply"),
    ],
)
def test_what_is_no_strict_json_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(FileFault) as fault:
        parse_object(content, "problem")
    assert str(fault.value) == said


@given(st.binary(max_size=60))
def test_any_bytes_are_an_object_or_a_fault_of_one_line(content: bytes) -> None:
    said = ""
    try:
        said = type(parse_object(content, "problem").value).__name__
    except FileFault as fault:
        said = str(fault)
    assert said == "dict" or (said.startswith("problem") and said.isprintable())


def test_a_key_given_twice_is_found_at_once_among_many() -> None:
    keys = b", ".join(b'"%d": 0' % number for number in range(200_000))
    with pytest.raises(FileFault, match="the key '199999' stands twice"):
        parse_object(b"{" + keys + b', "199999": 0}', "problem")


def test_a_list_too_long_is_refused_unread() -> None:
    entries = Node({"stops": [None] * 3})["stops"].each(most=2)
    with pytest.raises(FileFault, match=r"^stops: at most 2 are possible$"):
        next(entries)


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.touch()
    os.truncate(path, 100 * 1024**2)
    with pytest.raises(FileFault, match=r"large\.json: larger than 32 MB"):
        read_object(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match=r"none\.json: No such file"):
        read_object(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("value", "read", "said"),
    [
        ("3", Node.whole, "stops[0].x: a whole number is needed"),
        (True, Node.whole, "stops[0].x: a whole number is needed"),
        (2.0, Node.whole, "stops[0].x: a whole number is needed"),
        (-1, Node.whole, "stops[0].x: a whole number from 0 to 1000000000 is needed"),
        ("52.1", Node.number, "stops[0].x: a number is needed"),
        (False, Node.number, "stops[0].x: a number is needed"),
        (-0.5, Node.number, "stops[0].x: a number from 0 to 1e+12 is needed"),
        (1e999, Node.number, "stops[0].x: a number from 0 to 1e+12 is needed"),
        (float("nan"), Node.number, "stops[0].x: a number from 0 to 1e+12 is needed"),
        (10**400, Node.number, "stops[0].x: a number from 0 to 1e+12 is needed"),
        (None, Node.text, "stops[0].x: is missing"),
        (7, Node.text, "stops[0].x: a text is needed"),
        ("", Node.text, "stops[0].x: 1 to 200 printable characters are needed"),
        ("\ud800", Node.text, "stops[0].x: 1 to 200 printable characters are needed"),
    ],
)
def test_a_field_of_another_kind_is_refused(value: object, read, said: str) -> None:
    (stop,) = Node({"stops": [{"x": value}]})["stops"].each()
    with pytest.raises(FileFault) as fault:
        _read(stop, read)
    assert str(fault.value) == said


def _read(stop: Node, read) -> None:
    read(stop["x"])


def test_fields_that_are_right_are_read() -> None:
    root = Node({"stops": [{"id": "S1", "lat": 52, "seats": 3, "name": None}], "kind": "x"})
    (stop,) = root["stops"].each(least=1)
    assert (stop["id"].text(), stop["lat"].number(), stop["seats"].whole()) == ("S1", 52.0, 3)
    assert stop.find("name") is None
    assert root["kind"].one_of("x", "y") == "x"


def test_a_fault_inside_a_file_names_the_file() -> None:
    root = parse_object(b'{"stops": [{"id": 3}]}', "routes.json")
    (stop,) = root["stops"].each()
    with pytest.raises(FileFault) as fault:
        stop["id"].text()
    assert str(fault.value) == "routes.json: stops[0].id: a text is needed"


def test_an_id_given_twice_is_told_with_both_places() -> None:
    root = Node({"stops": [{"id": "S1"}, {"id": "S1"}]})
    with pytest.raises(FileFault, match=r"stops\[1\]\.id: 'S1' is already at stops\[0\]\.id"):
        distinct([stop["id"] for stop in root["stops"].each()])
