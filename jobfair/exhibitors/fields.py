"""Fields that only exhibitors' and feedback forms need."""

import re
from secrets import token_urlsafe
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length, ValidationError

from jobfair.core.text import clean_line
from jobfair.exhibitors.rules import WEBSITE_MOST
from jobfair.web.forms import LineField

_KEY = re.compile(r"[A-Za-z0-9_-]{20,40}")
_WEBSITE = re.compile(r"(?:https?://)?([\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


class NoteField(TextAreaField):
    """A text of several lines, each cleaned of what can't be seen."""

    def __init__(self, label: Any = None, *, limit: int, **kwargs: Any) -> None:
        most = Length(max=limit, message=_l("Please write a shorter text."))
        super().__init__(label, [most], **kwargs)
        self.limit = limit

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the text with line ends as we store them."""
        if valuelist:
            lines = valuelist[0].splitlines()
            self.data = "\n".join(clean_line(line, self.limit + 1) for line in lines).strip()


class SubmissionKeyField(HiddenField):
    """The random key of a form: made when it is first shown, and kept when it is shown again."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default=lambda: token_urlsafe(24), **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the key, or a new one where it is none of ours."""
        if valuelist:
            self.data = valuelist[0] if _KEY.fullmatch(valuelist[0]) else token_urlsafe(24)


class WebsiteField(LineField):
    """The address of a website, with or without what browsers put before it."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, limit=WEBSITE_MOST, **kwargs)

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  # WTForms calls it so
        """Refuse what a browser could not open, or should not."""
        if self.data and not _WEBSITE.fullmatch(self.data):
            raise ValidationError(_l("Please check the website, for example www.example.org."))

    @property
    def address(self) -> str:
        """Return the address as a link needs it."""
        typed = self.data or ""
        return typed if not typed or "://" in typed else f"https://{typed}"
