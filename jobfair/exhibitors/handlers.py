"""What happens to stands when a fair is copied, and who is told when it is not as announced."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import sqlalchemy as sa

from jobfair.core.db import assert_writing
from jobfair.core.languages import ui_language_for
from jobfair.exhibitors import letters
from jobfair.exhibitors.models import Exhibitor, Stand
from jobfair.exhibitors.operations import url_of, write_to
from jobfair.exhibitors.rules import OWN_PAGE_STATES
from jobfair.fairs.events import FairCancelled, FairCopied, FairPostponed
from jobfair.fairs.models import Fair, Room
from jobfair.fairs.queries import find_text
from jobfair.fairs.rules import TextKey
from jobfair.mail.rules import Letter


def on_fair_copied(event: FairCopied) -> None:
    """Have the new fair the stands of the earlier one, in the rooms of the same names."""
    session = assert_writing()
    rooms = sa.select(Room.name, Room.id).where(Room.fair_id == event.to_id)
    room_ids = dict(session.execute(rooms).all())
    earlier = (
        sa.select(Stand.label, Stand.position, Room.name)
        .outerjoin(Room, Room.id == Stand.room_id)
        .where(Stand.fair_id == event.from_id)
    )
    session.add_all(
        Stand(fair_id=event.to_id, label=label, position=position, room_id=room_ids.get(room or ""))
        for label, position, room in session.execute(earlier)
    )


def on_fair_postponed(event: FairPostponed) -> None:
    """Have the exhibitors be told when the fair is instead."""

    def letter(exhibitor: Exhibitor, words: str, fair: Fair) -> Letter:
        return letters.fair_postponed(exhibitor, fair, event.earlier, words, url_of(exhibitor))

    _tell_all(event.fair_id, "fair_postponed", letter, event.now)


def on_fair_cancelled(event: FairCancelled) -> None:
    """Have the exhibitors be told that the fair doesn't take place."""

    def letter(exhibitor: Exhibitor, words: str, fair: Fair) -> Letter:
        return letters.fair_cancelled(exhibitor, fair, words)

    _tell_all(event.fair_id, "fair_cancelled", letter, event.now)


def _tell_all(
    fair_id: int, kind: str, letter: Callable[[Exhibitor, str, Fair], Letter], now: datetime
) -> None:
    """Have a mail leave for every exhibitor that counts on the fair, with the organiser's words."""
    counting = (Exhibitor.fair_id == fair_id, Exhibitor.state.in_(OWN_PAGE_STATES))
    query = sa.select(Exhibitor).where(*counting).order_by(Exhibitor.id)
    for exhibitor in assert_writing().scalars(query).all():
        news = find_text(fair_id, TextKey.NEWS, ui_language_for(exhibitor.lang))
        words = news.body if news else ""
        write_to(exhibitor, kind, partial(letter, exhibitor, words), now=now)
