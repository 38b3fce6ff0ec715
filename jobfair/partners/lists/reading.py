"""Reading a list from a file or from what was pasted."""

from jobfair.core.errors import Invalid
from jobfair.core.separated import announced, plain, records_of, separator_of, text_of
from jobfair.partners.lists.columns import column_named
from jobfair.partners.lists.sheet import BYTES_MOST, Sheet, make_sheet
from jobfair.partners.lists.workbook import read_xlsx

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER_FILES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"RIFF", b"BM", b"{\\rtf", b"\x1f\x8b", b"Rar!",
    b"7z\xbc\xaf", b"II*\x00", b"MM\x00*", b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00\x20ftyp",
)  # fmt: skip


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
    separator, table = announced(_decoded(content))
    return make_sheet(records_of(table, separator))


def read_paste(text: str) -> Sheet:
    """Return what was pasted from a spreadsheet, or typed with one name a line."""
    if len(text) > BYTES_MOST:
        raise Invalid("list_bytes", most=BYTES_MOST // 1_000_000)
    pasted = plain(text)
    first = next(filter(None, map(str.strip, pasted.split("\n"))), "")
    separator = separator_of(pasted)
    if separator == "," and not any(map(column_named, first.split(","))):
        separator = "\t"  # Haddad, Amal is one name
    return make_sheet(records_of(pasted, separator))


def _decoded(content: bytes) -> str:
    try:
        return text_of(content)
    except UnicodeError:
        raise Invalid("list_encoding") from None
