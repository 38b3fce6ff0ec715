"""Keys under which a name is found again by its sound, whatever script or country spelled it.

What spellings agree on is kept: the consonants, whether the first vowel is round, whether the
name ends in an open vowel (Samir is not Samira), and that it begins with a vowel at all.
"""

from jobfair.core.text.keys import name_key
from jobfair.core.text.latin import latin_proposal
from jobfair.core.text.tables import Step, take

_SIGNS: dict[int, str] = str.maketrans(
    {"ş": "sh", "ș": "sh", "š": "sh", "ś": "sh", "ç": "ch", "č": "ch", "ć": "ch"}
    | {"ž": "zh", "ț": "ts", "ţ": "ts", "đ": "dj"}
)
_ARTICLES = frozenset({"al", "el", "ul"})
_WRITTEN_TOGETHER = (
    # Abd al-Rahman, Abdul Rahman, Abdurrahman
    Step.of(
        r"\babd ?[aeou]{1,2}(?:l ?|[rnszdt] |(?=([rnszdt])\1))(?=[a-z]{3})|\babd (?=[a-z]{3})",
        "abd",
    ),
    # Nour al-Din, Noureddine
    Step.of(r"([a-z]{2}) ?[aeiou]{1,2}[ld] ?d[ie]+ne?\b", r"\1din"),
    # Najib Ullah, Nasr Allah
    Step.of(r" (?=[aeu]llah?\b)", ""),
)
_SOUNDS = {  # the longest first; x stands for the sound of sh, j for that of German or English j
    "schtsch": "x", "shch": "x", "szcz": "x", "dsch": "j", "tsch": "h", "dzh": "j", "tch": "h",
    "sch": "x", "sh": "x", "sz": "x", "zh": "x", "dj": "j", "cz": "h", "ch": "h", "kh": "h",
    "gh": "h", "g": "h", "ts": "s", "tz": "s", "z": "s", "ce": "se", "ci": "si", "cy": "sy",
    "ck": "k", "c": "k", "q": "k", "x": "ks", "th": "t", "dh": "d", "dt": "t", "ph": "f", "w": "v",
}  # fmt: skip
_STEPS = (
    Step.of(r"^[ck]hr", "kr"),  # Khrystyna, Christina
    Step.of(r"^x", "kh"),  # Xalid, as Kurds and Somalis spell
    Step.of(r"([aeiouy])h$", r"\1"),
    Step.by_table(_SOUNDS),
    Step.of(r"(.)\1+", r"\1"),
    Step.of(r"t$", "d"),  # Mehmed, Mehmet
    Step.of(r"p$", "b"),
    Step.of(r"^(?:[iy](?=[aou])|j(?!e))", "Y"),  # Yusuf, Jusuf, Iusuf
    Step.of(r"^[aeiouyj][aeiouy]*", "A"),  # Olena, Elena, Jelena
    Step.of(r"^([^aeiouyA]+)[ou]", r"\1O"),  # Hussein is not Hassan
    Step.of(r"[aeiouy]*[ae]$", "A"),
    Step.of(r"([aeouyAO]j(?=[aeiouyA]))|j", r"\1"),  # Katja, Andrej; but Najib
    Step.of(r"[aeiouy]+", ""),
)


def sound_keys(name: str) -> tuple[str, ...]:
    """The sound of each word of the name, under which Mohammed, Muhamad and محمد meet."""
    spelled = latin_proposal(name).lower().translate(_SIGNS)
    words = take(_WRITTEN_TOGETHER, name_key(spelled)).split()
    names = [word for word in words if word not in _ARTICLES] or words
    return tuple(take(_STEPS, word).lower() for word in names)


def tables() -> dict[str, object]:
    """What `sound_keys` does to the words of a key, for a script that does the same."""
    return {
        "signs": {chr(code): latin for code, latin in _SIGNS.items()},
        "together": [step.written() for step in _WRITTEN_TOGETHER],
        "articles": sorted(_ARTICLES),
        "steps": [step.written() for step in _STEPS],
    }
