"""The exhibitor's questionnaire: its questions and their closed answers."""

from enum import StrEnum

COMMENT_MOST = 4000


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
