"""Files and pasted lists become sheets, or are refused in words."""

import io
import struct
import tracemalloc
import zipfile
from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from jobfair.core.errors import DomainError
from jobfair.partners.import_words import MESSAGES
from jobfair.partners.lists import Sheet, guess_columns, read_file, read_paste
from jobfair.partners.lists.example import template_csv, template_xlsx
from jobfair.partners.lists.sheet import COLUMNS_MOST, ROWS_MOST
from tests.unit.partners.workbooks import with_part, workbook

LIST = "Vorname;Nachname;Wohnort\nÖmer;Yılmaz;Bad Laer\nАнна;Коваль;Melle\n"
WESTERN = "Vorname;Nachname;Wohnort\nJürgen;Größe;Fürstenau\n"
FIRST_SHEET = "xl/worksheets/sheet1.xml"
BIRTHDAY = datetime.fromisoformat("1988-05-03")  # cells know no time zone
MEMORY_MOST = 40_000_000  # bytes, most of them for the words that a workbook shares
BOMB = b"<x>" + b" " * 30_000_000


def cells(sheet: Sheet) -> list[tuple[str, ...]]:
    return [row.cells for row in sheet.rows]


def refusal(content: bytes) -> str:
    with pytest.raises(DomainError) as refused:
        read_file(content)
    assert refused.value.code in MESSAGES
    return refused.value.code


def read_or_refused(content: bytes) -> tuple[Sheet | None, str]:
    try:
        return read_file(content), ""
    except DomainError as error:
        return None, error.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_is_read(encoding: str) -> None:
    sheet = read_file(LIST.encode(encoding))
    assert sheet.header == ("Vorname", "Nachname", "Wohnort")
    assert cells(sheet) == [("Ömer", "Yılmaz", "Bad Laer"), ("Анна", "Коваль", "Melle")]


def test_what_german_spreadsheets_write_is_read() -> None:
    assert cells(read_file(WESTERN.encode("cp1252"))) == [("Jürgen", "Größe", "Fürstenau")]


@pytest.mark.parametrize("encoding", ["cp1251", "iso8859-5", "koi8-r"])
def test_another_code_page_is_refused_rather_than_read_wrongly(encoding: str) -> None:
    text = "Имя;Фамилия\nАнна;Коваленко\n"
    assert refusal(text.encode(encoding)) == "list_encoding"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_every_separator_is_found(separator: str) -> None:
    text = "Vorname;Nachname;E-Mail\nAmal;Haddad;a@example.org\n\nMax;Kurz;\n"
    sheet = read_file(text.replace(";", separator).encode())
    assert cells(sheet) == [("Amal", "Haddad", "a@example.org"), ("Max", "Kurz")]
    assert [row.number for row in sheet.rows] == [2, 4]


def test_excels_own_word_for_the_separator_is_followed() -> None:
    assert cells(read_file(b"sep=,\nName,Ort\nAmal Haddad,Melle\n")) == [("Amal Haddad", "Melle")]


def test_a_quoted_cell_may_hold_lines_and_separators() -> None:
    sheet = read_file(b'Vorname;Nachname;Ort\n"Amal\nMaria";Haddad;"Melle; Buer"\n')
    assert cells(sheet) == [("Amal Maria", "Haddad", "Melle; Buer")]


def test_a_quote_that_never_closes_swallows_nobody() -> None:
    sheet = read_file(b'Vorname;Nachname\n"Amal;Haddad\nMax;Kurz\nLi;Wu\n')
    assert cells(sheet) == [("Amal", "Haddad"), ("Max", "Kurz"), ("Li", "Wu")]


def test_noughts_and_control_characters_vanish() -> None:
    assert cells(read_file(b"Vorname;Nachname\nA\x00m\x07al;Haddad\n")) == [("Amal", "Haddad")]


def test_titles_above_the_headings_are_no_people() -> None:
    sheet = read_file(b"Teilnehmerliste;;\n;;\nName;Vorname;PLZ\nHaddad;Amal;49565\n")
    assert sheet.header == ("Name", "Vorname", "PLZ")
    assert [row.number for row in sheet.rows] == [4]


