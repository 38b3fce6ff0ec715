"""Reading a list from a file or from what was pasted."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from jobfair.core.errors import Invalid
from jobfair.partners.lists.columns import column_named
from jobfair.partners.lists.sheet import BYTES_MOST, Sheet, make_sheet
from jobfair.partners.lists.workbook import read_xlsx

SEPARATORS = ";\t|,"
LOOKED_AT = 20

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER_FILES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"RIFF", b"BM", b"{\\rtf", b"\x1f\x8b", b"Rar!",
    b"7z\xbc\xaf", b"II*\x00", b"MM\x00*", b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00\x20ftyp",
)  # fmt: skip
_NOT_WESTERN = re.compile(r"[^\x00-\x7f\u2013-\u201e]{4}")


def read_file(content: bytes) -> Sheet:
    """Return the list in an XLSX or CSV file, told apart by what is in it.

    Raises Invalid where it is too large, of another kind or not readable.
    """
    if len(content) > BYTES_MOST:
        raise Invalid("list_bytes", most=BYTES_MOST // 1_000_000)
    if content.startswith(_ZIP):
        return read_xlsx(content)
    if content.startswith(_OLE):
        raise Invalid("list_locked" if _ENCRYPTED in content else "list_old_excel")
    if content.startswith(_OTHER_FILES):
        raise Invalid("list_no_table")
    return read_csv(content)


def read_csv(content: bytes) -> Sheet:
    """Return the list in a text file, whatever separates its cells."""
    if len(content) > BYTES_MOST:
        raise Invalid("list_bytes", most=BYTES_MOST // 1_000_000)
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        return make_sheet(_records(rest, first.strip()[-1]))
    return make_sheet(_records(text, _separator(text)))


def read_paste(text: str) -> Sheet:
    """Return what was pasted from a spreadsheet, or typed with one name a line."""
    if len(text) > BYTES_MOST:
        raise Invalid("list_bytes", most=BYTES_MOST // 1_000_000)
    plain = _plain(text)
    first = next(filter(None, map(str.strip, plain.split("\n"))), "")
    separator = _separator(plain)
    if separator == "," and not any(map(column_named, first.split(","))):
        separator = "\t"  # Haddad, Amal is one name
    return make_sheet(_records(plain, separator))


def _decoded(content: bytes) -> str:
    """Return the text, in the encoding that it is plainly in; spreadsheets write Windows-1252."""
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), _unmarked(content))
    try:
        return _plain(content.decode(encoding or "utf-8"))
    except UnicodeDecodeError:
        if encoding is not None:
            raise Invalid("list_encoding") from None
    return _plain(_western(content))


def _western(content: bytes) -> str:
    """Return the text as Windows-1252, unless it makes no sense so."""
    text = content.decode("cp1252", errors="replace")
    if "\ufffd" in text or _NOT_WESTERN.search(text):
        raise Invalid("list_encoding")
    return text


def _unmarked(content: bytes) -> str | None:
    """Return UTF-16 where every other byte is mostly nought, as in text of Latin letters."""
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = content[offset:400:2]
        if 2 * half.count(0) > len(half):
            return name
    return None


def _plain(text: str) -> str:
    """Return the text without marks and noughts, its lines ended alike."""
    kept = text.removeprefix("\ufeff").replace("\x00", "")
    return kept.replace("\r\n", "\n").replace("\r", "\n")


def _separator(text: str) -> str:
    """Return the separator that most of the first lines have as often as the first of them."""
    lines = [line for line in text[:20_000].split("\n") if line.strip()][:LOOKED_AT]

    def agreeing(separator: str) -> tuple[int, int]:
        in_first = lines[0].count(separator)
        alike = sum(line.count(separator) == in_first for line in lines)
        return (alike if in_first else 0, in_first)

    return max(SEPARATORS, key=agreeing) if lines else SEPARATORS[0]


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """Return the cells; where a quote never closes, every line is a row of its own."""
    if _quotes_close(text, separator):
        return csv.reader(io.StringIO(text), delimiter=separator)
    return ([cell.strip(' "') for cell in line.split(separator)] for line in text.split("\n"))


def _quotes_close(text: str, separator: str) -> bool:
    try:
        for _record in csv.reader(io.StringIO(text), delimiter=separator, strict=True):
            pass
    except csv.Error:
        return False
    return True
