"""Reading a list from an XLSX workbook that a stranger made."""

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from itertools import repeat, zip_longest
from zipfile import ZipFile

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from jobfair.core.errors import DomainError, Invalid
from jobfair.partners.lists.sheet import COLUMNS_MOST, ROWS_MOST, Sheet, make_sheet

UNPACKED_MOST = 40_000_000
PARTS_MOST = 500
MERGES_MOST = 2_000
CHUNK = 1 << 16
ROW_LAST = 100_000  # below there is formatting at most
ENCRYPTED = 0x1

_CONTENTS = "[Content_Types].xml"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!")

FORMULAS = (ArrayFormula, DataTableFormula)
FILLED_MOST = 2 * ROWS_MOST

Values = tuple[object, ...]


def read_xlsx(content: bytes) -> Sheet:
    """Return the first sheet that has something in it, its formulas as what they last gave.

    A formula without a value stands there as it is written. A value that was merged over several
    rows holds for each of them. Raises Invalid for what is no workbook, or would unpack to more
    than fits a list.
    """
    try:
        _check_parts(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a workbook has beside its cells
            return _first_filled(content)
    except DomainError:
        raise
    except Exception as error:  # a damaged workbook breaks the library in any place
        raise Invalid("list_unreadable") from error


def _check_parts(content: bytes) -> None:
    """Refuse what unpacks to too much, by what it declares and by what comes out."""
    with ZipFile(io.BytesIO(content)) as archive:
        _check_declared(archive)
        for part in archive.infolist():
            with archive.open(part) as packed:
                while packed.read(CHUNK):  # its checksum fails where more comes out than declared
                    pass


def _check_declared(archive: ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > PARTS_MOST or sum(part.file_size for part in parts) > UNPACKED_MOST:
        raise Invalid("list_unpacked")
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise Invalid("list_locked")
    if _is_open_document(archive):
        raise Invalid("list_open_document")
    if _CONTENTS not in archive.namelist():
        raise Invalid("list_no_table")


def _is_open_document(archive: ZipFile) -> bool:
    return "mimetype" in archive.namelist() and archive.read("mimetype").startswith(_OPEN_DOCUMENT)


def _first_filled(content: bytes) -> Sheet:
    reader = _opened(content, data_only=True)
    paths = {sheet.name: part.target for sheet, part in reader.parser.find_sheets()}
    for sheet in reader.wb.worksheets:
        if sheet.sheet_state == "visible":
            xml = reader.archive.read(paths[sheet.title])
            rows = _texts(content, reader, sheet.title, has_formulas=bool(_FORMULA.search(xml)))
            if rows:
                _spread(rows, _MERGED.findall(xml)[:MERGES_MOST])
                return make_sheet(rows.get(number, ()) for number in range(1, max(rows) + 1))
    raise Invalid("list_empty")


def _opened(content: bytes, *, data_only: bool) -> ExcelReader:
    reader = ExcelReader(io.BytesIO(content), read_only=True, data_only=data_only)
    reader.read()
    return reader


def _values(reader: ExcelReader, title: str) -> Iterator[Values]:
    """Go through the rows of the sheet, whatever size it says that it has."""
    sheet = reader.wb[title]
    sheet.reset_dimensions()
    return sheet.iter_rows(max_row=ROW_LAST, max_col=2 * COLUMNS_MOST, values_only=True)


def _texts(
    content: bytes, reader: ExcelReader, title: str, *, has_formulas: bool
) -> dict[int, list[str]]:
    """Return the cells of the rows that say something, by the row's number.

    Where no formula of the sheet has a value, nobody ever worked them out, and each stands there
    as a formula. Elsewhere one without a value is an empty cell.
    """
    written: Iterable[Values] = repeat(())
    if has_formulas:
        written = _values(_opened(content, data_only=False), title)
    filled = _filled(_values(reader, title), written)
    worked_out = any(_has_result(*row) for row in filled.values())
    return {number: _row_texts(*row, worked_out) for number, row in filled.items()}


def _has_result(values: Values, formulas: Values) -> bool:
    """Tell whether a formula of the row has a value."""
    cells = zip_longest(values, formulas)
    return any(value is not None and _is_formula(formula) for value, formula in cells)


def _row_texts(values: Values, formulas: Values, worked_out: bool) -> list[str]:
    return [
        "=" if not worked_out and _is_formula(formula) else _text(value)
        for value, formula in zip_longest(values, formulas)
    ]


def _filled(
    values: Iterable[Values], formulas: Iterable[Values]
) -> dict[int, tuple[Values, Values]]:
    """Return the rows in which there is a value or a formula, by number."""
    filled: dict[int, tuple[Values, Values]] = {}
    for number, row in enumerate(zip(values, formulas, strict=False), 1):
        if any(map(any, row)):
            filled[number] = row
            if len(filled) > FILLED_MOST:
                raise Invalid("list_rows", most=ROWS_MOST)
    return filled


def _is_formula(cell: object) -> bool:
    return isinstance(cell, FORMULAS) or (isinstance(cell, str) and cell.startswith("="))


def _text(value: object) -> str:
    """Return what the cell says: dates without midnight, numbers without a point and noughts."""
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat(" ", "minutes").removesuffix(" 00:00")
        case time():
            return value.isoformat("minutes")
        case _:
            text = str(value)
            return "=" if text in ERRORS else text.removesuffix(".0")


def _spread(rows: dict[int, list[str]], merged: Iterable[tuple[bytes, bytes]]) -> None:
    """Have a value that was merged over several rows stand in each of them that has others."""
    for start, last in merged:
        first, column = coordinate_to_tuple(start.decode())
        for value in rows.get(first, [])[column - 1 : column]:
            for cells in [cells for n, cells in rows.items() if first < n <= int(last)]:
                cells[column - 1] = value
