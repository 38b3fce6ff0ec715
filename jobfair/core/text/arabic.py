"""Names in Arabic script in Latin letters: a list of frequent names, and rules for the rest.

The script leaves short vowels out, so a name that is not on the list is read by the shape of
its syllables. Arabic, Persian, Dari and Central Kurdish read some letters differently.
"""

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files

from jobfair.core.text.arabic_rules import spell_by_rules
from jobfair.core.text.scripts import Script, script_of_character

_LANGUAGES = frozenset({"ar", "fa", "prs", "ckb", "ps", "ur"})
_READS_LISTS_OF = {"ar": ("ar", ""), "ckb": ("ckb", "", "ar"), "fa": ("fa", "")}
_KURDISH = re.compile("[ڵڕێۆەڤ]")
_PERSIAN = re.compile("[پچژگیک]")
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670\u200c\u200d]")
_SAME_LETTER = str.maketrans("أإآٱىیکةۀھؤئ", "ااااييكهههوي")
_ARTICLE = "ال"
_SERVANT = "عبد"
_OF_GOD = "الله"
_SHORTEST_WITH_ARTICLE = 5  # الفي and shorter are names of their own


def latin_from_arabic(line: str, lang: str) -> str:
    """The line with every word of Arabic script in Latin letters, other words untouched."""
    language = _language_of(line, lang)
    words = line.split()
    spelled: list[str] = []
    position = 0
    while position < len(words):
        pair = " ".join(words[position : position + 2])
        joined = _pair(pair, language) if " " in pair else None
        spelled.append(joined or _word(words[position], language))
        position += 2 if joined else 1
    return " ".join(spelled)


def _language_of(line: str, lang: str) -> str:
    if lang in _LANGUAGES:
        return lang
    if _KURDISH.search(line):
        return "ckb"
    return "fa" if _PERSIAN.search(line) else "ar"


def _pair(pair: str, lang: str) -> str | None:
    """Two words that are one name: on the list, or "servant of" with one of God's names."""
    listed = _listed(pair, lang)
    if listed is None and _key(pair).startswith(f"{_SERVANT} {_ARTICLE}"):
        return _word(pair.replace(" ", ""), lang)
    return listed


def _word(word: str, lang: str) -> str:
    if not any(script_of_character(char) is Script.ARABIC for char in word):
        return word
    return "-".join(_part(part, lang) or part for part in word.split("-"))


def _part(part: str, lang: str) -> str:
    listed = _listed(part, lang)
    if listed is not None:
        return listed
    key = _key(part)
    if key.endswith(_OF_GOD) and key != _OF_GOD:
        return _part(key.removesuffix(_OF_GOD), lang) + ("allah" if lang == "ar" else "ullah")
    for prefix, latin in ((_SERVANT + _ARTICLE, "Abdul"), (_ARTICLE, "Al-")):
        if key.startswith(prefix) and len(key) >= _SHORTEST_WITH_ARTICLE and len(key) > len(prefix):
            rest = _part(key.removeprefix(prefix), lang)
            return latin + (rest if latin.endswith("-") else rest.lower())
    return spell_by_rules(part, lang).capitalize()


def _listed(name: str, lang: str) -> str | None:
    key = _key(name)
    for listed_for in _READS_LISTS_OF.get(lang, (lang, "fa", "")):
        latin = _frequent_names().get((key, listed_for))
        if latin is not None:
            return latin
    return None


def _key(name: str) -> str:
    """The name without vowel marks, and with letters that are interchanged made one."""
    plain = _MARKS.sub("", unicodedata.normalize("NFC", name))
    return plain.translate(_SAME_LETTER)


@cache
def _frequent_names() -> dict[tuple[str, str], str]:
    """Spellings by the name's key and the language that they are for (empty: for all)."""
    source = files("jobfair").joinpath("data", "names_arabic.csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return {
        (_key(row["name"]), lang): row["latin"]
        for row in rows
        for lang in row["languages"].split(" ")
    }
