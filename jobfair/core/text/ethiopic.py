"""Ethiopic names (Tigrinya, Amharic) in Latin letters, syllable by syllable.

Unicode names each syllable by its consonant and one of seven vowels: "ETHIOPIC SYLLABLE SAA".
"""

import re
import unicodedata
from functools import cache

_BLOCKS = ((0x1200, 0x13A0), (0x2D80, 0x2DE0), (0xAB00, 0xAB30), (0x1E7E0, 0x1E800))
_SYLLABLE = re.compile(
    r"ETHIOPIC SYLLABLE (?P<consonant>GLOTTAL |PHARYNGEAL |[B-DF-HJ-NP-TV-Z]*)"
    r"(?P<rounded>(?<=[B-Z])W)??(?P<vowel>AA|EE|OA|A|E|I|O|U)"
)
_CONSONANTS = {
    "GLOTTAL ": "", "PHARYNGEAL ": "", "HH": "h", "SZ": "s", "X": "h", "C": "ch", "KX": "kh",
    "TH": "t", "TZ": "ts", "QH": "q", "GG": "g", "DD": "d",
}  # fmt: skip
_VOWELS = {"A": "e", "U": "u", "I": "i", "AA": "a", "EE": "e", "E": "", "O": "o", "OA": "oa"}
_BARE_VOWELS = _VOWELS | {"A": "a", "E": "i"}  # glottal and pharyngeal carriers


def latin_from_ethiopic(word: str) -> str:
    """The lower-case Latin spelling of a word; other characters stay as they are."""
    spelled = ""
    for position, char in enumerate(word):
        consonant, vowel = syllables().get(char, ("", char))
        starts_cluster = not spelled.endswith(("a", "e", "i", "o", "u"))
        if not vowel and starts_cluster and position < len(word) - 1:
            vowel = "i"
        spelled += consonant + vowel
    return spelled


@cache
def syllables() -> dict[str, tuple[str, str]]:
    """The consonant and the vowel of each sign; the sixth vowel is empty after a consonant."""
    signs = (chr(code) for block in _BLOCKS for code in range(*block))
    named = ((char, _SYLLABLE.fullmatch(unicodedata.name(char, ""))) for char in signs)
    return {char: _syllable(match) for char, match in named if match}


def _syllable(match: re.Match[str]) -> tuple[str, str]:
    consonant, vowel = match["consonant"], match["vowel"]
    latin = _CONSONANTS.get(consonant, consonant.lower())
    return latin, (_VOWELS if latin else _BARE_VOWELS)[vowel]
