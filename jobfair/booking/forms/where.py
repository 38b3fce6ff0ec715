"""The forms of the way to the fair: from where, when, and by which bus."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import ValidationError

from jobfair.attendees.forms import municipality_choices
from jobfair.booking.rules import NO_BUS
from jobfair.fairs.models import ArrivalWindow
from jobfair.shuttle.queries import BackChoice, StopChoice
from jobfair.shuttle.rules import Ways
from jobfair.web.forms import BaseForm


class PlaceForm(BaseForm):
    """Where the household lives."""

    municipality = SelectField(_l("Your town or municipality"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.municipality.choices = [SelectChoice("", _l("Please choose")), *municipality_choices()]

    def validate_municipality(self, field: Field) -> None:
        """Ask for one of the list."""
        if not field.data:
            raise ValidationError(_l("Please choose where you live."))


class WhenForm(BaseForm):
    """In which of the fair's arrival windows the household comes."""

    window = RadioField(_l("Your arrival time"), choices=[], validate_choice=False)

    def __init__(self, windows: Sequence[ArrivalWindow], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.windows = {str(window.id) for window in windows}

    def validate_window(self, field: Field) -> None:
        """Ask for a window of this fair; a full one means to wait for it."""
        if field.data not in self.windows:
            raise ValidationError(_l("Please choose when you come."))


class BusForm(BaseForm):
    """Whether the household comes by bus, from which stop, and when it goes back."""

    ways = RadioField(
        _l("Do you come by bus?"),
        choices=[
            SelectChoice(Ways.BOTH.value, _l("Yes, there and back")),
            SelectChoice(Ways.OUT.value, _l("Only there")),
            SelectChoice(Ways.BACK.value, _l("Only back")),
            SelectChoice(NO_BUS, _l("No, we come on our own")),
        ],
        validate_choice=False,
    )
    stop = RadioField(_l("Your bus stop"), choices=[], validate_choice=False)
    back = RadioField(_l("When do you want to go back?"), choices=[], validate_choice=False)

    def __init__(
        self, stops: Sequence[StopChoice], waves: Sequence[BackChoice], **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.stops = {str(choice.stop_id) for choice in stops}
        self.waves = {str(choice.wave) for choice in waves}

    def validate_ways(self, field: Field) -> None:
        """Ask for one of the four answers."""
        if field.data not in {*Ways, NO_BUS}:
            raise ValidationError(_l("Please choose whether you come by bus."))

    def validate_stop(self, field: Field) -> None:
        """Ask for a stop where a ride is wished."""
        if self.ways.data in set(Ways) and field.data not in self.stops:
            raise ValidationError(_l("Please choose your bus stop."))

    def validate_back(self, field: Field) -> None:
        """Ask for a time where a ride home is wished."""
        if self.ways.data in {Ways.BOTH, Ways.BACK} and field.data not in self.waves:
            raise ValidationError(_l("Please choose when you want to go back."))
