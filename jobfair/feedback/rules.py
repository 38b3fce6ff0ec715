"""The exhibitor's questionnaire: its questions, their closed answers, when it is asked."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from jobfair.fairs.rules import Phase

COMMENT_MOST = 4000
HIRES_MOST = 999
FIT_MOST = 5
ANSWER_TIME = timedelta(days=30)
REMIND_AFTER = timedelta(days=1)


class Talks(StrEnum):
    """How many conversations there were."""

    NONE = "0"
    FEW = "1-5"
    SOME = "6-10"
    MANY = "11-20"
    MORE = "more"


class Lacking(StrEnum):
    """What was missing most; several may apply."""

    GERMAN = "german"
    LICENCE = "licence"
    TRAINING = "training"
    COMMUTE = "commute"
    NOTHING = "nothing"
    OTHER = "other"


class Again(StrEnum):
    """Whether the exhibitor comes again."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True)
class AnswerInput:
    """What an exhibitor said; `fit` is from 1, not at all, to 5, very well."""

    talks: Talks
    hires: int
    fit: int
    again: Again
    lacking: tuple[Lacking, ...] = ()
    comment: str = ""

    def values(self) -> dict[str, Any]:
        """Return what the columns hold, by name; nothing is missing where something is."""
        missing = [one.value for one in self.lacking if one is not Lacking.NOTHING]
        return {
            **{field.name: getattr(self, field.name) for field in fields(self)},
            "lacking": missing or [one.value for one in self.lacking],
        }


def may_ask(phase: Phase) -> bool:
    """Tell whether exhibitors can say how it was."""
    return phase in (Phase.RUNNING, Phase.OVER)


def may_remind(sent_at: datetime, answered: bool, now: datetime) -> bool:
    """Tell whether a reminder would not come too soon."""
    return not answered and now >= sent_at + REMIND_AFTER
