"""Reading an unvowelled word in Arabic script by the shape of its syllables."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

_CONSONANTS = {
    "ب": "b", "پ": "p", "ت": "t", "ٹ": "t", "ټ": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h",
    "خ": "kh", "څ": "ts", "ځ": "dz", "د": "d", "ڈ": "d", "ډ": "d", "ذ": "dh", "ر": "r", "ڑ": "r",
    "ړ": "r", "ڕ": "r", "ز": "z", "ژ": "zh", "ږ": "zh", "س": "s", "ش": "sh", "ښ": "sh", "ص": "s",
    "ض": "d", "ط": "t", "ظ": "z", "غ": "gh", "ف": "f", "ڤ": "v", "ق": "q", "ك": "k", "ک": "k",
    "گ": "g", "ګ": "g", "ل": "l", "ڵ": "l", "م": "m", "ن": "n", "ڼ": "n", "ه": "h", "ھ": "h",
    "ہ": "h",
    # These carry a vowel, or a stop that Latin spellings leave out.
    "ع": "", "ء": "", "أ": "", "إ": "", "ٱ": "", "ئ": "", "ؤ": "",
}  # fmt: skip
_FOLLOWED_BY = {"إ": "i"}
_LONG = {"ا": "a", "آ": "a", "ى": "a", "ە": "e", "ێ": "e", "ۆ": "o", "ې": "e", "ۀ": "a"}
_SEMIVOWELS = {"و": ("w", "u"), "ي": ("y", "i"), "ی": ("y", "i"), "ے": ("y", "e")}
_SHORT = {"\u064e": "a", "\u064f": "u", "\u0650": "i", "\u0652": ""}  # the last: no vowel
_SHADDA = "\u0651"
_VOWEL_MARKS = frozenset(_SHORT) | {_SHADDA}
_AFTER_A_CONSONANT = frozenset(_LONG) | frozenset(_SEMIVOWELS) | frozenset("ة\u064e\u064f\u0650")


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a language reads what the script leaves open."""

    letters: dict[str, str]
    final: str = "ةهہ"  # the letters that stand for a vowel at the end of a word
    final_vowel: str = "a"
    after_long: str = "i"  # between two consonants that end a word after a long vowel
    spells_vowels: bool = False


@dataclass(frozen=True, slots=True)
class _Sound:
    latin: str
    is_vowel: bool = False
    follows: str | None = None  # the vowel after a consonant, where it is known


_BEGINNING = _Sound("", is_vowel=True)  # what the first sound of a word comes after
_PERSIAN_LETTERS = {"ث": "s", "ذ": "z", "ض": "z"}
_READINGS = {
    "ar": _Reading({}, final="ة"),
    "fa": _Reading(_PERSIAN_LETTERS | {"و": "v", "ق": "gh"}, final_vowel="eh", after_long="e"),
    "prs": _Reading(_PERSIAN_LETTERS),
    "ps": _Reading(_PERSIAN_LETTERS),
    "ur": _Reading(_PERSIAN_LETTERS),
    "ckb": _Reading(_PERSIAN_LETTERS, final="ة", spells_vowels=True),
}


def spell_by_rules(word: str, lang: str) -> str:
    """The lower-case Latin spelling of one word; empty if the word has no sound of its own."""
    reading = _READINGS.get(lang, _READINGS["ar"])
    sounds = _sounds(word.replace("وو", "و") if reading.spells_vowels else word, reading)
    return "".join(
        sound.latin + _vowel_after(position, sounds, reading)
        for position, sound in enumerate(sounds)
    )


def _sounds(word: str, reading: _Reading) -> list[_Sound]:
    sounds: list[_Sound] = []
    for position, char in enumerate(word):
        if sounds and char in _VOWEL_MARKS:
            sounds[-1:] = _marked(sounds[-1], char)
        else:
            before = sounds[-1] if sounds else _BEGINNING
            sounds += _sounds_of(char, word[position + 1 : position + 2], before, reading)
    return sounds


