"""Lists of stops: any spreadsheet's CSV is read, no row gets lost, what is written reads back."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.core.errors import Invalid
from jobfair.core.position import is_position, read_degrees, read_position, write_position
from jobfair.core.text import clean_line
from jobfair.data.municipalities import municipalities
from jobfair.shuttle.rules import StopInput
from jobfair.shuttle.stop_lists import (
    COLUMNS,
    ROWS_MOST,
    StopFault,
    decoded,
    read_stops,
    write_rows,
)
from jobfair.web.tables import defused

FUERSTENAU = next(place.ags for place in municipalities() if place.name == "Fürstenau")
texts = st.text(min_size=1, max_size=60).map(lambda typed: clean_line(typed, 60))
stops = st.builds(
    StopInput,
    municipality=st.sampled_from([place.ags for place in municipalities()]),
    name=texts.filter(bool),
    lat=st.floats(47.0, 56.0).map(lambda degrees: round(degrees, 6)),
    lon=st.floats(5.0, 16.0).map(lambda degrees: round(degrees, 6)),
    note=texts,
    step_free=st.booleans(),
)


def written(given_stops: list[StopInput], decimal: str = ",", delimiter: str = ";") -> str:
    """Return the list as it is handed out."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    for row in (COLUMNS, *write_rows(given_stops, decimal)):
        writer.writerow([defused(cell) for cell in row])
    return text.getvalue()


@given(st.lists(stops, max_size=5, unique_by=lambda one: (one.municipality, one.name)))
def test_what_is_written_reads_back(made: list[StopInput]) -> None:
    safe = [stop for stop in made if not stop.name.startswith("'") and stop.note[:1] != "'"]
    for decimal in ",.":
        found = read_stops(written(safe, decimal))
        assert found.stops == safe
        assert found.at_fault == []


@given(st.text(max_size=400))
def test_any_text_is_read(typed: str) -> None:
    found = read_stops("name;municipality\n" + typed)
    assert len(found.stops) + len(found.at_fault) == len(found.rows)


@given(st.binary(max_size=300))
def test_any_file_is_text_or_refused(content: bytes) -> None:
    with suppress(Invalid):
        assert "\x00" not in decoded(content)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", "Остановка".encode("koi8-r")])
def test_letters_that_make_no_sense_are_refused(content: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        decoded(content)
    assert refusal.value.code == "stop_list_encoding"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_separators_of_spreadsheets(encoding: str, delimiter: str) -> None:
    place = StopInput(FUERSTENAU, "Fürstenau, „Schloß“", 52.5, 7.6, 'Bei "Müller"; links')
    text = written([place], ".", delimiter)
    assert read_stops(decoded(text.encode(encoding))).stops == [place]


def test_a_first_line_may_name_the_separator() -> None:
    found = read_stops("sep=|\nHaltestelle|Gemeinde\nBahnhof; Nord|Bramsche")
    assert [stop.name for stop in found.stops] == ["Bahnhof; Nord"]


def test_municipalities_by_name_key_or_key_without_its_nought() -> None:
    for typed in ("Bramsche", "bramsche", "03459014", "3459014"):
        found = read_stops(f"Haltestelle;Gemeinde\nBahnhof;{typed}")
        assert [stop.municipality for stop in found.stops] == ["03459014"]


def test_a_stop_may_have_no_place() -> None:
    (stop,) = read_stops("name,municipality,lat,lon\nBahnhof,Bramsche,,").stops
    assert (stop.lat, stop.lon, stop.step_free) == (None, None, False)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (";Bramsche;;;;", StopFault.NAME),
        (f"{'x' * 121};Bramsche;;;;", StopFault.NAME_LONG),
        ("Bahnhof;Berlin;;;;", StopFault.MUNICIPALITY),
        ("Bahnhof;Bramsche;52,4;;;", StopFault.PLACE),
        ("Bahnhof;Bramsche;7,97;52,4;;", StopFault.FAR),
        ("Bahnhof;Bramsche;nan;7,97;;", StopFault.PLACE),
        ("Bahnhof;Bramsche;52,4;7,97;vielleicht;", StopFault.STEP_FREE),
        (f"Bahnhof;Bramsche;;;;{'x' * 161}", StopFault.NOTE_LONG),
    ],
)
def test_faults_stand_at_their_row_and_nothing_is_lost(row: str, fault: StopFault) -> None:
    found = read_stops(f"{';'.join(COLUMNS)}\nMarkt;Melle;52,2;8,3;ja;\n{row}\n")
    assert [stop.name for stop in found.stops] == ["Markt"]
    (bad,) = found.at_fault
    assert bad.faults == (fault,)
    again = read_stops(found.text_of(found.at_fault))
    assert again.rows[0].cells == bad.cells


def test_a_stop_that_is_there_twice_is_told() -> None:
    found = read_stops("name;ort\nMarkt;Melle\nMarkt;Melle")
    assert [row.faults for row in found.rows] == [(), (StopFault.TWICE,)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "stop_list_empty"),
        (" \n;;\n", "stop_list_empty"),
        ("Bramsche;Bahnhof", "stop_list_columns"),
        ("name;ort\n" + "Markt;Melle\n" * (ROWS_MOST + 1), "stop_list_rows"),
    ],
)
def test_what_is_no_list_is_refused(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_stops(text)
    assert refusal.value.code == code


def test_a_quote_that_never_closes_loses_no_row() -> None:
    found = read_stops('name;ort\n"Markt;Melle\nKirche;Menslage\n')
    assert [stop.name for stop in found.stops] == ["Markt", "Kirche"]


@pytest.mark.parametrize("typed", ["52.4085, 7.9712", "52,4085 7,9712", "٥٢.٤٠٨٥; ٧.٩٧١٢"])
def test_places_are_read_as_maps_show_them(typed: str) -> None:
    assert read_position(typed) == (52.4085, 7.9712)


@given(st.floats(47.0, 56.0), st.floats(5.0, 16.0))
def test_places_are_read_as_they_are_written(lat: float, lon: float) -> None:
    found = read_position(write_position(lat, lon))
    assert found == pytest.approx((lat, lon), abs=1e-5)


def test_what_is_no_place() -> None:
    assert read_position("7.9712, 52.4085") is None
    assert read_position("Bramsche") is None
    assert read_degrees("52.4N") is None
    assert not is_position(float("nan"), 8.0)
