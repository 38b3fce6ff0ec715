"""What pages and files call the answers."""

from typing import Any

from flask_babel import lazy_gettext as _l

from jobfair.feedback.rules import Again, Lacking, Talks

TALKS: dict[Talks, Any] = {
    Talks.NONE: "0",
    Talks.FEW: "1–5",
    Talks.SOME: "6–10",
    Talks.MANY: "11–20",
    Talks.MORE: _l("more"),
}

LACKING: dict[Lacking, Any] = {
    Lacking.GERMAN: _l("German"),
    Lacking.LICENCE: _l("Driving licence"),
    Lacking.TRAINING: _l("Training"),
    Lacking.COMMUTE: _l("Way to work"),
    Lacking.NOTHING: _l("nothing"),
    Lacking.OTHER: _l("something else"),
}

AGAIN: dict[Again, Any] = {
    Again.YES: _l("Yes"),
    Again.MAYBE: _l("Perhaps"),
    Again.NO: _l("No"),
}
