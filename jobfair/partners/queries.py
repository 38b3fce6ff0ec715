"""Reads about a partner's own people and groups, and about the partners of a fair."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from jobfair.accounts.models import PartnerGroup
from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.operations import coming
from jobfair.attendees.queries import Filters, get_whole_household, list_people
from jobfair.attendees.rules import AttendeeState, HouseholdState
from jobfair.checkin.queries import who_came
from jobfair.core.db import session
from jobfair.core.errors import NotFound
from jobfair.fairs.models import Fair
from jobfair.places.queries import Waiting, count_waiting, list_waiting
from jobfair.shuttle.queries import Journey, journeys_of


@dataclass(frozen=True)
class Wanted:
    """What a partner's list is narrowed to; empty means all."""

    text: str = ""
    state: HouseholdState | None = None
    group_id: int | None = None


@dataclass(frozen=True)
class Own:
    """A household of the partner as its list shows it."""

    household: Household
    people: list[Attendee]
    waiting: Waiting | None
    journey: Journey | None
    came: int

    @property
    def lacks_contact(self) -> bool:
        """Tell whether nobody can reach them but whoever sees them."""
        return not (self.household.phone or self.household.email)


@dataclass(frozen=True)
class OwnTotals:
    """How many households and people a partner has registered, and how many of them wait."""

    households: int
    people: int
    waiting: int
    came: int


@dataclass(frozen=True)
class GroupSize:
    """A group of a partner, and how many households and people of it come or wait."""

    group: PartnerGroup
    households: int
    people: int


def households_by_partner(fair_id: int) -> dict[int, int]:
    """Return how many households each partner of the fair has registered, cancelled ones left."""
    query = (
        sa.select(Household.partner_id, sa.func.count().label("households"))
        .where(
            Household.fair_id == fair_id,
            Household.partner_id.is_not(None),
            Household.state != HouseholdState.CANCELLED,
        )
        .group_by(Household.partner_id)
    )
    return {row.partner_id: row.households for row in session().execute(query)}


def get_own(fair_id: int, partner_id: int, household_id: int) -> Household:
    """Return the household if this partner registered it for this fair; raise NotFound."""
    household = get_whole_household(household_id)
    mine = (household.fair_id, household.partner_id) == (fair_id, partner_id)
    if not mine or household.erased_at is not None:
        raise NotFound("not_found")
    return household


def own_totals(fair_id: int, partner_id: int) -> OwnTotals:
    """Return the figures above the partner's list."""
    stays = Attendee.state == AttendeeState.REGISTERED
    holds = sa.and_(stays, Household.state == HouseholdState.REGISTERED)
    waits = sa.and_(stays, Household.state == HouseholdState.WAITLISTED)
    query = (
        sa.select(
            sa.func.count(sa.distinct(Household.id)).filter(holds),
            sa.func.count().filter(holds),
            sa.func.count().filter(waits),
        )
        .select_from(Attendee)
        .join(Attendee.household)
        .where(*_theirs(fair_id, partner_id))
    )
    households, people, waiting = session().execute(query).one()
    ids = sa.select(Attendee.id).join(Attendee.household).where(*_theirs(fair_id, partner_id))
    came = who_came(fair_id, session().scalars(ids).all())
    return OwnTotals(households, people, waiting, len(came))


def list_own(
    fair: Fair, partner_id: int, wanted: Wanted, *, limit: int, offset: int = 0
) -> tuple[int, list[Own]]:
    """Return how many households match, and a page of them by the name of their first person."""
    rules = _narrowed(fair.id, partner_id, wanted)
    total = session().scalar(sa.select(sa.func.count()).select_from(Household).where(*rules))
    # First, since it reads households anew without their groups.
    waiting = (
        {one.household.id: one for one in list_waiting(fair)} if count_waiting(fair.id) else {}
    )
    households = session().scalars(_by_name(rules).limit(limit).offset(offset)).all()
    return total or 0, _with_standing(fair, households, waiting)


def list_to_print(fair_id: int, partner_id: int, *, group_id: int | None = None) -> list[Household]:
    """Return the partner's households that have places, by family, with what their sheets show."""
    rules = _theirs(fair_id, partner_id)
    if group_id is not None:
        rules.append(Household.group_id == group_id)
    return _printable(rules)


