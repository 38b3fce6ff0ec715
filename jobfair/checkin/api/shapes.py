"""The shapes of answers, for the document; tests compare what is really sent with them."""

from marshmallow import fields

from jobfair.checkin.api.bus_shapes import ComingBus, LeavingBus
from jobfair.checkin.api.shaping import (
    EXAMPLE_ID,
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
from jobfair.checkin.crew import Standing
from jobfair.checkin.roster.answer import BUS
from jobfair.checkin.roster.people import HELPER
from jobfair.checkin.roster.riders import WHEELCHAIR
from jobfair.checkin.rules import (
    BadgeState,
    ConflictKind,
    DeviceDirection,
    Direction,
    Outcome,
    Right,
    StationKind,
)

RIGHTS = many(one_of(*Right))
DIRECTION = one_of(*DeviceDirection)
STATION_KIND = one_of(*StationKind, BUS)

Paired = shape(
    "Paired",
    now=time(),
    device=fields.Integer(),
    token=text("kept nowhere but on the device"),
    fair=one(
        shape(
            "PairedFair",
            slug=text("osnabrueck-2026"),
            name=text("#JobsForYou"),
            time_zone=text("Europe/Berlin"),
            starts_at=time(),
            ends_at=time(),
        )
    ),
    station=one(
        shape("PairedStation", name=text("Haupteingang"), kind=STATION_KIND), allow_none=True
    ),
    departure=one(
        shape(
            "PairedDeparture",
            id=fields.Integer(),
            direction=one_of("out", "back"),
            name=text("Bus 3 · 08:10"),
        ),
        allow_none=True,
    ),
    direction=DIRECTION,
    rights=RIGHTS,
    expires_at=time(),
    shift=one(
        shape(
            "PairedShift",
            salt=text("5a" * 16),
            iterations=fields.Integer(metadata={"example": 310_000}),
            check=text(),
            phone=text("0541 501 0"),
        )
    ),
)

Entry = shape(
    "Entry",
    hash=mark(),
    state=one_of(*(s for s in BadgeState if s not in (BadgeState.UNKNOWN, BadgeState.WRONG_FAIR))),
    name=text("Amal Haddad"),
    given=text("Amal"),
    own_script=text("أمل حداد"),
    sounds=text("aml hdd"),
    lang=text("ar"),
    household=mark(),
    inside=one(Inside, allow_none=True),
    hint=one_of("", HELPER, WHEELCHAIR),
    stop=text("Alfhausen, Markt"),
)
Roster = shape(
    "Roster",
    now=time(),
    cursor=text("1795366697928003.room-0"),
    generated_at=time(),
    expires_at=time(),
    full=fields.Boolean(),
    salt=text("5a" * 16),
    fair=one(
        shape(
            "RosterFair",
            slug=text("osnabrueck-2026"),
            name=text("#JobsForYou"),
            time_zone=text("Europe/Berlin"),
            day_begins=time(),
        )
    ),
    station=one(
        shape(
            "RosterStation",
            name=text("Haupteingang"),
            kind=STATION_KIND,
            limit=fields.Integer(allow_none=True),
            inside=fields.Integer(),
        )
    ),
    device=one(shape("RosterDevice", name=text("Handy 3"), rights=RIGHTS, direction=DIRECTION)),
    shift=one(shape("RosterShift", phone=text("0541 501 0"), ends_at=time())),
    samples=many(shape("Sample", hash=mark(), outcome=one_of(*Outcome))),
    pool=many(mark()),
    codes=many(text("7Q3M8ZK1X9TB")),
    entries=many(Entry),
    gone=many(mark()),
    buses=many(ComingBus),
)
Error = fields.String(allow_none=True, metadata={"example": None})
ScanResult = shape(
    "ScanResult",
    id=text(EXAMPLE_ID, allow_none=True),
    outcome=one_of(*Outcome, allow_none=True),
    first_scan=one(FirstScan, allow_none=True),
    conflict=fields.Boolean(),
    error=Error,
)
ScanResults = shape("ScanResults", now=time(), results=many(ScanResult))
WalkInResult = shape(
    "WalkInResult",
    id=text(EXAMPLE_ID, allow_none=True),
    error=Error,
    state=one_of("registered", "waitlisted", allow_none=True),
)
WalkInResults = shape("WalkInResults", now=time(), results=many(WalkInResult))
ActionResult = shape(
    "ActionResult",
    id=text(EXAMPLE_ID, allow_none=True),
    error=Error,
    outcome=one_of(*Outcome, allow_none=True),
)
ActionResults = shape("ActionResults", now=time(), results=many(ActionResult))
Found = shape(
    "Found",
    hash=mark(),
    name=text("Amal Haddad"),
    given=text("Amal"),
    own_script=text("أمل حداد"),
    lang=text("ar"),
    household=mark(),
)
People = shape("People", people=many(Found))
ConflictScan = shape(
    "ConflictScan", at=time(), station=text("Haupteingang"), device=text("Handy 3")
)
LastScan = shape(
    "LastScan",
    now=time(),
    scan=one(
        shape(
            "ScanToUndo",
            id=text(EXAMPLE_ID),
            direction=one_of(Direction.IN, Direction.OUT),
            at=time(),
            station=text("Haupteingang"),
            device=text("Handy 3"),
        ),
        allow_none=True,
    ),
)
Named = shape("Named", name=text("Amal Haddad"), given=text("Amal"), own_script=text("أمل حداد"))
OpenConflict = shape(
    "OpenConflict",
    id=fields.Integer(),
    kind=one_of(*ConflictKind),
    badge=one(Named, allow_none=True),
    scan=one(ConflictScan),
    other=one(ConflictScan, allow_none=True),
    made_at=time(),
)
Conflicts = shape("Conflicts", now=time(), conflicts=many(OpenConflict))
RoomNow = shape(
    "RoomNow",
    name=text("Saal 1"),
    inside=fields.Integer(),
    limit=fields.Integer(allow_none=True),
)
StationSlot = shape("StationSlot", at=time(), entered=fields.Integer(), left=fields.Integer())
StationNow = shape(
    "StationNow",
    name=text("Haupteingang"),
    entered=fields.Integer(),
    left=fields.Integer(),
    slots=many(StationSlot),
)
DeviceNow = shape(
    "DeviceNow",
    id=fields.Integer(),
    name=text("Handy 3"),
    place=text("Haupteingang"),
    standing=one_of(*Standing),
    seen_at=time(allow_none=True),
    unsent=fields.Integer(),
    battery=fields.Integer(allow_none=True),
    silent=fields.Boolean(),
)
Live = shape(
    "Live",
    now=time(),
    rehearsal=fields.Boolean(),
    expected=fields.Integer(),
    came=fields.Integer(),
    inside=fields.Integer(),
    limit=fields.Integer(),
    recent=fields.Integer(),
    conflicts=fields.Integer(),
    rooms=many(RoomNow),
    stations=many(StationNow),
    arrivals=many(shape("Arrivals", at=time(), people=fields.Integer())),
    devices=many(DeviceNow),
    buses=many(ComingBus),
    leaving=many(LeavingBus),
)
