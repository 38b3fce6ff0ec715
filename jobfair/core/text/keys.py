"""Keys under which a name is found again, however it was spelled."""

import unicodedata
from string import ascii_letters

from jobfair.core.text.latin import latin_proposal
from jobfair.core.text.tables import Step

_PLAIN = frozenset(ascii_letters + " ")
SPELLED_OUT_UMLAUT = Step.of(r"([aou])e+", r"\1")
_LETTERS_OF_THEIR_OWN = {"ə": "a", "ð": "d", "ŋ": "n", "þ": "th"}


def name_key(name: str) -> str:
    """The folded spelling for search: Müller, Mueller and Muller have the same key."""
    plain = plain_letters(latin_proposal(name).replace("-", " "))
    return " ".join(SPELLED_OUT_UMLAUT.apply(plain).split())


def plain_letters(text: str) -> str:
    """The text in letters from a to z and blanks, every letter and nothing else kept."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(_plain(char) for char in decomposed)


def _plain(char: str) -> str:
    """A letter without what tells it from one of a to z; nothing for marks and apostrophes."""
    if char in _PLAIN:
        return char
    if not char.isalpha():
        return ""
    return _LETTERS_OF_THEIR_OWN.get(char) or _base_letter(char)


def _base_letter(char: str) -> str:
    """The letter in the Unicode name, such as L in LATIN SMALL LETTER L WITH STROKE."""
    letter, _, _ = unicodedata.name(char).partition(" WITH ")
    return letter.rpartition(" ")[2].lower()
