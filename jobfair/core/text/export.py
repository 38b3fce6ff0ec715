"""The tables of this package as data, for the search by name on the devices at the door.

The device has no network, so its script spells and folds what is typed by itself. It has no
rule of its own: patterns, letters and names are those of the modules here.
"""

from collections.abc import Iterator
from functools import cache

from jobfair.core.text import alphabets, arabic, cyrillic, ethiopic, sounds
from jobfair.core.text.keys import SPELLED_OUT_UMLAUT, plain_letters
from jobfair.core.text.latin import APOSTROPHES, HYPHENS, named_letter
from jobfair.core.text.scripts import Script, script_of_character

# The blocks that names in the scripts of our languages are typed with. Letters beyond them have
# no key on the device: such names are found by the signs that they are written in.
_BLOCKS = (
    (0x0080, 0x0700),  # Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic
    (0x0750, 0x0780),  # Arabic
    (0x10A0, 0x1100),  # Georgian
    (0x1200, 0x13A0),  # Ethiopic
    (0x1C90, 0x1CC0),  # Georgian
    (0x1E00, 0x2000),  # Latin of Vietnam, Greek with its old marks
)


@cache
def search_tables() -> dict[str, object]:
    """Everything that names.js needs for the keys that `name_key` and `sound_keys` make."""
    return {
        "hyphens": HYPHENS.pattern,
        "apostrophes": APOSTROPHES.pattern,
        "umlaut": SPELLED_OUT_UMLAUT.written(),
        "letters": _letters(),
        "cyrillic": cyrillic.tables(),
        "arabic": arabic.tables() | {"characters": _arabic()},
        "ethiopic": ethiopic.syllables(),
        "alphabets": alphabets.LETTERS,
        "sounds": sounds.tables(),
    }


def _letters() -> dict[str, dict[str, str]]:
    """The letters of each script: what is left of a Latin one, and how others are named."""
    found: dict[str, dict[str, str]] = {script: {} for script in Script}
    for char in filter(str.isalpha, _characters()):
        script = script_of_character(char)
        latin = script is Script.LATIN
        found[script][char] = plain_letters(char) if latin else named_letter(char)
    return found


def _characters() -> Iterator[str]:
    return (chr(code) for block in _BLOCKS for code in range(*block))


def _arabic() -> str:
    """All characters that make a word one for the Arabic rules, also those that are no letters."""
    arabic_ones = (one for one in _characters() if script_of_character(one) is Script.ARABIC)
    return "".join(arabic_ones)
