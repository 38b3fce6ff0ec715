"""What the fair's page says where the organiser has written nothing."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from jobfair.fairs.rules import TextKey


@dataclass(frozen=True)
class Question:
    """A question that everybody asks, with the answer that holds for every fair."""

    key: TextKey
    text: Any
    answer: Any


QUESTIONS = (
    Question(
        TextKey.FREE,
        _l("Does it cost anything?"),
        _l("No. The fair is free, and so is the shuttle bus."),
    ),
    Question(
        TextKey.CHILDREN,
        _l("Can I bring my children?"),
        _l("Yes. Register them too, so that there is a seat on the bus for them."),
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
