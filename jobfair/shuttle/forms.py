"""Forms about buses and stops."""

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FormField, IntegerField, RadioField, SelectField
from wtforms.validators import NumberRange, ValidationError
from wtforms.widgets import HiddenInput

from jobfair.core.position import TYPED_MOST, read_position, write_position
from jobfair.data.municipalities import municipalities
from jobfair.fairs.fields import ClockField
from jobfair.fairs.models import Fair
from jobfair.shuttle import rules
from jobfair.shuttle.models import Departure, Stop
from jobfair.shuttle.rules import CallInput, DepartureInput, Direction, StopInput
from jobfair.shuttle.words import DIRECTIONS
from jobfair.web.forms import ActionForm, BaseForm, DigitsField, LineField, PlainForm, Rows, needed

SPARE_ROWS = 3
ROWS_AT_FIRST = 6


def _number(label: Any, least: int, most: int, **more: Any) -> DigitsField:
    message = _l("Please write a number from %(least)s to %(most)s.", least=least, most=most)
    return DigitsField(label, [needed(message), NumberRange(least, most, message=message)], **more)


class CallForm(PlainForm):
    """A row of the stops of a bus; an empty one doesn't count."""

    stop = SelectField(_l("Stop"), coerce=int, default=0)
    at = ClockField(_l("Time"))


class RemoveForm(ActionForm):
    """Taking a bus out; `people` is how many are known to lose their seats."""

    people = IntegerField(widget=HiddenInput(), default=0)


class DepartureForm(BaseForm):
    """A bus that goes; `line`, `direction` and `wave` are asked for a new one only.

    `people` is how many are known to lose their seats by the change.
    """

    direction = RadioField(
        _l("Which way?"),
        choices=[(way.value, words) for way, words in DIRECTIONS.items()],
        default=Direction.OUT.value,
    )
    line = _number(_l("Line"), 1, rules.LINES_MOST)
    wave = _number(
        _l("Number of the bus on this line"),
        1,
        rules.WAVES_MOST,
        default=1,
        description=_l("Buses home at about the same time have the same number on every line."),
    )
    seats = _number(_l("Seats"), 1, rules.SEATS_MOST)
    wheelchairs = _number(_l("Places for wheelchairs"), 0, rules.SEATS_MOST, default=0)
    fair_at = ClockField(_l("Time at the fair"), [needed(_l("Please say when the bus is there."))])
    calls = Rows(FormField(CallForm), max_entries=rules.CALLS_MOST + SPARE_ROWS)
    people = IntegerField(widget=HiddenInput(), default=0)

    def __init__(self, fair: Fair, stops: list[Stop], departure: Departure | None = None) -> None:
        self.fair = fair
        super().__init__(data=_typed(fair, departure) if departure else None)
        if departure is not None:
            del self.direction, self.line, self.wave
        if not self.is_submitted():
            for _spare in range(SPARE_ROWS if departure else ROWS_AT_FIRST):
                self.calls.append_entry()
        choices = [(0, _l("No stop")), *((stop.id, stop.name) for stop in stops)]
        for row in self.calls.entries:
            row.form.stop.choices = choices

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether all of it can be so; a row needs both its stop and its time."""
        sound = bool(super().validate(extra_validators))
        for row in self.calls.entries:
            stop, at = row.form.stop, row.form.at
            if stop.data and at.data is None and not at.errors:
                at.errors = [gettext("Please say when the bus is at this stop.")]
            if at.data is not None and not stop.data:
                stop.errors = [gettext("Please choose the stop.")]
            sound = sound and not stop.errors and not at.errors
        return sound

    def plan(self, departure: Departure | None = None) -> DepartureInput:
        """Return what was typed, after `validate`; a known bus keeps what names it."""
        return DepartureInput(
            direction=departure.direction if departure else Direction(self.direction.data),
            line=departure.line if departure else self.line.data or 0,
            wave=departure.wave if departure else (self.wave.data or 1) - 1,
            seats=self.seats.data or 0,
            wheelchairs=self.wheelchairs.data or 0,
            fair_at=self._instant(self.fair_at.data),
            calls=tuple(
                CallInput(row.form.stop.data, self._instant(row.form.at.data))
                for row in self.calls.entries
                if row.form.stop.data
            ),
        )

    def _instant(self, clock: time | None) -> datetime:
        zone = ZoneInfo(self.fair.time_zone)
        day = self.fair.starts_at.astimezone(zone).date()
        return datetime.combine(day, clock or time(), zone).astimezone(UTC)


def _typed(fair: Fair, departure: Departure) -> dict[str, Any]:
    zone = ZoneInfo(fair.time_zone)
    return {
        "seats": departure.seats,
        "wheelchairs": departure.wheelchairs,
        "fair_at": departure.fair_at.astimezone(zone).time(),
        "calls": [
            {"stop": call.stop_id, "at": call.at.astimezone(zone).time()}
            for call in departure.calls
        ],
    }


class StopForm(BaseForm):
    """A stop, as its sign and a map show it."""

    municipality = SelectField(
        _l("Municipality"),
        choices=[(place.ags, place.display_name) for place in municipalities()],
    )
    name = LineField(
        _l("Name"),
        [needed(_l("Please name the stop."))],
        limit=rules.NAME_MOST,
        description=_l("As on its sign, for example: Bramsche, Bahnhof."),
    )
    note = LineField(
        _l("Where exactly"),
        limit=rules.NOTE_MOST,
        description=_l("For example: platform in front of the station."),
    )
    place = LineField(
        _l("Place on the map"),
        limit=TYPED_MOST,
        description=_l(
            "Latitude and longitude, as a map shows them: 52.4085, 7.9712. "
            "Without them no bus can be planned to this stop."
        ),
    )
    step_free = BooleanField(_l("Without steps"))

    def __init__(self, stop: Stop | None = None) -> None:
        place = {}
        if stop is not None and stop.lat is not None and stop.lon is not None:
            place["place"] = write_position(stop.lat, stop.lon)
        super().__init__(obj=stop, data=place)

    def validate_place(self, field: LineField) -> None:
        """Refuse what is no place where buses of ours can be."""
        if field.data and read_position(field.data) is None:
            raise ValidationError(
                gettext("Please write the place as numbers, for example 52.4085, 7.9712.")
            )

    def plan(self) -> StopInput:
        """Return what was typed, after `validate`."""
        lat, lon = read_position(self.place.data or "") or (None, None)
        return StopInput(
            municipality=self.municipality.data,
            name=self.name.data or "",
            note=self.note.data or "",
            lat=lat,
            lon=lon,
            step_free=bool(self.step_free.data),
        )
