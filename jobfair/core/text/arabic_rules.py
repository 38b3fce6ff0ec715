"""Reading an unvowelled word in Arabic script by the shape of its syllables."""

from dataclasses import dataclass

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
_FINAL = "ةهہ"
_LONG = {"ا": "a", "آ": "a", "ى": "a", "ە": "e", "ێ": "e", "ۆ": "o", "ې": "e", "ۀ": "a"}
_SEMIVOWELS = {"و": ("w", "u"), "ي": ("y", "i"), "ی": ("y", "i"), "ے": ("y", "e")}
_SHORT = {"\u064e": "a", "\u064f": "u", "\u0650": "i", "\u0652": ""}  # the last: no vowel
_SHADDA = "\u0651"
_AFTER_A_CONSONANT = frozenset(_LONG) | frozenset(_SEMIVOWELS) | frozenset("ة\u064e\u064f\u0650")


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a language reads what the script leaves open."""

    letters: dict[str, str]
    final_h: str = ""  # the vowel that ه stands for at the end of a word
    after_long: str = "i"  # between two consonants that end a word after a long vowel
    spells_vowels: bool = False


@dataclass(frozen=True, slots=True)
class _Sound:
    latin: str
    is_vowel: bool = False
    follows: str | None = None  # the vowel after a consonant, where it is known


_PERSIAN_LETTERS = {"ث": "s", "ذ": "z", "ض": "z"}
_READINGS = {
    "ar": _Reading({}),
    "fa": _Reading(_PERSIAN_LETTERS | {"و": "v", "ق": "gh"}, final_h="eh", after_long="e"),
    "prs": _Reading(_PERSIAN_LETTERS, final_h="a"),
    "ps": _Reading(_PERSIAN_LETTERS, final_h="a"),
    "ur": _Reading(_PERSIAN_LETTERS, final_h="a"),
    "ckb": _Reading(_PERSIAN_LETTERS, spells_vowels=True),
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
        before = sounds[-1] if sounds else None
        if char in _SHORT and before is not None:
            sounds[-1] = _Sound(before.latin, before.is_vowel, _SHORT[char])
        elif char == _SHADDA and before is not None:
            sounds[-1:] = [_Sound(before.latin, follows=""), before]
        else:
            sound = _sound(char, word[position + 1 : position + 2], before, reading)
            sounds += [] if sound is None else [sound]
    return sounds


def _sound(char: str, after: str, before: _Sound | None, reading: _Reading) -> _Sound | None:
    if _is_final_vowel(char, after, before, reading):
        return _Sound(reading.final_h or "a", is_vowel=True)
    if char in _SEMIVOWELS:
        return _semivowel(char, after, before, reading)
    if char == "ا" and before is None:
        return _Sound("", follows="a")
    if char in _LONG:
        return _Sound(_LONG[char], is_vowel=True)
    latin = reading.letters.get(char, _CONSONANTS.get(char))
    return None if latin is None else _Sound(latin, follows=_FOLLOWED_BY.get(char))


def _is_final_vowel(char: str, after: str, before: _Sound | None, reading: _Reading) -> bool:
    if after or before is None or char not in _FINAL:
        return False
    if char == "ة":
        return not before.is_vowel
    return bool(reading.final_h) and (not before.is_vowel or before.latin == "i")


def _semivowel(char: str, after: str, before: _Sound | None, reading: _Reading) -> _Sound:
    consonant, vowel = _SEMIVOWELS[char]
    begins = before is None or before.is_vowel
    if begins or after in _AFTER_A_CONSONANT:
        return _Sound(reading.letters.get(char, consonant))
    return _Sound(vowel, is_vowel=True)


def _vowel_after(position: int, sounds: list[_Sound], reading: _Reading) -> str:
    """The short vowel to read after a sound, empty where there is none."""
    sound = sounds[position]
    following = sounds[position + 1 : position + 2]
    if sound.is_vowel or not following or following[0].is_vowel:
        return ""
    if sound.follows is not None:
        return sound.follows
    return _likely_vowel(position, sounds, reading)


def _likely_vowel(position: int, sounds: list[_Sound], reading: _Reading) -> str:
    """The vowel that most names have between this consonant and the next."""
    before_last = position == len(sounds) - 2
    if reading.spells_vowels:
        return "i" if before_last or position == 0 else ""
    next_is_doubled = sounds[position + 1].follows == ""
    if position > 0 and sounds[position - 1].is_vowel and not next_is_doubled:
        return reading.after_long
    opens = before_last or next_is_doubled or _opens_syllable(position, sounds)
    return "a" if opens else ""


def _opens_syllable(position: int, sounds: list[_Sound]) -> bool:
    """Whether a consonant that stands before another begins a syllable.

    Of the consonants since the last vowel or the beginning of the word every other one does.
    """
    run = 0
    while run < position and not sounds[position - run - 1].is_vowel:
        run += 1
    return run % 2 == 0
