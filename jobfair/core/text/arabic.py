"""Names in Arabic script in Latin letters: a list of frequent names, and rules for the rest.

The script leaves short vowels out, so a name that is not on the list is read by the shape of
its syllables. Arabic, Persian, Dari and Central Kurdish read some letters differently.
"""

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files

from jobfair.core.text import arabic_rules
from jobfair.core.text.scripts import Script, script_of_character

_LANGUAGES = frozenset({"ar", "fa", "prs", "ckb", "ps", "ur"})
_READS_LISTS_OF = {"ar": ("ar", ""), "ckb": ("ckb", "", "ar"), "fa": ("fa", "")}
_TELLTALE_LETTERS = {"ckb": re.compile("[ڵڕێۆەڤ]"), "fa": re.compile("[پچژگیک]")}
_OTHERWISE = "ar"
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670\u200c\u200d]")
_SAME_LETTER = str.maketrans("أإآٱىیکةۀھؤئ", "ااااييكهههوي")
_ARTICLE = "ال"
_OF_GOD = "الله"
_ALLAH = {"ar": "allah"}
_ALLAH_ELSEWHERE = "ullah"
_SERVANT = "عبد"
_SERVANT_OF_THE = _SERVANT + _ARTICLE
_SHORTEST_WITH_ARTICLE = 5  # shorter words that begin alike, such as الين, are whole names


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
    told = (told for told, letters in _TELLTALE_LETTERS.items() if letters.search(line))
    return next(told, _OTHERWISE)


def _pair(pair: str, lang: str) -> str | None:
    """Two words that are one name: on the list, or "servant of" with one of God's names."""
    one_word = pair.replace(" ", "")
    if _key(pair).startswith(f"{_SERVANT} ") and _key(one_word).startswith(_SERVANT_OF_THE):
        return _word(one_word, lang)
    return _listed(pair, lang)


def _word(word: str, lang: str) -> str:
    if not any(script_of_character(char) is Script.ARABIC for char in word):
        return word
    return "-".join(_part(part, lang) or part for part in word.split("-"))


def _part(part: str, lang: str) -> str:
    known = _listed(part, lang) or _put_together(part, lang)
    return known or arabic_rules.spell_by_rules(part, lang).capitalize()


def _put_together(part: str, lang: str) -> str | None:
    """A name that is made of another one: with God, "servant of the" or the article."""
    key = _key(part)
    if key.endswith(_OF_GOD):
        return _part(key.removesuffix(_OF_GOD), lang) + _ALLAH.get(lang, _ALLAH_ELSEWHERE)
    if key.startswith(_SERVANT_OF_THE) and key != _SERVANT_OF_THE:
        return "Abdul" + _part(key.removeprefix(_SERVANT_OF_THE), lang).lower()
    if _has_article(part, lang):
        return "Al-" + _part(part.removeprefix(_ARTICLE), lang)
    return None


def _has_article(part: str, lang: str) -> bool:
    starts = lang == "ar" and part.startswith(_ARTICLE)
    return starts and len(_key(part)) >= _SHORTEST_WITH_ARTICLE


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


def tables() -> dict[str, object]:
    """What reads a line of an unknown language, for a script that does the same."""
    languages = (*_TELLTALE_LETTERS, _OTHERWISE)
    return {
        "telltales": {lang: letters.pattern for lang, letters in _TELLTALE_LETTERS.items()},
        "otherwise": _OTHERWISE,
        "marks": _MARKS.pattern,
        "same": {chr(code): chr(same) for code, same in _SAME_LETTER.items()},
        "article": _ARTICLE,
        "servant": _SERVANT,
        "god": _OF_GOD,
        "allah": {lang: _ALLAH.get(lang, _ALLAH_ELSEWHERE) for lang in languages},
        "shortest": _SHORTEST_WITH_ARTICLE,
        "names": {lang: _names_for(lang) for lang in languages},
        "rules": arabic_rules.tables(languages),
    }


def _names_for(lang: str) -> dict[str, str]:
    """The frequent names as the language reads them, first those of its own."""
    lists = reversed(_READS_LISTS_OF[lang])
    frequent = _frequent_names().items()
    return {key: latin for name in lists for (key, tag), latin in frequent if tag == name}
