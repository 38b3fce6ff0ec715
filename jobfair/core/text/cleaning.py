"""What is typed becomes one clean line, without changing what it says."""

import unicodedata

from jobfair.core.text.scripts import Script, script_of_character

_JOINERS = "\u200c\u200d"  # zero width non-joiner (Persian) and joiner (Indic scripts)
_NON_JOINING = frozenset(Script) - {Script.ARABIC, Script.OTHER}


def to_western_digits(text: str) -> str:
    """The text with every decimal digit of any script written as 0 to 9."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def clean_line(text: str, limit: int) -> str:
    """The text in NFC on one line of at most `limit` characters, without invisible characters.

    The zero width joiners stay between letters of scripts that need them for spelling.
    """
    visible = "".join(_visible(text))
    line = unicodedata.normalize("NFC", " ".join(_without_loose_joiners(visible).split()))
    return _cut(line, limit)


def _visible(text: str) -> list[str]:
    kept = []
    for char in text:
        if char.isspace():
            kept.append(" ")
        elif char in _JOINERS or not _is_invisible(char):
            kept.append(char)
    return kept


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Cn", "Co"}


def _without_loose_joiners(text: str) -> str:
    kept: list[str] = []
    for position, char in enumerate(text):
        after = text[position + 1 : position + 2]
        if char not in _JOINERS or (kept and _joins(kept[-1]) and _joins(after)):
            kept.append(char)
    return "".join(kept)


def _joins(neighbour: str) -> bool:
    """Whether a joiner beside this character can change how the word is spelled."""
    if not neighbour or unicodedata.category(neighbour)[0] not in "LM":
        return False
    return script_of_character(neighbour) not in _NON_JOINING


def _cut(line: str, limit: int) -> str:
    """Shorten the line without parting a letter from its marks."""
    end = limit
    while 0 < end < len(line) and unicodedata.combining(line[end]):
        end -= 1
    return line[:end].rstrip(" " + _JOINERS)
