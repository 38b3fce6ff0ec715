"""Badge codes: twelve characters of Crockford's base32, as printed under the QR code."""

import re
import secrets
import unicodedata
from random import Random

from jobfair.core.text import to_western_digits

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4

_LONGEST_INPUT = 300
_BADGE_ADDRESS = re.compile(r"(?:https?://)?[^/?#]+/b/([^/?#]*)/?(?:[?#].*)?", re.IGNORECASE)
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")

# Characters that people take for others, and Cyrillic keys that look the same.
# Crockford's alphabet has no U and assigns it no value, so a code with a U is refused.
_CONFUSED = str.maketrans("ILOАВЕКМНОРСТХІ", "110ABEKMH0PCTX1")


def draw_code(rng: Random | None = None, length: int = LENGTH) -> str:
    """A new code of 5 random bits a character, from the system's randomness unless told."""
    source = rng or secrets.SystemRandom()
    return "".join(source.choices(ALPHABET, k=length))


def normalise_code(typed: str) -> str | None:
    """The code that was typed or scanned, alone or in a badge's address, or None if it is none."""
    if _CODE.fullmatch(typed):
        return typed
    if len(typed) > _LONGEST_INPUT:
        return None
    text = typed.strip()
    address = _BADGE_ADDRESS.fullmatch(text)
    code = plain_code(address[1] if address else text)
    return code if _CODE.fullmatch(code) else None


def plain_code(typed: str) -> str:
    """What was typed, in the alphabet as far as it can be meant so, without what means nothing."""
    bare = "".join(char for char in typed if not _is_filler(char))
    return to_western_digits(bare.upper()).translate(_CONFUSED)


def group_code(code: str, size: int = GROUP) -> str:
    """The code in groups, as people read it out."""
    return " ".join(code[start : start + size] for start in range(0, len(code), size))


def _is_filler(char: str) -> bool:
    """Spaces, dashes and invisible characters mean nothing in a code."""
    return char.isspace() or unicodedata.category(char) in {"Pd", "Cf"}
