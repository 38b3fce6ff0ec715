"""The form of a sponsor: a name and a picture."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import CombinedMultiDict, FileStorage, MultiDict
from wtforms import FileField
from wtforms.validators import ValidationError

from jobfair.publicity.messages import MESSAGES
from jobfair.publicity.rules import NAME_MOST
from jobfair.web.forms import BaseForm, LineField, needed


class SponsorForm(BaseForm):
    """Who supports the fair; the picture is checked by what is in it."""

    class Meta(BaseForm.Meta):
        """Takes files as well."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Return what was typed and what was chosen."""
            typed = super().wrap_formdata(form, formdata)
            if not isinstance(typed, MultiDict):
                return typed
            return CombinedMultiDict([request.files, typed])

    name = LineField(_l("Name"), [needed(_l("Please name the sponsor."))], limit=NAME_MOST)
    logo = FileField(_l("Logo"), description=_l("PNG or JPEG, at most 4 MB."))

    def validate_logo(self, field: FileField) -> None:
        """Refuse a form without a file."""
        if not field.data:
            raise ValidationError(MESSAGES["logo_missing"])

    @property
    def picture(self) -> bytes:
        """Return the content of the chosen file, empty where none was chosen."""
        chosen = self.logo.data
        return chosen.read() if isinstance(chosen, FileStorage) else b""
