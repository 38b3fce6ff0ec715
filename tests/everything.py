"""Rows in every table, with values that can be found again in a dump of the database."""

from dataclasses import dataclass

import sqlalchemy as sa

from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.audit.operations import record
from jobfair.core.actor import SYSTEM, Role
from jobfair.core.db import Base, session, transaction
from jobfair.places.models import Offer
from jobfair.shuttle.models import Departure, Stop
from jobfair.shuttle.rules import Direction, RequestState
from tests import factories as make

FAMILY = {
    "email": "zyanytska@family.example",
    "phone": "0151 99887766",
}
PERSON = {
    "given_name": "Zoryana",
    "family_name": "Zyanytska",
    "own_given_name": "Зоряна",
    "own_family_name": "Зяницька",
    "name_key": "zoryana zyanytska",
    "sound_key": "|sryn|synytsk",
    "birth_year": 1913,
}
CONTACT = {
    "contact_name": "Quirin Quast",
    "contact_email": "quast@contact.example",
    "contact_phone": "0541 4455667",
    "needs_note": "Quast kommt im Rollstuhl",
}
COLLEAGUE = {"email": "wessels@team.example", "name": "Wiebke Wessels", "password_hash": "argon-w"}
SAID = "Herr Zyanytska hat seinen Ausweis vergessen"
COMMENT = "Fragen an Quast"
ASKED = {"name": "Ferdinande Fragt", "email": "fragt@help.example", "phone": "0176 5550001"}


@dataclass(frozen=True)
class Everything:
    """The ids of the subjects whose values are above, and of the fair."""

    fair_id: int
    household_id: int
    exhibitor_id: int
    user_id: int


def make_everything() -> Everything:
    """Make at least one row in each table."""
    fair = make.make_fair()
    room = make.make_room(fair)
    make.make_text(fair)
    user = make.make_user(Role.ORGANISER, fair.id, **COLLEAGUE)
    make.make_session(user)
    make.make_one_use_link(user)
    make.make_window(fair)
    make.make_sponsor(fair)
    make.make_access_request(fair, **ASKED)
    household_id = _household(fair, user.id)
    _partners(fair, user, household_id)
    stand = make.make_stand(fair, room_id=room.id)
    exhibitor = make.make_exhibitor(fair, stand_id=stand.id, user_id=user.id, **CONTACT)
    make.make_posting(exhibitor)
    make.make_answer(make.make_invitation(exhibitor), comment=COMMENT)
    _letters(household_id, exhibitor.id, user.id)
    return Everything(fair.id, household_id, exhibitor.id, user.id)


def _household(fair: make.Fair, user_id: int) -> int:
    household = make.make_household(fair, adults=0, children=0, **FAMILY)
    person = make.make_attendee(household, position=0, **PERSON)
    code = session().scalars(sa.select(BadgeCode.code)).one()
    make.make_need(person)
    make.make_distinct(person, make.make_attendee(make.make_household(fair, 0, 0)))
    offer = make.make_offer(household)
    make.make_notice(household, text="Liebe Zoryana", german="Liebe Zoryana")
    _door(fair, person, code, user_id)
    make.make_draft(fair, household_id=household.id, data={**FAMILY, "people": [PERSON]})
    stop = make.make_stop()
    buses = [make.make_departure(fair, [stop], direction=way) for way in Direction]
    request = make.make_request(household, stop, state=RequestState.SEATED, people=1)
    for bus in buses:
        make.make_ride(request, session().get_one(Departure, bus.id))
    _shuttle(fair, person, make.make_alternative(request, make.make_stop()).stop_id, buses, offer)
    with transaction():
        record(SYSTEM, "household.register", "household", household.id, now=make.NOW)
    assert session().get_one(Attendee, person.id).given_name == PERSON["given_name"]
    return household.id


def _door(fair: make.Fair, person: Attendee, code: str, user_id: int) -> None:
    device = make.make_device(make.make_shift(fair), make.make_station(fair))
    first = make.make_scan(person, code, override_reason=SAID, user_id=user_id)
    second = make.make_scan(person, code, device_id=device.id, offline=True, conflict=True)
    make.make_conflict(second, first, reason=SAID)
    make.make_door_item(device)


def _shuttle(
    fair: make.Fair, person: Attendee, stop_id: int, buses: list[Departure], offer: Offer
) -> None:
    make.make_hold(offer, buses[0], session().get_one(Stop, stop_id))
    make.make_delay(buses[0])
    make.make_bus_answer(buses[-1], person)
    make.make_bus_type(fair)
    make.make_wave(fair)
    make.make_shuttle_settings(fair)
    make.make_run(fair, plan_id=make.make_plan(fair).id)
    make.make_road_table(fair)


def _partners(fair: make.Fair, user: make.User, household_id: int) -> None:
    partner = make.make_partner(fair)
    make.make_member(partner, user)
    make.make_group(partner)
    imported = make.make_import(fair, user, partner_id=partner.id)
    make.make_import_row(imported, data={**FAMILY, **PERSON}, household_id=household_id)


def _letters(household_id: int, exhibitor_id: int, user_id: int) -> None:
    subjects = (
        ("household", household_id, FAMILY["email"], "Liebe Zoryana"),
        ("exhibitor", exhibitor_id, CONTACT["contact_email"], "Guten Tag Quirin Quast"),
        ("user", user_id, COLLEAGUE["email"], "Hallo Wiebke"),
    )
    for kind, subject_id, recipient, words in subjects:
        make.make_consent(kind, subject_id)
        make.make_mail(
            recipient=recipient,
            subject=words,
            text=words,
            html=words,
            subject_kind=kind,
            subject_id=subject_id,
        )


def dump() -> str:
    """Return every value of every table, one row a line."""
    lines = []
    for table in Base.metadata.sorted_tables:
        rows = session().execute(sa.select(table)).all()
        lines += [f"{table.name}: {tuple(row)}" for row in rows]
    return "\n".join(lines)


def count_rows() -> dict[str, int]:
    """Return the number of rows of every table."""
    counts = {}
    for table in Base.metadata.sorted_tables:
        query = sa.select(sa.func.count()).select_from(table)
        counts[table.name] = session().scalar(query) or 0
    return counts
