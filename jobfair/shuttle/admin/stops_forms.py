"""The form that takes a list of stops."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import CombinedMultiDict, FileStorage, MultiDict
from wtforms import FileField, SubmitField, TextAreaField

from jobfair.shuttle.stop_lists import StopFault, StopList, decoded, read_stops
from jobfair.web.forms import BaseForm

FAULTS = {
    StopFault.NAME: _l("The name is missing."),
    StopFault.NAME_LONG: _l("The name is too long."),
    StopFault.MUNICIPALITY: _l("We don't know this municipality of the county."),
    StopFault.PLACE: _l(
        "Latitude and longitude must both be numbers, for example 52.4085; 7.9712."
    ),
    StopFault.FAR: _l("This place is too far away. Were latitude and longitude swapped?"),
    StopFault.STEP_FREE: _l("Without steps: please write yes or no."),
    StopFault.NOTE_LONG: _l("The hint is too long."),
    StopFault.TWICE: _l("This stop is in the list twice."),
}


class StopListForm(BaseForm):
    """A list of stops as a file, or as text that can be mended."""

    class Meta(BaseForm.Meta):
        """Takes files as well."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Return what was typed and what was chosen."""
            typed = super().wrap_formdata(form, formdata)
            if not isinstance(typed, MultiDict):
                return typed
            return CombinedMultiDict([request.files, typed])

    file = FileField(
        _l("File"), description=_l("CSV, as spreadsheets write it, with the names of the columns.")
    )
    text = TextAreaField(
        _l("Or the list as text"), description=_l("Mend here what is wrong, or paste a list.")
    )
    apply = SubmitField()

    def read(self) -> StopList:
        """Return the list, and have its text stand in the form; raise Invalid where it is none."""
        chosen = self.file.data
        if isinstance(chosen, FileStorage) and chosen.filename:
            self.text.data = decoded(chosen.read())
        return read_stops(self.text.data or "")
