"""Strict reading of JSON files: every fault is named with its place, nothing is guessed."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

MOST_BYTES = 32 * 1024 * 1024
TEXT_MOST = 200
WHOLE_MOST = 1_000_000_000
NUMBER_MOST = 1e12
DIGITS_MOST = 1000


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
        return None if value is None else Node(value, self.below(key), self.file)

    def __getitem__(self, key: str) -> "Node":
        """Return that field of an object, which has to be there."""
        found = self.find(key)
        if found is None:
            Node(None, self.below(key), self.file).refuse("is missing")
        return found

    def below(self, key: str) -> str:
        """Return the place of that field."""
        return f"{self.place}.{key}" if self.place else key

    def each(self, least: int = 0, most: int = WHOLE_MOST) -> Iterator["Node"]:
        """Go through the entries of a list, whose length is within these limits."""
        if not isinstance(self.value, list):
            self.refuse("a list is needed")
        if len(self.value) < least:
            self.refuse(f"at least {least} needed")
        if len(self.value) > most:
            self.refuse(f"at most {most} are possible")
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
    """Return the object that these bytes are; whatever else they are is told with `name`."""
    reader = _Reader()
    try:
        root = Node(reader.read(content.decode()), file=name)
        if reader.has_faults:
            _refuse_faults(root)
    except UnicodeDecodeError as error:
        raise FileFault(name, f"byte {error.start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        place = f"{name}, line {error.lineno}, column {error.colno}"
        raise FileFault(place, f"no JSON ({error.msg})") from None
    except RecursionError:
        raise FileFault(name, "nested too deeply") from None
    if not isinstance(root.value, dict):
        raise FileFault(name, "a JSON object is needed")
    return root


@dataclass(frozen=True)
class _Fault:
    """What is wrong with a value, in its place: only whoever knows the whole can say where."""

    what: str


class _Reader:
    """Reads JSON, and notices what strict JSON doesn't have."""

    def __init__(self) -> None:
        self.has_faults = False

    def read(self, text: str) -> object:
        """Return what the text says, with faults in the places where they are."""
        return json.loads(
            text,
            object_pairs_hook=self._object,
            parse_constant=self._constant,
            parse_int=self._whole,
        )

    def _object(self, pairs: list[tuple[str, object]]) -> object:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        twice, _times = Counter(key for key, _value in pairs).most_common(1)[0]
        return self._fault(f"the key '{_shown(twice)}' stands twice in an object")

    def _constant(self, name: str) -> _Fault:
        return self._fault(f"{name} is no number in JSON")

    def _whole(self, digits: str) -> int | _Fault:
        if len(digits) > DIGITS_MOST:
            return self._fault(f"a number has more than {DIGITS_MOST} digits")
        return int(digits)

    def _fault(self, what: str) -> _Fault:
        self.has_faults = True
        return _Fault(what)


def _refuse_faults(node: Node) -> None:
    """Raise the first fault that is there, with its place."""
    if isinstance(node.value, _Fault):
        node.refuse(node.value.what)
    if isinstance(node.value, dict):
        for key, value in node.value.items():
            _refuse_faults(Node(value, node.below(_shown(key)), node.file))
    if isinstance(node.value, list):
        for entry in node.each():
            _refuse_faults(entry)


def _shown(key: str) -> str:
    """Return a key so that it can stand in a line."""
    return ascii(key)[1:-1][:TEXT_MOST]
