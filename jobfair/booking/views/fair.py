"""The fair's page: when, where, how to get there, who is there, and what everybody asks."""

from operator import itemgetter

from flask import render_template
from flask.typing import ResponseReturnValue

from jobfair.booking.example import example_journey
from jobfair.booking.outlook import places_of
from jobfair.booking.rules import registration_now
from jobfair.booking.views.blueprint import blueprint, visible_fair
from jobfair.core import clock
from jobfair.exhibitors.models import Exhibitor, Posting
from jobfair.exhibitors.queries import list_shown
from jobfair.exhibitors.rules import may_apply
from jobfair.exhibitors.words import LEVELS, LICENCES
from jobfair.fairs.queries import list_windows, texts_of
from jobfair.fairs.words import QUESTIONS
from jobfair.web.access import public
from jobfair.web.locale import current_language

EXHIBITORS_SHOWN = 5
POSTINGS_SHOWN = 4


@blueprint.get("/<fair:fair>")
@public
def fair_page() -> ResponseReturnValue:
    """Show the fair."""
    fair = visible_fair()
    now = clock.now()
    exhibitors = list_shown(fair.id)
    postings = _by_turns(exhibitors)
    return render_template(
        "booking/fair.html",
        texts=texts_of(fair.id, current_language().code),
        state=registration_now(
            fair.phase, fair.registration_opens_at, fair.registration_closes_at, now
        ),
        now=now,
        places=places_of(fair, list_windows(fair.id)),
        example=example_journey(fair.id),
        exhibitors=exhibitors[:EXHIBITORS_SHOWN],
        exhibitor_count=len(exhibitors),
        postings=postings[:POSTINGS_SHOWN],
        posting_count=len(postings),
        questions=QUESTIONS,
        takes_exhibitors=may_apply(fair.phase),
        levels=LEVELS,
        licences=LICENCES,
    )


def _by_turns(exhibitors: list[Exhibitor]) -> list[tuple[Exhibitor, Posting]]:
    """Return the first posting of each exhibitor, then the second of each, and so on."""
    turns = [
        (turn, exhibitor, posting)
        for exhibitor in exhibitors
        for turn, posting in enumerate(exhibitor.postings)
    ]
    return [(exhibitor, posting) for _, exhibitor, posting in sorted(turns, key=itemgetter(0))]
