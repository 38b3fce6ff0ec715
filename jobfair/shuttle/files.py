"""Strict reading of JSON files: every fault is named with its place, nothing is guessed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

MOST_BYTES = 32 * 1024 * 1024
TEXT_MOST = 200
WHOLE_MOST = 1_000_000_000
NUMBER_MOST = 1e12


class FileFault(Exception):
    """What a file may not say, and where."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place}: {what}" if place else what)
        self.place = place
        self.what = what


@dataclass(frozen=True)
class Node:
    """A value with its place in the file, as in `stops[3].lat`."""

    value: object
    place: str = ""
    file: str = ""

    def refuse(self, what: str) -> NoReturn:
        """Raise the fault that this place has."""
        raise FileFault(": ".join(filter(None, (self.file, self.place))), what)

    def find(self, key: str) -> "Node | None":
        """Return that field of an object; None where it is absent or null."""
        if not isinstance(self.value, dict):
            self.refuse("an object is needed")
        value = self.value.get(key)
        return None if value is None else Node(value, self._below(key), self.file)

    def __getitem__(self, key: str) -> "Node":
        """Return that field of an object, which has to be there."""
        found = self.find(key)
        if found is None:
            Node(None, self._below(key), self.file).refuse("is missing")
        return found

    def _below(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def each(self, least: int = 0) -> Iterator["Node"]:
        """Go through the entries of a list, which has at least so many."""
        if not isinstance(self.value, list):
            self.refuse("a list is needed")
        if len(self.value) < least:
            self.refuse(f"at least {least} needed")
        for index, value in enumerate(self.value):
            yield Node(value, f"{self.place}[{index}]", self.file)

    def text(self) -> str:
        """Return a printable text that isn't empty."""
        if not isinstance(self.value, str):
            self.refuse("a text is needed")
        if not 0 < len(self.value) <= TEXT_MOST or not self.value.isprintable():
            self.refuse(f"1 to {TEXT_MOST} printable characters are needed")
        return self.value

    def whole(self, least: int = 0, most: int = WHOLE_MOST) -> int:
        """Return a whole number within these limits."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.refuse("a whole number is needed")
        if not least <= self.value <= most:
            self.refuse(f"a whole number from {least} to {most} is needed")
        return self.value

    def number(self, least: float = 0, most: float = NUMBER_MOST) -> float:
        """Return a finite number within these limits."""
        if not isinstance(self.value, int | float) or isinstance(self.value, bool):
            self.refuse("a number is needed")
        if not least <= self.value <= most:
            self.refuse(f"a number from {least:g} to {most:g} is needed")
        return float(self.value)

    def one_of(self, *choices: str) -> str:
        """Return a text that is one of these."""
        if self.value not in choices:
            self.refuse(f"{' or '.join(choices)} is needed")
        return str(self.value)


def distinct(nodes: list[Node]) -> list[str]:
    """Return the texts at these places, no two of which are the same."""
    seen: dict[str, str] = {}
    for node in nodes:
        text = node.text()
        if text in seen:
            node.refuse(f"{text!r} is already at {seen[text]}")
        seen[text] = node.place
    return list(seen)


def read_object(path: Path, most_bytes: int = MOST_BYTES) -> Node:
    """Return the object in a UTF-8 file of strict JSON; refuse what is too large unread."""
    try:
        if path.stat().st_size > most_bytes:
            raise FileFault(str(path), f"larger than {most_bytes // 1024**2} MB")
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except OSError as error:
        raise FileFault(str(path), error.strerror or "can't be read") from None
    if len(content) > most_bytes:
        raise FileFault(str(path), f"larger than {most_bytes // 1024**2} MB")
    return parse_object(content, str(path))


def parse_object(content: bytes, name: str) -> Node:
    """Return the object that these bytes are; faults of the JSON itself are told with `name`."""
    try:
        value = json.loads(
            content.decode(), object_pairs_hook=_object, parse_constant=_refuse_constant
        )
    except UnicodeDecodeError as error:
        raise FileFault(name, f"byte {error.start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        place = f"{name}, line {error.lineno}, column {error.colno}"
        raise FileFault(place, f"no JSON ({error.msg})") from None
    except (RecursionError, ValueError) as error:
        what = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise FileFault(name, what) from None
    if not isinstance(value, dict):
        raise FileFault(name, "a JSON object is needed")
    return Node(value, file=name)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} stands twice in an object")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")
