"""Forms of the desk's pages about the door."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import ValidationError

from jobfair.attendees.forms.fields import named_choices
from jobfair.checkin.crew import OwnDuty
from jobfair.checkin.models import Station
from jobfair.checkin.rules import (
    REASON_MOST,
    STATION_MOST,
    DeviceDirection,
    DeviceKind,
    StationKind,
)
from jobfair.checkin.service.devices import Post
from jobfair.checkin.service.stations import StationFacts
from jobfair.checkin.words import DEVICE_DIRECTIONS, DEVICE_KINDS, STATION_KINDS
from jobfair.core.actor import Actor, Permission
from jobfair.fairs.fields import MomentField
from jobfair.fairs.forms import SKIPPED
from jobfair.fairs.models import Fair, Room
from jobfair.fairs.rules import local_instant
from jobfair.web.forms import BaseForm, LineField, PhoneField, needed

AFTER_THE_FAIR = timedelta(hours=3)
REHEARSAL = timedelta(hours=4)
SHIFT_MOST = timedelta(days=7)
ON_SCREEN, BY_LINK = "screen", "link"
STAFF = (DeviceKind.STEWARD, DeviceKind.SUPERVISOR)
Choice = tuple[int, str]


class StationForm(BaseForm):
    """What a station is called and what it watches."""

    name = LineField(
        _l("Name"),
        [needed(_l("Please name the station."))],
        limit=STATION_MOST,
        description=_l("Phones show it, for example: Main entrance."),
    )
    kind = RadioField(_l("What it watches"), choices=named_choices(STATION_KINDS))
    room_id = SelectField(_l("Room"), coerce=int, default=0)

    def __init__(self, rooms: Iterable[Room], station: Station | None = None) -> None:
        facts = {"name": station.name, "kind": station.kind.value} if station else {}
        room_id = station.room_id or 0 if station else 0
        super().__init__(data={"kind": StationKind.ENTRANCE.value, **facts, "room_id": room_id})
        offered = [SelectChoice(room.id, room.name) for room in rooms]
        self.room_id.choices = [SelectChoice(0, _l("The house")), *offered]

    def validate_room_id(self, field: SelectField) -> None:
        """Refuse the door of a room without a room."""
        if self.kind.data == StationKind.HALL and not field.data:
            raise ValidationError(_l("Please choose the room whose door this is."))

    @property
    def facts(self) -> StationFacts:
        """Return what was typed, after `validate`."""
        kind = StationKind(self.kind.data or "")
        of_room = kind is StationKind.HALL
        return StationFacts(self.name.data or "", kind, self.room_id.data if of_room else None)


class ShiftForm(BaseForm):
    """Until when a shift lasts, and whom its phones can call."""

    ends = MomentField(
        _l("Until"),
        otherwise=time(23, 59),
        description=_l(
            "Then the phones wipe what they hold. For a rehearsal, choose this evening."
        ),
    )
    phone = PhoneField(
        _l("Help number of the phones"), description=_l("Whoever is stuck at the door calls it.")
    )

    def __init__(self, fair: Fair, now: datetime) -> None:
        self.zone, self.now = fair.time_zone, now
        self.ends_at = default_end(fair, now)
        shown = self.ends_at.astimezone(ZoneInfo(fair.time_zone)).replace(tzinfo=None)
        super().__init__(data={"ends": shown, "phone": fair.phone})

    def validate_ends(self, field: MomentField) -> None:
        """Have `ends_at` be the end; refuse one that is past, too far away, or that never is."""
        if field.data is None:
            raise ValidationError(_l("Please say until when the shift lasts."))
        ends_at = local_instant(field.data, self.zone)
        if ends_at is None:
            raise ValidationError(SKIPPED)
        if ends_at <= self.now:
            raise ValidationError(_l("The shift must end after now."))
        if ends_at > self.now + SHIFT_MOST:
            raise ValidationError(_l("A shift lasts seven days at most: phones hold names."))
        self.ends_at = ends_at


def default_end(fair: Fair, now: datetime) -> datetime:
    """Return until when a shift lasts: shortly after the fair, or a rehearsal if that is far."""
    end = fair.ends_at + AFTER_THE_FAIR
    return end if now < end <= now + SHIFT_MOST else now + REHEARSAL


class DeviceForm(BaseForm):
    """Where a phone stands, what it may do, and how it is paired."""

    place = SelectField(_l("Where"))
    direction = SelectField(_l("Scans"), choices=named_choices(DEVICE_DIRECTIONS))
    kind = RadioField(
        _l("In whose hands"),
        choices=named_choices({kind: DEVICE_KINDS[kind] for kind in STAFF}),
        default=DeviceKind.STEWARD.value,
        description=_l("In a bus it is always the bus attendant."),
    )
    way = RadioField(
        _l("How it is paired"),
        choices=[
            SelectChoice(ON_SCREEN, _l("The phone is here and scans a code from this screen.")),
            SelectChoice(BY_LINK, _l("The phone is far away: a link and a PIN, good for 3 days.")),
        ],
        default=ON_SCREEN,
    )

    def __init__(self, stations: Iterable[Station], buses: Iterable[Choice]) -> None:
        super().__init__()
        self.place.choices = [
            *(SelectChoice(f"s{one.id}", one.name) for one in stations),
            *(SelectChoice(f"d{departure_id}", words) for departure_id, words in buses),
        ]

    @property
    def post(self) -> Post:
        """Return where the device is to stand and what it may do, after `validate`."""
        direction = DeviceDirection(self.direction.data)
        place_id = int(self.place.data[1:])
        if self.place.data.startswith("d"):
            return Post(DeviceKind.ATTENDANT, direction, departure_id=place_id)
        return Post(DeviceKind(self.kind.data or ""), direction, station_id=place_id)

    @property
    def by_link(self) -> bool:
        """Tell whether the phone is far away."""
        return bool(self.way.data == BY_LINK)


class OwnPhoneForm(BaseForm):
    """Where somebody scans with their own phone."""

    station = RadioField(_l("Where do you scan?"))
    kind = RadioField(
        _l("As"),
        choices=named_choices({kind: DEVICE_KINDS[kind] for kind in STAFF}),
        default=DeviceKind.STEWARD.value,
    )

    def __init__(self, duties: Iterable[OwnDuty], *, may_choose: bool) -> None:
        super().__init__()
        self.duties = {duty.key: duty for duty in duties}
        self.station.choices = [
            SelectChoice(key, f"{duty.fair.name}: {duty.place}")
            for key, duty in self.duties.items()
        ]
        if not may_choose:
            del self.kind

    def chosen(self, actor: Actor) -> tuple[OwnDuty, Post]:
        """Return where the phone is to stand, after `validate`; only organisers supervise."""
        duty = self.duties[self.station.data or ""]
        organises = actor.may(Permission.ORGANISE, duty.fair.id)
        if "kind" in self and organises and duty.post.station_id is not None:
            return duty, replace(duty.post, kind=DeviceKind(self.kind.data))
        return duty, duty.post


class ResolveForm(BaseForm):
    """Why a conflict is none any more."""

    reason = LineField(
        _l("What you found out"),
        [needed(_l("Please say in a few words what you found out."))],
        limit=REASON_MOST,
    )

    def __init__(self, conflict_id: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason.id = f"reason-{conflict_id}"
