"""Writes the exhibitors of the demo fair, each approved, with its stand and what it offers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from jobfair.core.db import assert_writing
from jobfair.core.text import name_key
from jobfair.data import demo_facts, municipalities, municipality
from jobfair.data.demo import DemoCompany, DemoPosting
from jobfair.data.work import GermanLevel, Licence, WorkField
from jobfair.demo.accounts import EXHIBITOR
from jobfair.demo.rules import Calendar
from jobfair.exhibitors.models import Exhibitor, Stand
from jobfair.exhibitors.operations import add_posting, give_access
from jobfair.exhibitors.rules import (
    ExhibitorKind,
    ExhibitorState,
    OrganisationInput,
    PostingInput,
    StandNeed,
)
from jobfair.fairs.models import Room

ROOMS = ("Foyer", "Großer Sitzungssaal")
SPARE_STANDS = 2
DECIDING = timedelta(days=2)


def add_exhibitors(fair_id: int, rooms: Sequence[Room], number: int, calendar: Calendar) -> int:
    """Have so many exhibitors at stands of these rooms, and return how many offers they have."""
    stands = _add_stands(fair_id, rooms, number + SPARE_STANDS)
    postings = 0
    for place, company in enumerate(_companies(number)):
        exhibitor = _exhibitor(fair_id, stands[place].id, place, company, calendar)
        assert_writing().add(exhibitor)
        assert_writing().flush()
        give_access(exhibitor, now=calendar.made_at)
        for offer in company.postings:
            add_posting(exhibitor, _posting(offer))
        postings += len(company.postings)
    assert_writing().flush()
    return postings


def _add_stands(fair_id: int, rooms: Sequence[Room], number: int) -> list[Stand]:
    """Have the stands shared out among the rooms, lettered by them: A1, A2, …, B1, …"""
    each = -(-number // len(rooms))
    stands = [
        Stand(
            fair_id=fair_id,
            room_id=rooms[position // each].id,
            label=f"{'ABCDEFGH'[position // each]}{position % each + 1}",
            position=position,
        )
        for position in range(number)
    ]
    assert_writing().add_all(stands)
    assert_writing().flush()
    return stands


def _companies(number: int) -> Iterator[DemoCompany]:
    """Give so many companies; after the first round they are branches in other places."""
    companies, places = demo_facts().companies, municipalities()
    for place in range(number):
        branch, company = divmod(place, len(companies))
        found = companies[company]
        if branch:
            site = places[(branch + company) % len(places)]
            found = replace(found, name=f"{found.name}, {site.display_name}", place=site.ags)
        yield found


def _exhibitor(
    fair_id: int, stand_id: int, place: int, company: DemoCompany, calendar: Calendar
) -> Exhibitor:
    local = name_key(company.name).replace(" ", "-")
    said = OrganisationInput(
        name=company.name,
        kind=ExhibitorKind(company.kind),
        branch=company.branch,
        contact_name=company.contact,
        contact_email=f"{local}@example.org" if place else EXHIBITOR,
        place=municipality(company.place).display_name,
        needs=tuple(StandNeed(need) for need in company.needs),
    )
    applied_at = calendar.made_at + timedelta(hours=place)
    return Exhibitor(
        fair_id=fair_id,
        submission_key=f"demo-{place + 1}",
        lang="de",
        state=ExhibitorState.APPROVED,
        stand_id=stand_id,
        link_version=1,
        applied_at=applied_at,
        confirmed_at=applied_at + timedelta(hours=1),
        decided_at=applied_at + DECIDING,
        **said.values(),
    )


def _posting(offer: DemoPosting) -> PostingInput:
    return PostingInput(
        title=offer.title,
        field=WorkField(offer.field),
        german_level=GermanLevel(offer.german_level),
        licence=Licence(offer.licence),
        place=municipality(offer.place).display_name,
        by_bus=offer.bus,
        text=offer.text,
    )
