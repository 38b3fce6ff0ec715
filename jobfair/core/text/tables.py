"""How the tables and the steps of this package are written down.

The search on the devices at the door runs the same ones in JavaScript (`search_tables`), so they
are plain data; patterns do without lookbehind, which phones of 2022 don't know.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """What is written instead of whatever matches: text with `\\1` for the group, or a table."""

    pattern: re.Pattern[str]
    heard: str | Mapping[str, str]

    @classmethod
    def of(cls, pattern: str, heard: str) -> "Step":
        """The step for a pattern as it is written down."""
        return cls(re.compile(pattern), heard)

    @classmethod
    def by_table(cls, table: Mapping[str, str]) -> "Step":
        """The step that replaces each key of the table, of two that match the first."""
        return cls(re.compile("|".join(map(re.escape, table))), table)

    def written(self) -> tuple[str, str | Mapping[str, str]]:
        """The step as JavaScript takes it."""
        heard = self.heard.replace("\\1", "$1") if isinstance(self.heard, str) else self.heard
        return self.pattern.pattern, heard

    def apply(self, text: str) -> str:
        """The text after the step."""
        if isinstance(self.heard, str):
            return self.pattern.sub(self.heard, text)
        table = self.heard
        return self.pattern.sub(lambda found: table[found[0]], text)


def take(steps: Iterable[Step], text: str) -> str:
    """The text after all steps, one after the other."""
    for step in steps:
        text = step.apply(text)
    return text


def letter_table(letters: str, spellings: str) -> dict[str, str]:
    """Each letter with the spelling at its place among the blank-separated ones."""
    return dict(zip(letters, spellings.split(), strict=True))