def list_chosen(fair_id: int, household_ids: Collection[int]) -> list[Household]:
    """Return those of these households that have places, by family, with what sheets show."""
    chosen = Household.id.in_(household_ids)
    return _printable([Household.fair_id == fair_id, Household.erased_at.is_(None), chosen])


def list_groups(fair_id: int, partner_id: int) -> list[GroupSize]:
    """Return the partner's groups by name, with their sizes."""
    stays = sa.and_(
        Attendee.state == AttendeeState.REGISTERED, Household.state != HouseholdState.CANCELLED
    )
    query = (
        sa.select(
            PartnerGroup,
            sa.func.count(sa.distinct(Household.id)).filter(stays),
            sa.func.count(Attendee.id).filter(stays),
        )
        .outerjoin(Household, Household.group_id == PartnerGroup.id)
        .outerjoin(Attendee, Attendee.household_id == Household.id)
        .where(PartnerGroup.fair_id == fair_id, PartnerGroup.partner_id == partner_id)
        .group_by(PartnerGroup.id)
        .order_by(sa.func.lower(PartnerGroup.name))
    )
    return [GroupSize(*row) for row in session().execute(query)]


def get_group(
    fair_id: int, partner_id: int, group_id: int, *, locked: bool = False
) -> PartnerGroup:
    """Return the partner's group; raise NotFound. While it is `locked` nobody else drops it."""
    query = sa.select(PartnerGroup).filter_by(fair_id=fair_id, partner_id=partner_id, id=group_id)
    group = session().scalar(query.with_for_update() if locked else query)
    if group is None:
        raise NotFound("not_found")
    return group


def list_without_group(fair_id: int, partner_id: int) -> list[Household]:
    """Return the partner's households that are in no group, by name."""
    rules = [
        *_theirs(fair_id, partner_id),
        Household.group_id.is_(None),
        Household.state != HouseholdState.CANCELLED,
    ]
    return list(session().scalars(_by_name(rules)))


def _theirs(fair_id: int, partner_id: int) -> "list[sa.ColumnElement[bool]]":
    return [
        Household.fair_id == fair_id,
        Household.partner_id == partner_id,
        Household.erased_at.is_(None),
    ]


def _narrowed(fair_id: int, partner_id: int, wanted: Wanted) -> "list[sa.ColumnElement[bool]]":
    rules = _theirs(fair_id, partner_id)
    if wanted.state is not None:
        rules.append(Household.state == wanted.state)
    if wanted.group_id is not None:
        rules.append(Household.group_id == wanted.group_id)
    if wanted.text.strip():
        _total, found = list_people(fair_id, Filters(text=wanted.text, partner_id=partner_id))
        rules.append(Household.id.in_({one.household_id for one in found}))
    return rules


def _by_name(rules: "Sequence[sa.ColumnElement[bool]]") -> "sa.Select[Household]":
    first = sa.and_(Attendee.household_id == Household.id, Attendee.position == 0)
    return (
        sa.select(Household)
        .outerjoin(Attendee, first)
        .where(*rules)
        .options(selectinload(Household.people), joinedload(Household.group))
        .order_by(
            sa.func.lower(Attendee.family_name), sa.func.lower(Attendee.given_name), Household.id
        )
    )


def _printable(rules: "Sequence[sa.ColumnElement[bool]]") -> list[Household]:
    badges = selectinload(Household.people).joinedload(Attendee.badge)
    rules = [*rules, Household.state == HouseholdState.REGISTERED]
    found = session().scalars(_by_name(rules).options(badges))
    return [household for household in found if coming(household)]


def _with_standing(
    fair: Fair, households: Sequence[Household], waiting: Mapping[int, Waiting]
) -> list[Own]:
    journeys = journeys_of([one.id for one in households])
    came = who_came(fair.id, [person.id for one in households for person in one.people])
    return [
        Own(
            household=one,
            people=coming(one),
            waiting=waiting.get(one.id),
            journey=journeys.get(one.id),
            came=sum(person.id in came for person in one.people),
        )
        for one in households
    ]
