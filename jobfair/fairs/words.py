"""Our wording: phases, the consequences of moving on, texts for a fair that has none."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from jobfair.fairs.rules import NEXT_PHASES, Phase, TextKey

PHASES: dict[Phase, Any] = {
    Phase.DRAFT: _l("Draft"),
    Phase.OPEN: _l("Registration is open"),
    Phase.CLOSED: _l("Registration is closed"),
    Phase.RUNNING: _l("The fair is running"),
    Phase.OVER: _l("The fair is over"),
    Phase.CANCELLED: _l("The fair is cancelled"),
}


@dataclass(frozen=True)
class Move:
    """A step that the organiser can take now, and what follows from it."""

    to: Phase
    label: Any
    consequence: Any


_MOVES: dict[tuple[Phase, Phase], tuple[Any, Any]] = {
    (Phase.DRAFT, Phase.OPEN): (
        _l("Open registration"),
        _l("The page of the fair becomes public, and households can register."),
    ),
    (Phase.OPEN, Phase.CLOSED): (
        _l("Close registration"),
        _l("Nobody can register any more. Whoever is registered keeps their places."),
    ),
    (Phase.OPEN, Phase.RUNNING): (
        _l("Start the fair"),
        _l("Registration ends, and the page of the fair says that it is running."),
    ),
    (Phase.OPEN, Phase.DRAFT): (
        _l("Hide the fair again"),
        _l("The page of the fair is no longer public. Only possible while nobody is registered."),
    ),
    (Phase.CLOSED, Phase.OPEN): (
        _l("Open registration again"),
        _l("Households can register again, as long as there are places."),
    ),
    (Phase.CLOSED, Phase.RUNNING): (
        _l("Start the fair"),
        _l("The page of the fair says that it is running."),
    ),
    (Phase.RUNNING, Phase.OVER): (
        _l("End the fair"),
        _l("The page of the fair says that it is over, and it leaves the list of fairs to come."),
    ),
    (Phase.RUNNING, Phase.CLOSED): (
        _l("It isn't running yet"),
        _l("The page of the fair says again that registration is closed."),
    ),
    (Phase.OVER, Phase.RUNNING): (
        _l("It isn't over yet"),
        _l("The page of the fair says again that it is running."),
    ),
}


def moves_from(phase: Phase) -> list[Move]:
    """Return the steps that can be taken from there, the usual one first."""
    return [Move(after, *_MOVES[phase, after]) for after in NEXT_PHASES[phase]]


@dataclass(frozen=True)
class Question:
    """A question that everybody asks, with the answer that holds for every fair."""

    key: TextKey
    text: Any
    answer: Any


QUESTIONS = (
    Question(
        TextKey.FREE,
        _l("Is it free?"),
        _l("Yes. The fair costs nothing."),
    ),
    Question(
        TextKey.CHILDREN,
        _l("Can I bring my children?"),
        _l("Yes. Register them too, so that there is a place for them."),
    ),
    Question(
        TextKey.LANGUAGE,
        _l("Does anybody there speak my language?"),
        _l("Tell us your language when you register. Interpreters and helpers are there."),
    ),
    Question(
        TextKey.PAPERS,
        _l("Which papers do I need?"),
        _l(
            "None to come in: your code or your name is enough. If you have a CV or"
            " certificates, bring them."
        ),
    ),
    Question(
        TextKey.MISSED_BUS,
        _l("What if I miss the bus?"),
        _l("Call us. We will tell you how you can still come or get home."),
    ),
)

OURS: dict[TextKey, Any] = {
    TextKey.LEAD: _l(
        "Meet employers who are looking for people. Talk to them directly. The fair is free."
    ),
    TextKey.ARRIVAL: _l("The buses with their times, or the address where there are none."),
    **{question.key: question.answer for question in QUESTIONS},
}
