"""Keys under which a name is found again by its sound, whatever script or country spelled it.

What spellings agree on is kept: the consonants, whether the first vowel is round, whether the
name ends in an open vowel (Samir is not Samira), and that it begins with a vowel at all.
"""

import re

from jobfair.core.text.keys import name_key
from jobfair.core.text.latin import latin_proposal

_SIGNS = str.maketrans(
    {"ş": "sh", "ș": "sh", "š": "sh", "ś": "sh", "ç": "ch", "č": "ch", "ć": "ch"}
    | {"ž": "zh", "ț": "ts", "ţ": "ts", "đ": "dj"}
)
_ARTICLES = frozenset({"al", "el", "ul"})
_WRITTEN_TOGETHER = (
    # Abd al-Rahman, Abdul Rahman, Abdurrahman
    (r"\babd ?[aeou]{1,2}(?:l ?|[rnszdt] |(?=([rnszdt])\1))(?=[a-z]{3})|\babd (?=[a-z]{3})", "abd"),
    # Nour al-Din, Noureddine
    (r"(?<=[a-z]{2}) ?[aeiou]{1,2}[ld] ?d[ie]+ne?\b", "din"),
    # Najib Ullah, Nasr Allah
    (r"(?<=[a-z]) (?=[aeu]llah?\b)", ""),
)
_TOGETHER = tuple((re.compile(pattern), joined) for pattern, joined in _WRITTEN_TOGETHER)
_SOUNDS = {  # the longest first; x stands for the sound of sh, j for that of German or English j
    "schtsch": "x", "shch": "x", "szcz": "x", "dsch": "j", "tsch": "h", "dzh": "j", "tch": "h",
    "sch": "x", "sh": "x", "sz": "x", "zh": "x", "dj": "j", "cz": "h", "ch": "h", "kh": "h",
    "gh": "h", "g": "h", "ts": "s", "tz": "s", "z": "s", "ce": "se", "ci": "si", "cy": "sy",
    "ck": "k", "c": "k", "q": "k", "x": "ks", "th": "t", "dh": "d", "dt": "t", "ph": "f", "w": "v",
}  # fmt: skip
_SPELLED = re.compile("|".join(_SOUNDS))
_STEPS = (
    (re.compile(r"^[ck]hr"), "kr"),  # Khrystyna, Christina
    (re.compile(r"^x"), "kh"),  # Xalid, as Kurds and Somalis spell
    (re.compile(r"(?<=[aeiouy])h$"), ""),
    (_SPELLED, lambda found: _SOUNDS[found[0]]),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"t$"), "d"),  # Mehmed, Mehmet
    (re.compile(r"p$"), "b"),
    (re.compile(r"^(?:[iy](?=[aou])|j(?!e))"), "Y"),  # Yusuf, Jusuf, Iusuf
    (re.compile(r"^[aeiouyj][aeiouy]*"), "A"),  # Olena, Elena, Jelena
    (re.compile(r"^([^aeiouyA]+)[ou]"), r"\1O"),  # Hussein is not Hassan
    (re.compile(r"[aeiouy]*[ae]$"), "A"),
    (re.compile(r"(?<![aeouyAO])j|j(?![aeiouyA])"), ""),  # Katja, Andrej; but Najib
    (re.compile(r"[aeiouy]+"), ""),
)


def sound_keys(name: str) -> tuple[str, ...]:
    """The sound of each word of the name, under which Mohammed, Muhamad and محمد meet."""
    key = name_key(latin_proposal(name).lower().translate(_SIGNS))
    for pattern, joined in _TOGETHER:
        key = pattern.sub(joined, key)
    words = key.split()
    names = [word for word in words if word not in _ARTICLES] or words
    return tuple(_sound(word) for word in names)


def _sound(word: str) -> str:
    for pattern, heard in _STEPS:
        word = pattern.sub(heard, word)
    return word.lower()