def test_a_pasted_list_of_names_needs_no_columns() -> None:
    sheet = read_paste("Amal Haddad\nHaddad, Lina\n\n  Max Kurz ")
    assert cells(sheet) == [("Amal Haddad",), ("Haddad, Lina",), ("Max Kurz",)]
    assert guess_columns(sheet.header, cells(sheet)) == ("name",)


def test_pasted_columns_are_known_by_what_stands_in_them() -> None:
    sheet = read_paste("Amal\tHaddad\t1988\tMelle\tArabisch\t0151 2345678\ta@example.org\n" * 3)
    guessed = guess_columns(sheet.header, cells(sheet))
    assert guessed == ("given", "family", "birth", "place", "language", "phone", "email")


def test_a_name_beside_a_first_name_is_the_family_name() -> None:
    assert guess_columns(("Name", "Vorname", "AZ"), [()]) == ("family", "given", "")


def test_each_meaning_is_given_to_one_column() -> None:
    assert guess_columns(("Vorname", "Telefon", "Handy"), [()]) == ("given", "phone", "")


def test_headings_in_an_unknown_script_do_no_harm() -> None:
    sheet = read_file("الاسم;اللقب\nأمل;حداد\n".encode())
    assert sheet.header == ()
    assert cells(sheet) == [("الاسم", "اللقب"), ("أمل", "حداد")]


def test_a_workbook_gives_dates_and_numbers_as_people_read_them() -> None:
    rows = [
        ("Vorname", "Nachname", "Geburtsdatum", "Telefon", "PLZ"),
        ("Amal", "Haddad", BIRTHDAY, 1512345678.0, 49565),
        ("Lina", "Haddad", date(2018, 1, 2), None, None),
    ]
    assert cells(read_file(workbook(rows))) == [
        ("Amal", "Haddad", "1988-05-03", "1512345678", "49565"),
        ("Lina", "Haddad", "2018-01-02"),
    ]


def test_a_formula_that_was_never_worked_out_is_seen() -> None:
    rows = [("Vorname", "Nachname"), ("=A1&B1", "Haddad"), ("Max", "=UPPER(A3)")]
    assert cells(read_file(workbook(rows))) == [("=", "Haddad"), ("Max", "=")]


def test_a_formula_over_several_cells_is_seen() -> None:
    def spread(sheet: Worksheet) -> None:
        sheet["B2"] = ArrayFormula("B2:B3", "=A1:A2")

    content = workbook([("Vorname", "Nachname"), ("Amal", None)], spread)
    assert cells(read_file(content)) == [("Amal", "=")]


def test_a_formula_that_was_worked_out_is_its_value() -> None:
    def work_out(xml: bytes) -> bytes:
        return (
            xml.replace(b"<f>A1</f><v />", b"<f>A1</f><v>Amal</v>")
            .replace(b"<f>A2</f><v />", b"<f>A2</f><v></v>")
            .replace(b'<c r="A2"', b'<c t="str" r="A2"')
        )

    content = workbook([("Vorname", "Nachname"), ("=A1", "Haddad"), ("=A2", "Kurz")])
    assert cells(read_file(with_part(content, FIRST_SHEET, work_out))) == [
        ("Amal", "Haddad"),
        ("", "Kurz"),
    ]


def test_a_value_merged_over_rows_holds_for_each() -> None:
    rows = [
        ("Liste", None, None),
        ("Familie", "Vorname", "Nachname"),
        (7, "Amal", "Haddad"),
        (None, "Lina", "Haddad"),
        (8, "Max", "Kurz"),
    ]

    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A3:A4")

    assert cells(read_file(workbook(rows, merge))) == [
        ("7", "Amal", "Haddad"),
        ("7", "Lina", "Haddad"),
        ("8", "Max", "Kurz"),
    ]


def test_the_first_sheet_with_something_in_it_is_read() -> None:
    def fill_second(sheet: Worksheet) -> None:
        book = sheet.parent
        assert book is not None
        hidden = book.create_sheet("Auswahl")
        hidden.append(("geheim",))
        hidden.sheet_state = "hidden"
        book.create_sheet("Leute").append(("Amal Haddad",))

    assert cells(read_file(workbook([], fill_second))) == [("Amal Haddad",)]


def test_too_many_rows_are_refused_at_once() -> None:
    many = [(f"Amal {n}", "Haddad", "Melle", "Arabisch") for n in range(50_000)]
    as_text = "\n".join(";".join(row) for row in many).encode()
    for content in (workbook(many), as_text):
        tracemalloc.start()
        assert refusal(content) == "list_rows"
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert most < MEMORY_MOST


