"""What all answers say together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from jobfair.feedback.rules import Again, AnswerInput, Lacking, Talks

K = TypeVar("K", bound=StrEnum)


@dataclass(frozen=True)
class Report:
    """Sums over the answers; `fit` is the average, None where nobody answered."""

    answered: int
    hires: int
    fit: float | None
    talks: tuple[tuple[Talks, int], ...]
    lacking: tuple[tuple[Lacking, int], ...]
    again: tuple[tuple[Again, int], ...]

    @property
    def again_yes(self) -> int:
        """Return how many come again."""
        return dict(self.again)[Again.YES]


def summarise(answers: Sequence[AnswerInput]) -> Report:
    """Return the sums; what is lacking stands in order of its frequency."""
    lacking = _counted(Lacking, (one for answer in answers for one in answer.lacking))
    return Report(
        answered=len(answers),
        hires=sum(answer.hires for answer in answers),
        fit=sum(answer.fit for answer in answers) / len(answers) if answers else None,
        talks=_counted(Talks, (answer.talks for answer in answers)),
        lacking=tuple(sorted(lacking, key=lambda pair: -pair[1])),
        again=_counted(Again, (answer.again for answer in answers)),
    )


def _counted(kinds: type[K], given: Iterable[K]) -> tuple[tuple[K, int], ...]:
    """Return how often each of the closed answers was given, in their order."""
    number = Counter(given)
    return tuple((kind, number[kind]) for kind in kinds)
