"""A proposal for the Latin spelling of a name; whoever bears the name has the last word."""

import re
import unicodedata

from jobfair.core.text.alphabets import latin_from_alphabet
from jobfair.core.text.arabic import latin_from_arabic
from jobfair.core.text.cyrillic import latin_from_cyrillic
from jobfair.core.text.ethiopic import latin_from_ethiopic
from jobfair.core.text.scripts import Script, script_of, script_of_character

_UNREADABLE = "x"  # stands for a sign that no table reads, such as a Chinese character
APOSTROPHES = re.compile("[’‘ʼʻʹ`´‛′ʽʾʿ＇]")
_LOOSE_DIACRITICS = re.compile("(^|')[\u0300-\u036f]+")
HYPHENS = re.compile("[‐‑–—−־－]")


def latin_proposal(name: str, lang: str = "") -> str:
    """A Latin spelling of the name: letters, hyphens, apostrophes and single spaces.

    Latin words stay as typed, with their diacritics. The result is empty only for a name
    without letters.
    """
    composed = unicodedata.normalize("NFC", name)
    line = HYPHENS.sub("-", APOSTROPHES.sub("'", composed))
    if any(script_of_character(char) is Script.ARABIC for char in line):
        line = latin_from_arabic(line, lang)
    words = (_latin_word(word, lang) for word in line.split())
    return " ".join(word for word in words if word)


def _latin_word(word: str, lang: str) -> str:
    parts = (_latin_part(part, lang) for part in word.split("-"))
    return "-".join(part for part in parts if part)


def _latin_part(part: str, lang: str) -> str:
    """One part of a name, between hyphens."""
    script = script_of(part)
    if script is Script.LATIN:
        return _only_latin(part)
    if not any(char.isalpha() for char in part):
        return ""
    spelled = _only_latin(_by_script(part.lower(), script, lang))
    return (spelled or _only_latin(part)).capitalize()  # a lone Ь has no sound, and still a name


def _by_script(part: str, script: Script, lang: str) -> str:
    if script is Script.CYRILLIC:
        return latin_from_cyrillic(part.replace("'", ""), lang)
    if script is Script.ETHIOPIC:
        return latin_from_ethiopic(part)
    if script in {Script.GREEK, Script.GEORGIAN, Script.ARMENIAN}:
        return latin_from_alphabet(_without_marks(part))
    return part


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _only_latin(part: str) -> str:
    """The part with every character made Latin or dropped; diacritics need a letter."""
    kept = "".join(_latin_character(char) for char in part)
    return unicodedata.normalize("NFC", _LOOSE_DIACRITICS.sub(r"\1", kept).strip("'"))


def _latin_character(char: str) -> str:
    if char == "'" or _is_latin(char) or _is_diacritic(char):
        return char
    return named_letter(char) if char.isalpha() else ""


def _is_latin(char: str) -> bool:
    return char.isalpha() and script_of_character(char) is Script.LATIN


def _is_diacritic(char: str) -> bool:
    return "\u0300" <= char <= "\u036f" and unicodedata.combining(char) > 0


def named_letter(char: str) -> str:
    """A letter of another script, read from its compatible form or from its Unicode name."""
    compatible = unicodedata.normalize("NFKC", char)
    if compatible.isascii() and compatible.isalpha():
        return compatible
    sound = unicodedata.name(char, "").rpartition(" ")[2].lower()
    return sound if sound.isascii() and sound.isalpha() else _UNREADABLE
