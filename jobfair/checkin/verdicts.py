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

    `tones` are pairs of hertz and milliseconds; `buzz` are milliseconds on, off, on. What is
    `brief` goes by itself, all else stays until somebody has seen it.
    """

    look: str
    tones: tuple[tuple[int, int], ...]
    buzz: tuple[int, ...]
    brief: bool = False


@dataclass(frozen=True)
class Verdict:
    """An answer in a word, and in a sentence under it where the word is not enough."""

    word: Any
    signs: Signs
    why: Any = ""


ADMIT = Signs("v-admit", ((660, 110), (990, 160)), (80,), brief=True)
SEAL = Signs("v-seal", ((660, 110), (990, 110), (1320, 160)), (80, 80, 80), brief=True)
SAME = Signs("v-same", ADMIT.tones, ADMIT.buzz, brief=True)
AGAIN = Signs("v-again", ((520, 420),), (80, 80, 80))
NO = Signs("v-no", ((300, 180), (190, 320)), (400,))
WAIT = Signs("v-wait", ((440, 90), (440, 90), (440, 90)), (80, 80, 80, 80, 80))
LEFT = Signs("v-left", ((500, 200),), (80,), brief=True)
DESK = _l("Please send them to the help desk in a friendly way.")
KNOWN = _l("You have already let this person in.")

VERDICTS: dict[str, Verdict] = {
    Outcome.ADMITTED: Verdict(_l("Come in"), ADMIT),
    Outcome.ALREADY_INSIDE: Verdict(_l("Already inside"), AGAIN),
    Outcome.LEFT: Verdict(_l("Goodbye"), LEFT),
    Outcome.NOT_INSIDE: Verdict(_l("Goodbye"), LEFT, _l("There was no scan on the way in.")),
    Outcome.CANCELLED: Verdict(_l("Cancelled"), NO, DESK),
    Outcome.BLOCKED: Verdict(_l("Blocked"), NO, _l("A new badge replaced this one.")),
    Outcome.WRONG_FAIR: Verdict(_l("Other fair"), NO, _l("This badge belongs to another fair.")),
    Outcome.UNKNOWN: Verdict(_l("Not valid"), NO, _l("This code is not one of ours.")),
    Outcome.WAITLISTED: Verdict(_l("Waiting list"), WAIT, DESK),
    Outcome.FULL: Verdict(_l("Full"), WAIT, _l("Every place in here is taken.")),
    Outcome.BOARDED: Verdict(_l("Get on"), ADMIT),
    Outcome.ALREADY_BOARDED: Verdict(_l("Already on board"), AGAIN),
    Outcome.ALIGHTED: Verdict(_l("Got off"), LEFT),
    Outcome.WRONG_DEPARTURE: Verdict(
        _l("Other bus"), NO, _l("This person has no seat on this bus.")
    ),
    "seal": Verdict(_l("Come in"), SEAL, _l("New: the badge is genuine, the name follows.")),
    "repeat": Verdict(_l("Come in"), SAME, KNOWN),
    "repeat_boarded": Verdict(_l("Get on"), SAME, KNOWN),
}


def shown_verdicts() -> dict[str, dict[str, Any]]:
    """Return the table for the script, worded in the page's language."""
    return {
        str(name): {
            "word": str(verdict.word),
            "why": str(verdict.why),
            **asdict(verdict.signs),
        }
        for name, verdict in VERDICTS.items()
    }


@cache
def shapes() -> Markup:
    """Return the drawings of all verdicts as one sprite."""
    drawn = "".join(SHAPE.findall(SOURCE.read_text()))
    return Markup(f'<svg class="jf-sprite" aria-hidden="true" focusable="false">{drawn}</svg>')  # noqa: S704  # our own file
