"""Proposals for the web address of a fair."""

import re
import unicodedata

from jobfair.core.text import latin_proposal
from jobfair.fairs.rules import SLUG_MOST

_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_WORD = re.compile(r"[\w']+")
_PLAIN_WORD = re.compile("[a-z0-9]+")


def propose_slug(name: str, year: int) -> str:
    """Return an address that is easy to say: the name in plain letters, and the year."""
    spelled = name.lower().translate(_SPELLED_OUT)
    plain = " ".join(_plain(word) for word in _WORD.findall(spelled))
    words = _PLAIN_WORD.findall(plain)
    if str(year) not in words:
        room = SLUG_MOST - len(f"-{year}")
        words = ["-".join(words)[:room].strip("-"), str(year)]
    return "-".join(word for word in words if word)[:SLUG_MOST].strip("-")


def _plain(word: str) -> str:
    latin = word if word.isascii() else latin_proposal(word).lower()
    return unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
