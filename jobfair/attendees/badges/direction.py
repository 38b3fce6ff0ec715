"""Which way each character of a line runs, by the Unicode bidirectional algorithm (UAX 9)."""

from __future__ import annotations

import unicodedata
from typing import Any

from bidi import algorithm as bidi
from bidi import get_base_level
from bidi.mirror import MIRRORED

_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}


def is_right_to_left(text: str) -> bool:
    """Tell whether a paragraph's first letter is written from the right."""
    return bool(text and get_base_level(text))


def embedding_levels(text: str, rtl: bool) -> list[int]:
    """Return the level of each character of a line; the odd ones run from the right.

    The algorithm works without joiners and their like; they take the level before them.
    """
    kept = "".join(char for char in text if unicodedata.bidirectional(char) != "BN")
    base = int(rtl)
    storage = bidi.get_empty_storage()
    storage["base_level"] = base
    storage["base_dir"] = "LR"[base]
    bidi.get_embedding_levels(kept, storage)
    bidi.explicit_embed_and_overrides(storage)
    bidi.resolve_weak_types(storage)
    _resolve_brackets(storage["chars"], "LR"[base])
    bidi.resolve_neutral_types(storage, debug=False)
    bidi.resolve_implicit_levels(storage, debug=False)
    return _with_joiners(text, [char["level"] for char in storage["chars"]], base)


def _with_joiners(text: str, resolved: list[int], base: int) -> list[int]:
    """Return the levels of all characters from those of the characters that are no joiners."""
    level, levels, following = base, [], iter(resolved)
    for char in text:
        if unicodedata.bidirectional(char) != "BN":
            level = next(following)
        levels.append(level)
    return levels


def _resolve_brackets(chars: list[dict[str, Any]], embedding: str) -> None:
    """Give both brackets of a pair one direction: rule N0, which the library leaves out."""
    for opening, closing in _bracket_pairs(chars):
        inside = {_STRONG.get(char["type"]) for char in chars[opening + 1 : closing]} - {None}
        if embedding in inside:
            direction = embedding
        elif inside:
            before = (_STRONG.get(char["type"]) for char in reversed(chars[:opening]))
            direction = next(filter(None, before), embedding)
        else:
            continue
        chars[opening]["type"] = chars[closing]["type"] = direction


def _bracket_pairs(chars: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Return the places of matching brackets, by their opening ones (definition BD16)."""
    pairs: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for place, char in enumerate(chars):
        category = unicodedata.category(char["ch"])
        if category == "Ps" and char["ch"] in MIRRORED:
            waiting.append((MIRRORED[char["ch"]], place))
        elif category == "Pe":
            for depth in reversed(range(len(waiting))):
                closer, opening = waiting[depth]
                if closer == char["ch"]:
                    pairs.append((opening, place))
                    del waiting[depth:]
                    break
    return sorted(pairs)
