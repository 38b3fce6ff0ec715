"""Which script a text is written in."""

import unicodedata
from collections import Counter
from enum import StrEnum
from functools import lru_cache


class Script(StrEnum):
    """The scripts that names and languages are told apart by."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    ARABIC = "arabic"
    ETHIOPIC = "ethiopic"
    GREEK = "greek"
    GEORGIAN = "georgian"
    ARMENIAN = "armenian"
    OTHER = "other"


@lru_cache(maxsize=4096)
def script_of_character(character: str) -> Script:
    """The script of one character, `OTHER` for what belongs to none of ours."""
    first, _, _ = unicodedata.name(character, "").partition(" ")
    return Script(first.lower()) if first.lower() in _KNOWN else Script.OTHER


def script_of(text: str) -> Script:
    """The script that most letters of the text belong to, `OTHER` where there are none."""
    counts = Counter(script_of_character(char) for char in text if char.isalpha())
    return counts.most_common(1)[0][0] if counts else Script.OTHER


_KNOWN = frozenset(Script) - {Script.OTHER}
