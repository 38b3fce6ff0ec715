"""The shapes of answers about buses, for the document; tests compare what is really sent."""

from marshmallow import fields
from marshmallow.validate import Length

from jobfair.checkin.api.shaping import (
    EXAMPLE_HASH,
    FirstScan,
    Inside,
    many,
    mark,
    one,
    one_of,
    shape,
    text,
    time,
)
from jobfair.checkin.ports import FOUND_OUT

ComingBus = shape(
    "ComingBus",
    id=fields.Integer(),
    line=fields.Integer(),
    direction=one_of("out"),
    name=text("Bus 3 · 08:10"),
    fair_at=time(),
    late=fields.Integer(),
    people=fields.Integer(),
    on_board=fields.Integer(),
)
LeavingBus = shape(
    "LeavingBus",
    id=fields.Integer(),
    line=fields.Integer(),
    name=text("Bus 3 · 16:15"),
    leaves_at=time(),
    late=fields.Integer(),
    expected=fields.Integer(),
    missing=fields.Integer(),
)
Stop = shape(
    "Stop",
    id=fields.Integer(),
    name=text("Bramsche, Bahnhof"),
    note=text("Steig C"),
    at=time(),
    late=fields.Integer(),
)
Passenger = shape(
    "Passenger",
    hash=fields.String(
        validate=Length(equal=11), allow_none=True, metadata={"example": EXAMPLE_HASH}
    ),
    name=text("Amal Haddad"),
    own_script=text("أمل حداد"),
    stop=fields.Integer(allow_none=True),
    household=mark(),
    party=fields.Integer(),
    prams=fields.Integer(),
    wheelchair=fields.Boolean(),
    seated=fields.Boolean(),
    boarded=one(Inside, allow_none=True),
    where=one_of("there", "seen_out", "said_gone", "aboard", allow_none=True),
    seen=one(FirstScan, allow_none=True),
    answer=one_of(*FOUND_OUT, allow_none=True),
)
Departure = shape(
    "Departure",
    id=fields.Integer(),
    direction=one_of("out", "back"),
    line=fields.Integer(),
    wave=fields.Integer(),
    name=text("Bus 3 · 08:10"),
    fair_at=time(),
    late=fields.Integer(),
    closed_at=time(allow_none=True),
    seats=fields.Integer(),
    wheelchairs=fields.Integer(),
    expected=fields.Integer(),
    on_board=fields.Integer(),
    room=fields.Integer(),
    stops=many(Stop),
    people=many(Passenger),
)
Departures = shape(
    "Departures",
    cursor=text("3f1c…"),
    now=time(),
    full=fields.Boolean(),
    departures=many(Departure),
)
