"""The tables of this package as data, for the search by name on the devices at the door.

The device has no network, so its script spells and folds what is typed by itself. It has no
rule of its own: patterns, letters and names are those of the modules here.
"""

from functools import cache

from jobfair.core.text import alphabets, arabic, cyrillic, ethiopic, sounds
from jobfair.core.text.keys import SPELLED_OUT_UMLAUT, plain_letters
from jobfair.core.text.latin import APOSTROPHES, HYPHENS, named_letter
from jobfair.core.text.scripts import Script, script_of_character

# Letters from here to there are told apart: all that the scripts of our languages are typed
# with. Those of other scripts have no key on the device; names are found as they are written.
_FIRST, _LAST = 0x80, 0x1FFF


@cache
def search_tables() -> dict[str, object]:
    """Everything that names.js needs for the keys that `name_key` and `sound_keys` make."""
    return {
        "hyphens": HYPHENS.pattern,
        "apostrophes": APOSTROPHES.pattern,
        "umlaut": SPELLED_OUT_UMLAUT.written(),
        "letters": _letters(),
        "cyrillic": cyrillic.tables(),
        "arabic": arabic.tables() | {"characters": _characters(Script.ARABIC)},
        "ethiopic": ethiopic.syllables(),
        "alphabets": alphabets.LETTERS,
        "sounds": sounds.tables(),
    }


def _letters() -> dict[str, dict[str, str]]:
    """The letters of each script: what is left of a Latin one, and how others are named."""
    found: dict[str, dict[str, str]] = {script: {} for script in Script if script != Script.OTHER}
    for char in map(chr, range(_FIRST, _LAST + 1)):
        script = script_of_character(char)
        if char.isalpha() and script is not Script.OTHER:
            latin = script is Script.LATIN
            found[script][char] = plain_letters(char) if latin else named_letter(char)
    return found


def _characters(script: Script) -> str:
    """All characters of the script, also those that are no letters."""
    characters = map(chr, range(_FIRST, _LAST + 1))
    return "".join(char for char in characters if script_of_character(char) is script)