def test_as_many_rows_as_are_allowed_are_read() -> None:
    text = "Vorname\n" + "Amal\n" * ROWS_MOST
    assert len(read_file(text.encode()).rows) == ROWS_MOST
    assert refusal((text + "Max\n").encode()) == "list_rows"


def test_too_many_columns_are_refused() -> None:
    assert refusal(workbook([[str(n) for n in range(300)]])) == "list_columns"
    assert refusal(b";".join([b"x"] * (COLUMNS_MOST + 1))) == "list_columns"


def test_empty_columns_and_rows_at_the_end_count_for_nothing() -> None:
    assert cells(read_file(b"Amal Haddad" + b";" * 300 + b"\n" * 5000)) == [("Amal Haddad",)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "list_empty"),
        (b"\n ;; \n", "list_empty"),
        (workbook([]), "list_empty"),
        (b"Vorname;Nachname\n", "list_only_headings"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 90, "list_no_table"),
        (b"%PDF-1.7\n", "list_no_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 90, "list_old_excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "list_locked",
        ),
        (b"PK\x03\x04 and no more", "list_unreadable"),
        (workbook([("Amal",)])[:-300], "list_unreadable"),
        (b"x" * 2_000_001, "list_bytes"),
        (b"\xff\xfe\x00", "list_encoding"),
    ],
)
def test_what_is_no_list_is_refused_by_name(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_other_archives_are_refused_by_name() -> None:
    text = io.BytesIO()
    with zipfile.ZipFile(text, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    assert refusal(text.getvalue()) == "list_open_document"
    assert refusal(with_part(text.getvalue(), "mimetype", lambda _old: b"text")) == "list_no_table"


def test_what_unpacks_to_too_much_is_refused_before_it_does() -> None:
    content = workbook([("Amal",)])
    bomb = with_part(content, "xl/media/a.xml", lambda _old: BOMB)
    bomb = with_part(bomb, "xl/media/b.xml", lambda _old: BOMB)
    assert len(bomb) < 100_000
    assert refusal(bomb) == "list_unpacked"


def test_what_declares_less_than_it_holds_is_refused() -> None:
    bomb = with_part(workbook([("Amal",)]), "xl/x.xml", lambda _old: BOMB)
    size = struct.pack("<L", len(BOMB))
    assert bomb.count(size) == 2
    assert refusal(bomb.replace(size, struct.pack("<L", 1000))) == "list_unreadable"


def test_entities_that_grow_are_refused() -> None:
    def laugh(xml: bytes) -> bytes:
        names = "abcdefghij"
        grows = "".join(
            f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
        )
        head = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 500}">{grows}]>'.encode()
        return head + xml.replace(b"</sheetData>", b"&j;</sheetData>")

    assert refusal(with_part(workbook([("Amal",)]), FIRST_SHEET, laugh)) == "list_unreadable"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_template_names_columns_that_we_know(lang: str) -> None:
    for content in (template_csv(lang), template_xlsx(lang)):
        sheet = read_file(content)
        guessed = guess_columns(sheet.header, cells(sheet))
        assert len(guessed) == len(sheet.header) == len(set(guessed) - {""})


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    sheet, code = read_or_refused(content)
    if sheet is None:
        assert code in MESSAGES
    else:
        assert len(guess_columns(sheet.header, cells(sheet))) == sheet.width > 0


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 8000), st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_breaks_nothing(place: int, junk: bytes) -> None:
    content = template_xlsx("de")
    place %= len(content)
    damaged = content[:place] + junk + content[place + len(junk) :]
    sheet, code = read_or_refused(damaged)
    assert sheet is not None or code in MESSAGES


def test_hostile_shapes_are_refused_or_read() -> None:
    def merge_everything(sheet: Worksheet) -> None:
        for _ in range(2000):
            sheet.merged_cells.ranges.add(CellRange("A1:B100000"))
        sheet["A100000"] = "Max Kurz"

    assert refusal(b"x;" * 900_000) == "list_columns"
    assert cells(read_file(workbook([("Amal Haddad",)], merge_everything)))[0] == ("Amal Haddad",)
