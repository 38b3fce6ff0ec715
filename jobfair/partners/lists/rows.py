"""What a list says, row by row and household by household, and what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time

from jobfair.attendees.rules import PersonInput
from jobfair.partners.lists.columns import Column

Identity = tuple[tuple[str, ...], str]


def identity(sounds: str, place: str) -> Identity:
    """Return under what a person is recognised: the sounds of the name in any order, and where."""
    return tuple(sorted(filter(None, sounds.split("|")))), place


@dataclass(frozen=True, slots=True)
class StopFact:
    """A stop from which a bus goes to the fair."""

    id: int
    municipality: str
    name: str


@dataclass(frozen=True, slots=True)
class WindowFact:
    """An arrival window, in the fair's local time."""

    id: int
    label: str
    starts_at: time
    ends_at: time
    capacity: int


@dataclass(frozen=True, slots=True)
class Context:
    """What rows are judged by; `lang` and `place` hold where a household says none.

    `known` are the people whom the same partner registered before.
    """

    year: int
    lang: str = ""
    place: str = ""
    stops: tuple[StopFact, ...] = ()
    windows: tuple[WindowFact, ...] = ()
    known: frozenset[Identity] = frozenset()


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row's cells by what they say; `anyway` takes a person who looks like another one."""

    number: int
    values: Mapping[Column, str]
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and in which cell; `row` is the other one where it takes two."""

    column: Column
    code: str
    row: int | None = None

    def __str__(self) -> str:
        """Return it as one word, to be stored."""
        return f"{self.column}:{self.code}" + ("" if self.row is None else f":{self.row}")

    @classmethod
    def of(cls, stored: str) -> "Fault":
        """Return the fault that was stored as one word."""
        column, code, *rest = stored.split(":")
        return cls(Column(column), code, int(rest[0]) if rest else None)


@dataclass(frozen=True, slots=True)
class Home:
    """What holds for a whole household; each value of the first row that says it."""

    place: str = ""
    lang: str = ""
    phone: str = ""
    email: str = ""
    window_id: int | None = None
    stop_id: int | None = None


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row with the person it stands for, none where it can't be known, and its faults."""

    row: ListRow
    person: PersonInput | None
    faults: tuple[Fault, ...] = ()

    @property
    def number(self) -> int:
        """Return the row's number in the file."""
        return self.row.number


@dataclass(frozen=True, slots=True)
class JudgedHousehold:
    """The rows that belong together; saved whole or not at all."""

    key: str
    rows: tuple[JudgedRow, ...]
    home: Home = field(default_factory=Home)

    @property
    def is_good(self) -> bool:
        """Tell whether all of it can be registered."""
        return not any(row.faults for row in self.rows)

    @property
    def people(self) -> tuple[PersonInput, ...]:
        """Return the people that are known."""
        return tuple(row.person for row in self.rows if row.person is not None)


def rows_in(households: Iterable[JudgedHousehold]) -> int:
    """Return how many rows the households have."""
    return sum(len(one.rows) for one in households)
