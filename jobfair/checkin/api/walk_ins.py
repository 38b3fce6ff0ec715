"""`POST /fairs/{fair}/walk-ins`: households that were registered at the door."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf

from jobfair.attendees.rules import (
    ELSEWHERE,
    HOUSEHOLD_MOST,
    NAME_MOST,
    AttendeeKind,
    PersonInput,
)
from jobfair.checkin.api.document import answers
from jobfair.checkin.api.fields import Body, Code, Instant, Line, Uuid
from jobfair.checkin.api.guard import answer, for_devices, inside
from jobfair.checkin.api.reading import answer_items, digest_of
from jobfair.checkin.api.shapes import WalkInResults
from jobfair.checkin.api.shaping import EXAMPLE_ID, EXAMPLE_TIME
from jobfair.checkin.duty import Duty
from jobfair.checkin.items import WalkIn
from jobfair.checkin.rules import SCANS_MOST, Right
from jobfair.checkin.service.walk_ins import register_walk_in
from jobfair.checkin.wire import show_time
from jobfair.core.clock import now
from jobfair.core.languages import SPOKEN_LANGUAGES
from jobfair.core.text import Script, latin_proposal, script_of
from jobfair.data.municipalities import municipalities

PLACES = (*(place.ags for place in municipalities()), ELSEWHERE)
EXAMPLE = {
    "walk_ins": [
        {
            "id": EXAMPLE_ID,
            "people": [{"code": "7Q3M8ZK1X9TB", "given_name": "Amal", "family_name": "Haddad"}],
            "lang": "ar",
            "municipality": "03459014",
            "registered_at": EXAMPLE_TIME,
        }
    ]
}

blueprint = Blueprint("walk_ins", __name__, description="People without a registration")


class WalkInPerson(Body):
    """A person with a badge of the device's block, named in Latin letters or their own."""

    code = Code(required=True)
    given_name = Line(NAME_MOST, required=True)
    family_name = Line(NAME_MOST, empty=True, load_default="")
    own_given_name = Line(NAME_MOST, empty=True, load_default="")
    own_family_name = Line(NAME_MOST, empty=True, load_default="")

    @post_load
    def made(self, named: dict[str, str], **_kwargs: Any) -> dict[str, str]:
        """Return the names with a Latin spelling, also where that field was filled otherwise."""
        given, family = named["given_name"], named["family_name"]
        latin = {"given_name": _in_latin(given), "family_name": _in_latin(family)}
        if not latin["given_name"]:
            raise ValidationError("There is no letter in the name.", "given_name")
        if latin == {"given_name": given, "family_name": family}:
            return named
        own = {
            "own_given_name": named["own_given_name"] or given,
            "own_family_name": named["own_family_name"] or family,
        }
        return {**named, **own, **latin}


def _in_latin(words: str) -> str:
    return words if script_of(words) is Script.LATIN else latin_proposal(words)


class WalkInHousehold(Body):
    """People who came together; each already has a badge."""

    id = Uuid(required=True)
    people = fields.List(
        fields.Nested(WalkInPerson), required=True, validate=Length(1, HOUSEHOLD_MOST)
    )
    lang = fields.String(required=True, validate=OneOf(SPOKEN_LANGUAGES))
    municipality = fields.String(required=True, validate=OneOf(PLACES))
    registered_at = Instant(required=True)

    @validates_schema
    def check_codes(self, household: dict[str, Any], **_kwargs: Any) -> None:
        """Refuse a household of whom two have one badge."""
        codes = [person["code"] for person in household["people"]]
        if len(set(codes)) < len(codes):
            raise ValidationError("Two people have the same code.", "people")

    @post_load(pass_original=True)
    def made(self, household: dict[str, Any], sent: Any, **_kwargs: Any) -> WalkIn:
        """Return the household as the service takes it."""
        people = tuple(
            PersonInput(kind=AttendeeKind.ADULT, **person) for person in household.pop("people")
        )
        return WalkIn(**household, people=people, digest=digest_of(sent))


class WalkIns(Body):
    """Households, each of which is answered by itself."""

    walk_ins = fields.List(
        fields.Nested(WalkInHousehold), required=True, validate=Length(max=SCANS_MOST)
    )


@blueprint.post("/fairs/<fair>/walk-ins")
@answers(blueprint, WalkInResults, "walk_ins_unreadable", takes=WalkIns, example=EXAMPLE)
@for_devices(Right.WALK_IN)
@inside
def walk_ins(duty: Duty, fair: str) -> Response:  # noqa: ARG001  # the guard has looked at it
    """Register households at the door, each by itself and once for its id.

    `waitlisted` is the state of those for whom there was no place.
    """
    at = now()
    results = answer_items(
        "walk_ins",
        WalkInHousehold(),
        lambda walk_in: register_walk_in(duty, walk_in, now=at),
        nothing={"state": None},
    )
    return answer({"now": show_time(at), "results": results})
