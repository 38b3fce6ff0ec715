"""The forms of the way to the fair: from where, and when."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import ValidationError

from jobfair.attendees.forms import municipality_choices
from jobfair.fairs.models import ArrivalWindow
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
