"""A registered household as the forms show it, and what they have it corrected to."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.attendees.models import Attendee, Household
from jobfair.attendees.rules import AttendeeKind, NeedInput, NeedKind, PersonInput
from jobfair.attendees.service import Correction
from jobfair.booking.rules import RideInput, Typed, blank_person, needs_of, sought_by
from jobfair.core.db import session
from jobfair.data.work import WorkField
from jobfair.shuttle.models import RideRequest
from jobfair.shuttle.rules import RequestState

People = dict[int, PersonInput]


def typed_person(person: Attendee) -> Typed:
    """Return the person as typed into the form of names; the place in the household is the key."""
    kind = AttendeeKind.CHILD if person.kind is AttendeeKind.CHILD else AttendeeKind.ADULT
    return blank_person(kind, str(person.position)) | {
        "given": person.given_name,
        "family": person.family_name,
        "own_given": person.own_given_name,
        "own_family": person.own_family_name,
        "birth_year": str(person.birth_year or ""),
    }


def called(person: Attendee) -> Typed:
    """Return the person as typed, called as in the own script where it is known."""
    typed = typed_person(person)
    own = {"given": person.own_given_name, "family": person.own_family_name}
    return typed | own if person.own_given_name else typed


def typed_work(person: Attendee) -> Typed:
    """Return what the adult speaks and looks for as typed into the form of work."""
    return {
        "key": str(person.position),
        "speaks": list(person.speaks),
        "german_level": person.german_level.value if person.german_level else "",
        "work": list(person.work),
        "licence": person.licence.value if person.licence else "",
    }


def typed_needs(people: list[Attendee]) -> Typed:
    """Return what the people need as typed into the form of needs."""
    wanted = [(str(person.position), need) for person in people for need in person.needs]
    spoken = [need.lang for _key, need in wanted if need.kind is NeedKind.INTERPRETER]
    typed: Typed = {
        kind.value: [key for key, need in wanted if need.kind is kind]
        for kind in (NeedKind.WHEELCHAIR, NeedKind.INTERPRETER, NeedKind.SIGN_LANGUAGE)
    }
    childcare = any(need.kind is NeedKind.CHILDCARE for _key, need in wanted)
    language = {"interpreter_lang": spoken[0]} if spoken else {}
    return typed | language | {"childcare": "y" if childcare else ""}


def wished_ride(household_id: int) -> RideInput | None:
    """Return what the household wishes of the shuttle, None where it comes on its own."""
    query = sa.select(RideRequest).where(
        RideRequest.household_id == household_id, RideRequest.state != RequestState.CANCELLED
    )
    request = session().scalar(query.options(selectinload(RideRequest.alternatives)))
    if request is None:
        return None
    return RideInput(
        request.ways,
        request.stop_id,
        back_wave=request.back_wave,
        out_wave=request.out_wave,
        flexibility=request.flexibility,
        alternatives=tuple(one.stop_id for one in request.alternatives),
        wheelchairs=request.wheelchairs,
        prams=request.prams,
        only_by_bus=request.only_by_bus,
    )


def said_of(person: Attendee) -> PersonInput:
    """Return what is registered of the person."""
    return PersonInput(
        kind=person.kind,
        given_name=person.given_name,
        family_name=person.family_name,
        own_given_name=person.own_given_name,
        own_family_name=person.own_family_name,
        birth_year=person.birth_year,
        speaks=tuple(person.speaks),
        german_level=person.german_level,
        work=tuple(map(WorkField, person.work)),
        licence=person.licence,
        needs=tuple(NeedInput(need.kind, need.lang) for need in person.needs),
    )


def renamed(people: list[Attendee], named: Mapping[str, PersonInput]) -> People:
    """Return those of the household who were named, with these names."""
    names = {
        person.position: (person, named[key])
        for person in people
        if (key := str(person.position)) in named
    }
    return {
        place: replace(
            said_of(person),
            given_name=wanted.given_name,
            family_name=wanted.family_name,
            own_given_name=wanted.own_given_name,
            own_family_name=wanted.own_family_name,
            birth_year=wanted.birth_year,
        )
        for place, (person, wanted) in names.items()
    }


def seeking(people: list[Attendee], answers: list[Typed]) -> People:
    """Return the adults of the household who have answered, with what they look for."""
    sought = {answer["key"]: answer for answer in answers}
    return {
        person.position: replace(said_of(person), **sought_by(sought[key]))
        for person in people
        if (key := str(person.position)) in sought and person.kind is not AttendeeKind.CHILD
    }


def needing(people: list[Attendee], needs: Typed) -> People:
    """Return the people of the household with what they need.

    The form asks for one language of all interpreters: left as it was, everybody keeps theirs.
    """
    kept = needs.get("interpreter_lang") == typed_needs(people).get("interpreter_lang")
    changed = {}
    for person in people:
        said = said_of(person)
        before = {need.kind: need for need in said.needs} if kept else {}
        wanted = needs_of(typed_person(person), needs)
        changed[person.position] = replace(
            said, needs=tuple(before.get(need.kind, need) for need in wanted)
        )
    return changed


def correction_of(
    household: Household, people: Mapping[int, PersonInput] | None = None, **contact: Any
) -> Correction:
    """Return the household as it is but for these of its people, by place, and this contact."""
    changed = people or {}
    present = Correction(
        lang=household.lang,
        municipality=household.municipality,
        email=household.email,
        phone=household.phone,
        people=tuple(changed.get(one.position, said_of(one)) for one in household.people),
    )
    return replace(present, **contact)
