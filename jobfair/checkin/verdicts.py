"""How each answer looks, sounds and is worded: one table for template and script."""

import re
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from jobfair.checkin.rules import Outcome
from jobfair.web.icons import SOURCE

SHAPE = re.compile(r'<symbol id="v-[a-z]+".*?</symbol>', re.DOTALL)


@dataclass(frozen=True)
class Signs:
    """What tells answers apart without reading: `look` names ground, frame and shape alike.

    `tones` are pairs of hertz and milliseconds; `buzz` are milliseconds on, off, on.
    """

    look: str
    tones: tuple[tuple[int, int], ...]
    buzz: tuple[int, ...]


@dataclass(frozen=True)
class Verdict:
    """An answer in a word, and in a sentence under it where the word is not enough."""

    word: Any
    signs: Signs
    why: Any = ""


ADMIT = Signs("v-admit", ((660, 110), (990, 160)), (80,))
AGAIN = Signs("v-again", ((520, 420),), (80, 80, 80))
NO = Signs("v-no", ((300, 180), (190, 320)), (400,))
WAIT = Signs("v-wait", ((440, 90), (440, 90), (440, 90)), (80, 80, 80, 80, 80))
LEFT = Signs("v-left", ((500, 200),), (80,))
DESK = _l("Please send them to the help desk in a friendly way.")

VERDICTS: dict[Outcome, Verdict] = {
    Outcome.ADMITTED: Verdict(_l("Come in"), ADMIT),
    Outcome.ALREADY_INSIDE: Verdict(_l("Already inside"), AGAIN),
    Outcome.LEFT: Verdict(_l("Goodbye"), LEFT),
    Outcome.NOT_INSIDE: Verdict(_l("Goodbye"), LEFT, _l("There was no scan on the way in.")),
    Outcome.CANCELLED: Verdict(_l("Cancelled"), NO, DESK),
    Outcome.BLOCKED: Verdict(_l("Blocked"), NO, _l("A new badge replaced this one.")),
    Outcome.WRONG_FAIR: Verdict(_l("Other fair"), NO, _l("This badge belongs to another fair.")),
    Outcome.UNKNOWN: Verdict(_l("Not valid"), NO, _l("This code is not one of ours.")),
    Outcome.WAITLISTED: Verdict(_l("Waiting list"), WAIT, DESK),
    Outcome.FULL: Verdict(_l("Full"), WAIT, _l("Every place in the hall is taken.")),
}


def shown_verdicts() -> dict[str, dict[str, Any]]:
    """Return the table for the script, worded in the page's language."""
    return {
        outcome.value: {
            "word": str(verdict.word),
            "why": str(verdict.why),
            **asdict(verdict.signs),
        }
        for outcome, verdict in VERDICTS.items()
    }


@cache
def shapes() -> Markup:
    """Return the drawings of all verdicts as one sprite."""
    drawn = "".join(SHAPE.findall(SOURCE.read_text()))
    return Markup(f'<svg class="jf-sprite" aria-hidden="true" focusable="false">{drawn}</svg>')  # noqa: S704  # our own file
