"""What scans look like on their way here, for the document; `checkin.wire` reads them."""

from marshmallow import fields
from marshmallow.validate import Length, OneOf, Range, Regexp

from jobfair.checkin.api.fields import Body, row_id
from jobfair.checkin.api.shaping import EXAMPLE_HASH, EXAMPLE_ID, EXAMPLE_TIME
from jobfair.checkin.rules import REASON_MOST, SCANS_MOST, STATION_MOST, Direction, Outcome
from jobfair.checkin.wire import HASH_LENGTH, TEXT_MOST

HASH = rf"^[A-Za-z0-9_-]{{{HASH_LENGTH}}}$"

SCAN = {
    "id": EXAMPLE_ID,
    "badge": "7Q3M8ZK1X9TB",
    "station": "Haupteingang",
    "direction": "in",
    "scanned_at": EXAMPLE_TIME,
    "decided": "admitted",
    "offline": False,
}
SCANS = {"device": {"now": EXAMPLE_TIME, "unsent": 1, "battery": 81}, "scans": [SCAN]}


class Since(Body):
    """From when on news is wanted."""

    since = fields.String(metadata={"description": "The cursor of the last answer."})


class Insistence(Body):
    """Why somebody is let in all the same."""

    reason = fields.String(required=True, validate=Length(1, REASON_MOST))


class DeviceTold(Body):
    """What a device says of itself; its times are put right by the difference of the clocks."""

    now = fields.AwareDateTime(allow_none=True)
    unsent = fields.Integer(allow_none=True, validate=Range(min=0))
    battery = fields.Integer(allow_none=True, validate=Range(0, 100))


class SentScan(Body):
    """A badge that was shown, by its code or, where the device has only that, by its hash.

    `offline` says that the verdict which was seen is the device's own (`decided`).
    """

    id = fields.UUID(required=True)
    badge = fields.String(validate=Length(max=TEXT_MOST))
    hash = fields.String(validate=Regexp(HASH), metadata={"example": EXAMPLE_HASH})
    station = fields.String(allow_none=True, validate=Length(1, STATION_MOST))
    direction = fields.String(required=True, validate=OneOf([way.value for way in Direction]))
    departure = row_id(allow_none=True)
    scanned_at = fields.AwareDateTime(required=True)
    decided = fields.String(validate=OneOf([outcome.value for outcome in Outcome]))
    offline = fields.Boolean()
    override = fields.Nested(Insistence, allow_none=True)


class Scans(Body):
    """Scans, each of which is judged by itself."""

    device = fields.Nested(DeviceTold)
    scans = fields.List(fields.Nested(SentScan), required=True, validate=Length(max=SCANS_MOST))
