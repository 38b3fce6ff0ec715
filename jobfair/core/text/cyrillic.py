"""Cyrillic names in Latin letters, as their passports spell them.

Ukrainian follows the cabinet's table no. 55 of 2010, Russian the ICAO table (Doc 9303),
Bulgarian the Transliteration Act of 2009, Serbian its own Latin alphabet.
"""

import re
from dataclasses import asdict, dataclass, field

from jobfair.core.text.tables import letter_table


@dataclass(frozen=True, slots=True)
class _Table:
    letters: dict[str, str]
    initial: dict[str, str] = field(default_factory=dict)  # at the beginning of a word
    sequences: dict[str, str] = field(default_factory=dict)  # several letters at once
    final: dict[str, str] = field(default_factory=dict)  # at the end of a word


# Letters of Belarusian, Macedonian, Kazakh, Kyrgyz, Tajik and others, wherever they turn up.
_COMMON = letter_table(
    "абвгґдезклмнопрстуфхцчшіїєёыэўјѕѓќәғқңөұүһҳҷӣӯҡңҥҙҫ",
    "a b v g g d e z k l m n o p r s t u f kh ts ch sh i i ie e y e u j dz gj kj "
    "a gh q n o u u h h j i u k n n z s",
)
_RUSSIAN = _Table(
    _COMMON | {"ж": "zh", "и": "i", "й": "i", "щ": "shch", "ъ": "ie", "ь": "", "ю": "iu", "я": "ia"}
)
_UKRAINIAN = _Table(
    _RUSSIAN.letters | {"г": "h", "и": "y", "ъ": ""},
    initial={"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"},
    sequences={"зг": "zgh"},
)
_BELARUSIAN = _Table(_RUSSIAN.letters | {"г": "h", "ъ": ""})
_BULGARIAN = _Table(
    _RUSSIAN.letters | {"й": "y", "х": "h", "щ": "sht", "ъ": "a", "ь": "y", "ю": "yu", "я": "ya"},
    final={"ия": "ia"},
)
_SERBIAN = _Table(
    _COMMON | letter_table("жихцчшјђљњћџ", "ž i h c č š j đ lj nj ć dž") | {"ь": "", "ъ": ""}
)

_BY_LANGUAGE = {
    "uk": _UKRAINIAN,
    "ru": _RUSSIAN,
    "be": _BELARUSIAN,
    "bg": _BULGARIAN,
    "sr": _SERBIAN,
    "mk": _SERBIAN,
}
_TELLTALE_LETTERS = (
    (re.compile("[ђћџљњ]"), _SERBIAN),
    (re.compile("ў"), _BELARUSIAN),
    (re.compile("[іїєґ]"), _UKRAINIAN),
    (re.compile("[ыэё]"), _RUSSIAN),
)


def latin_from_cyrillic(word: str, lang: str) -> str:
    """The lower-case Latin spelling of a lower-case word."""
    return _spell(word, _table_for(word, lang))


def tables() -> dict[str, object]:
    """What spells a word of an unknown language: the tables, and the letters that tell."""
    telltales = [(letters.pattern, asdict(table)) for letters, table in _TELLTALE_LETTERS]
    return {"telltales": telltales, "otherwise": asdict(_RUSSIAN)}


def _table_for(word: str, lang: str) -> _Table:
    """The letters decide before the language: many Ukrainians have names in Russian spelling."""
    for letters, table in _TELLTALE_LETTERS:
        if letters.search(word):
            return table
    return _BY_LANGUAGE.get(lang, _RUSSIAN)


def _spell(word: str, table: _Table) -> str:
    ending = next((one for one in table.final if word.endswith(one)), "")
    word = word.removesuffix(ending)
    spelled = [table.initial.get(word[:1], "")]
    rest = word[1:] if spelled[0] else word
    for sequence, latin in table.sequences.items():
        rest = rest.replace(sequence, latin)
    spelled += [table.letters.get(char, char) for char in rest]
    return "".join(spelled) + table.final.get(ending, "")
