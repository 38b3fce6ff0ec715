"""Reads about exhibitors, their postings and stands."""

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from jobfair.core.db import session
from jobfair.core.errors import NotFound
from jobfair.core.text import clean_line, name_key
from jobfair.exhibitors.models import Exhibitor, Posting, Stand
from jobfair.exhibitors.rules import NAME_MOST, ExhibitorState, company_key
from jobfair.fairs.models import Room

WHOLE: tuple[ORMOption, ...] = (joinedload(Exhibitor.stand), selectinload(Exhibitor.postings))
BY_STAND = (
    Exhibitor.stand_id.is_(None),
    Stand.position,
    sa.func.lower(Exhibitor.name),
    Exhibitor.id,
)


@dataclass(frozen=True)
class ExhibitorCounts:
    """How many exhibitors stand where; `without_stand` and `postings` are of the approved."""

    applied: int
    confirmed: int
    approved: int
    declined: int
    without_stand: int
    postings: int


@dataclass(frozen=True)
class StandRow:
    """A stand, the room it is in, and who has it."""

    id: int
    label: str
    room_id: int | None
    room: str
    exhibitor_id: int | None
    exhibitor: str


def find_exhibitor(exhibitor_id: int) -> Exhibitor | None:
    """Return the exhibitor with its stand and postings."""
    query = sa.select(Exhibitor).where(Exhibitor.id == exhibitor_id).options(*WHOLE)
    return session().scalar(query)


def get_exhibitor(fair_id: int, exhibitor_id: int) -> Exhibitor:
    """Return the exhibitor of that fair with its stand and postings; raise NotFound."""
    exhibitor = find_exhibitor(exhibitor_id)
    if exhibitor is None or exhibitor.fair_id != fair_id:
        raise NotFound("not_found")
    return exhibitor


def find_submission(fair_id: int, submission_key: str) -> Exhibitor | None:
    """Return the exhibitor that this submission made, with its postings."""
    query = sa.select(Exhibitor).where(
        Exhibitor.fair_id == fair_id, Exhibitor.submission_key == submission_key
    )
    return session().scalar(query.options(*WHOLE))


def list_own(user_id: int) -> list[Exhibitor]:
    """Return the exhibitors for which the user is the contact, the newest first."""
    query = sa.select(Exhibitor).where(Exhibitor.user_id == user_id)
    return list(session().scalars(query.order_by(Exhibitor.id.desc())))


def list_shown(fair_id: int) -> list[Exhibitor]:
    """Return the approved exhibitors with stand and postings, in the order of the stands."""
    return list_applications(fair_id, ExhibitorState.APPROVED)


def list_applications(
    fair_id: int, state: ExhibitorState | None = None, text: str = ""
) -> list[Exhibitor]:
    """Return the exhibitors in that state whose name, contact or offer says this."""
    query = (
        sa.select(Exhibitor)
        .outerjoin(Stand, Stand.id == Exhibitor.stand_id)
        .where(Exhibitor.fair_id == fair_id)
        .order_by(*BY_STAND)
        .options(*WHOLE)
    )
    if state is not None:
        query = query.where(Exhibitor.state == state)
    found = list(session().scalars(query))
    wanted = clean_line(text, NAME_MOST)
    return [exhibitor for exhibitor in found if _says(exhibitor, wanted)] if wanted else found


def counts(fair_id: int) -> ExhibitorCounts:
    """Return the figures of the fair's exhibitors."""
    state, one = Exhibitor.state, sa.func.count()
    approved = state == ExhibitorState.APPROVED
    query = sa.select(
        one.filter(state == ExhibitorState.APPLIED),
        one.filter(state == ExhibitorState.CONFIRMED),
        one.filter(approved),
        one.filter(state == ExhibitorState.DECLINED),
        one.filter(approved, Exhibitor.stand_id.is_(None)),
    ).where(Exhibitor.fair_id == fair_id)
    postings = (
        sa.select(one)
        .select_from(Posting)
        .join(Posting.exhibitor)
        .where(Posting.fair_id == fair_id, approved)
    )
    return ExhibitorCounts(*session().execute(query).one(), session().scalar(postings) or 0)


def sizes(fair_id: int) -> dict[ExhibitorState, int]:
    """Return how many exhibitors are in each state."""
    query = (
        sa.select(Exhibitor.state, sa.func.count())
        .where(Exhibitor.fair_id == fair_id)
        .group_by(Exhibitor.state)
    )
    return dict(session().execute(query).all())


def twins(fair_id: int) -> dict[int, list[str]]:
    """Return, for each exhibitor that seems to be there twice, the names of the others."""
    query = sa.select(Exhibitor.id, Exhibitor.name).where(
        Exhibitor.fair_id == fair_id, Exhibitor.state != ExhibitorState.WITHDRAWN
    )
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for exhibitor_id, name in session().execute(query.order_by(Exhibitor.id)):
        groups[company_key(name)].append((exhibitor_id, name))
    return {
        exhibitor_id: [name for other, name in group if other != exhibitor_id]
        for group in groups.values()
        if len(group) > 1
        for exhibitor_id, _name in group
    }


def list_stands(fair_id: int) -> list[StandRow]:
    """Return the stands of the fair with room and exhibitor, in their order."""
    query = (
        sa.select(
            Stand.id,
            Stand.label,
            Stand.room_id,
            sa.func.coalesce(Room.name, ""),
            Exhibitor.id,
            sa.func.coalesce(Exhibitor.name, ""),
        )
        .outerjoin(Room, Room.id == Stand.room_id)
        .outerjoin(Exhibitor, Exhibitor.stand_id == Stand.id)
        .where(Stand.fair_id == fair_id)
        .order_by(Stand.position, Stand.id)
    )
    return [StandRow(*row) for row in session().execute(query)]


def get_stand(fair_id: int, stand_id: int) -> StandRow:
    """Return that stand of the fair; raise NotFound."""
    found = next((stand for stand in list_stands(fair_id) if stand.id == stand_id), None)
    if found is None:
        raise NotFound("not_found")
    return found


def _says(exhibitor: Exhibitor, text: str) -> bool:
    """Tell whether it is found under that text; a name is, however it is spelled."""
    shown = (exhibitor.name, exhibitor.branch, exhibitor.place, exhibitor.contact_name)
    words = (*shown, *(posting.title for posting in exhibitor.postings))
    typed, key = text.casefold(), name_key(text)
    if any(typed in word.casefold() for word in (*words, exhibitor.contact_email)):
        return True
    return bool(key) and any(key in name_key(word) for word in words)


def posting_of(exhibitor: Exhibitor, posting_id: int) -> Posting:
    """Return that offer of the exhibitor, whose postings are loaded; raise NotFound."""
    found = next((posting for posting in exhibitor.postings if posting.id == posting_id), None)
    if found is None:
        raise NotFound("not_found")
    return found
