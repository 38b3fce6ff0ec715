"""What all answers say together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jobfair.feedback.rules import Again, AnswerInput, Lacking, Talks


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
    talks = Counter(answer.talks for answer in answers)
    again = Counter(answer.again for answer in answers)
    lacking = Counter(one for answer in answers for one in answer.lacking)
    ranked = sorted(Lacking, key=lambda one: -lacking[one])
    return Report(
        answered=len(answers),
        hires=sum(answer.hires for answer in answers),
        fit=sum(answer.fit for answer in answers) / len(answers) if answers else None,
        talks=tuple((one, talks[one]) for one in Talks),
        lacking=tuple((one, lacking[one]) for one in ranked),
        again=tuple((one, again[one]) for one in Again),
    )
