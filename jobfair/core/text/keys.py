"""Keys under which a name is found again, however it was spelled."""

import re
import unicodedata

from jobfair.core.text.latin import latin_proposal

# Letters that Unicode doesn't take apart into a base letter and a mark.
_FOLDED = str.maketrans(
    {
        "ß": "ss", "æ": "a", "ø": "o", "œ": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
        "ı": "i", "ħ": "h", "ə": "a", "ŋ": "n",
    }
)  # fmt: skip
_SPELLED_OUT_UMLAUT = re.compile("(?<=[aou])e+")


def name_key(name: str) -> str:
    """The folded spelling for search: Müller, Mueller and Muller have the same key."""
    latin = latin_proposal(name).casefold().translate(_FOLDED)
    plain = "".join(
        char
        for char in unicodedata.normalize("NFKD", latin)
        if char in " -" or (char.isascii() and char.isalnum())
    )
    return " ".join(_SPELLED_OUT_UMLAUT.sub("", plain.replace("-", " ")).split())
