"""Tables as text, as spreadsheets write them: in whatever encoding, with whatever separator."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

SEPARATORS = ";\t|,"
LOOKED_AT = 20  # lines
LENGTH_LOOKED_AT = 20_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_WESTERN = re.compile(r"[^\x00-\x7f\u2013-\u201e]{4}")


def text_of(content: bytes) -> str:
    """Return the text, in the encoding that it is plainly in; spreadsheets write Windows-1252.

    Raises UnicodeError where it makes sense in none.
    """
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), _unmarked(content))
    if encoding is not None:
        return plain(content.decode(encoding))
    try:
        return plain(content.decode())
    except UnicodeDecodeError:
        return plain(_western(content))


def plain(text: str) -> str:
    """Return the text without marks and noughts, its lines ended alike."""
    kept = text.removeprefix("\ufeff").replace("\x00", "")
    return kept.replace("\r\n", "\n").replace("\r", "\n")


def separator_of(text: str) -> str:
    """Return the separator that most of the first lines have as often as the first of them."""
    lines = [line for line in text[:LENGTH_LOOKED_AT].split("\n") if line.strip()][:LOOKED_AT]

    def agreeing(separator: str) -> tuple[int, int]:
        in_first = lines[0].count(separator)
        alike = sum(line.count(separator) == in_first for line in lines)
        return (alike if in_first else 0, in_first)

    return max(SEPARATORS, key=agreeing) if lines else SEPARATORS[0]


def records_of(text: str, separator: str) -> Iterator[list[str]]:
    """Return the cells; where a quote never closes, every line is a row of its own."""
    if _quotes_close(text, separator):
        return csv.reader(io.StringIO(text), delimiter=separator)
    return ([cell.strip(' "') for cell in line.split(separator)] for line in text.split("\n"))


def announced(text: str) -> tuple[str, str]:
    """Return the separator that a first line `sep=…` names, else the likely one, and the table."""
    first, _, rest = text.partition("\n")
    name, equals, separator = first.strip().partition("=")
    if name.lower() == "sep" and equals and len(separator) == 1:
        return separator, rest
    return separator_of(text), text


def _western(content: bytes) -> str:
    """Return the text as Windows-1252, unless it makes no sense so."""
    text = content.decode("cp1252", errors="replace")
    if "\ufffd" in text or _NOT_WESTERN.search(text):
        raise UnicodeError("not Windows-1252")
    return text


def _unmarked(content: bytes) -> str | None:
    """Return UTF-16 where every other byte is mostly nought, as in text of Latin letters."""
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = content[offset:400:2]
        if 2 * half.count(0) > len(half):
            return name
    return None


def _quotes_close(text: str, separator: str) -> bool:
    try:
        for _record in csv.reader(io.StringIO(text), delimiter=separator, strict=True):
            pass
    except csv.Error:
        return False
    return True