def _marked(sound: _Sound, mark: str) -> list[_Sound]:
    """The sound as the mark over its letter has it: doubled, or with its vowel known."""
    if mark == _SHADDA:
        return [_Sound(sound.latin, follows=""), sound]
    return [_Sound(sound.latin, sound.is_vowel, _SHORT[mark])]


def _sounds_of(char: str, after: str, before: _Sound, reading: _Reading) -> list[_Sound]:
    """The sound of a letter; none of what is no letter."""
    if not after and _is_final_vowel(char, before, reading):
        return [_Sound(reading.final_vowel, is_vowel=True)]
    if char in _SEMIVOWELS:
        return [_semivowel(char, after, before, reading)]
    if char in _LONG:
        return [_long_vowel(char, before)]
    latin = reading.letters.get(char, _CONSONANTS.get(char))
    return [] if latin is None else [_Sound(latin, follows=_FOLLOWED_BY.get(char))]


def _is_final_vowel(char: str, before: _Sound, reading: _Reading) -> bool:
    """Whether the last letter of a word is read as a vowel: ه also after an i."""
    if char not in reading.final:
        return False
    return not before.is_vowel or (char != "ة" and before.latin == "i")


def _semivowel(char: str, after: str, before: _Sound, reading: _Reading) -> _Sound:
    consonant, vowel = _SEMIVOWELS[char]
    if before.is_vowel or after in _AFTER_A_CONSONANT:
        return _Sound(reading.letters.get(char, consonant))
    return _Sound(vowel, is_vowel=True)


def _long_vowel(char: str, before: _Sound) -> _Sound:
    """The vowel; an alef that begins a word only carries a short one."""
    if char == "ا" and before is _BEGINNING:
        return _Sound("", follows="a")
    return _Sound(_LONG[char], is_vowel=True)


def _vowel_after(position: int, sounds: list[_Sound], reading: _Reading) -> str:
    """The short vowel to read after a sound, empty where there is none."""
    sound = sounds[position]
    if sound.is_vowel or not _is_consonant(position + 1, sounds):
        return ""
    if sound.follows is not None:
        return sound.follows
    if reading.spells_vowels:
        return "i" if position in (0, len(sounds) - 2) else ""
    return _likely_vowel(position, sounds, reading)


def _likely_vowel(position: int, sounds: list[_Sound], reading: _Reading) -> str:
    """The vowel that most names have between this consonant and the next."""
    next_is_doubled = sounds[position + 1].follows == ""
    if next_is_doubled:
        return "a"
    if position > 0 and sounds[position - 1].is_vowel:
        return reading.after_long
    before_last = position == len(sounds) - 2
    return "a" if before_last or _opens_syllable(position, sounds) else ""


def _is_consonant(position: int, sounds: list[_Sound]) -> bool:
    """Whether a consonant is at this place; outside the word there is none."""
    return 0 <= position < len(sounds) and not sounds[position].is_vowel


def _opens_syllable(position: int, sounds: list[_Sound]) -> bool:
    """Whether a consonant that stands before another begins a syllable.

    Of the consonants since the last vowel or the beginning of the word every other one does.
    """
    run = 0
    while _is_consonant(position - run - 1, sounds):
        run += 1
    return run % 2 == 0


def tables(languages: Iterable[str]) -> dict[str, object]:
    """What `spell_by_rules` knows of letters and languages, for a script that does the same."""
    return {
        "consonants": _CONSONANTS,
        "followed": _FOLLOWED_BY,
        "long": _LONG,
        "semivowels": _SEMIVOWELS,
        "short": _SHORT,
        "shadda": _SHADDA,
        "after": "".join(sorted(_AFTER_A_CONSONANT)),
        "readings": {lang: asdict(_READINGS[lang]) for lang in languages},
    }
