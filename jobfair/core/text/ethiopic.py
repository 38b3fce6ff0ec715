"""Ethiopic names (Tigrinya, Amharic) in Latin letters, syllable by syllable.

Unicode names each syllable by its consonant and one of seven vowels: "ETHIOPIC SYLLABLE SAA".
"""

import re
import unicodedata

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
        match = _SYLLABLE.fullmatch(unicodedata.name(char, ""))
        if match is None:
            spelled += char
        else:
            spelled += _syllable(match, spelled, last=position == len(word) - 1)
    return spelled


def _syllable(match: re.Match[str], before: str, *, last: bool) -> str:
    consonant = match["consonant"]
    latin = _CONSONANTS.get(consonant, consonant.lower())
    if not latin:
        return _BARE_VOWELS[match["vowel"]]
    vowel = _VOWELS[match["vowel"]]
    starts_cluster = not before.endswith(("a", "e", "i", "o", "u"))
    if not vowel and starts_cluster and not last:
        vowel = "i"
    return latin + vowel
