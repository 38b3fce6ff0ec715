"""Forms with which a fair is postponed or cancelled."""

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from jobfair.core.languages import UI_LANGUAGES
from jobfair.core.text import clean_line
from jobfair.fairs import rules
from jobfair.fairs.fields import ClockField, DayField
from jobfair.fairs.forms import SKIPPED, TextField
from jobfair.fairs.rules import FairFacts, local_instant
from jobfair.web.forms import BaseForm, LineField, needed

HINT = _l("Why, and what people should do now. It stands in every message and on every page.")


class NewsForm(BaseForm):
    """What the organiser says to everybody, by language; German where another is missing."""

    news_de = TextField(_l("Your words in German"), description=HINT)
    news_en = TextField(_l("Your words in English"))
    news_uk = TextField(_l("Your words in Ukrainian"))
    news_ar = TextField(_l("Your words in Arabic"))

    def validate_news_de(self, field: TextField) -> None:
        """Refuse to tell nothing."""
        if not field.data:
            raise ValidationError(_l("Please write in German what people should know."))

    @property
    def words(self) -> dict[str, str]:
        """Return what was typed, by language."""
        return {lang: self[f"news_{lang}"].data or "" for lang in UI_LANGUAGES}


class PostponeForm(NewsForm):
    """The new time of a fair."""

    day = DayField(_l("New day"), [needed(_l("Please say on which day the fair is."))])
    starts = ClockField(_l("From"), [needed(_l("Please say when the fair begins."))])
    ends = ClockField(_l("Until"), [needed(_l("Please say when the fair ends."))])

    def __init__(self, fair: FairFacts) -> None:
        zone = ZoneInfo(fair.time_zone)
        times = (at.astimezone(zone).time() for at in (fair.starts_at, fair.ends_at))
        super().__init__(data=dict(zip(("starts", "ends"), times, strict=True)))
        self.zone = fair.time_zone

    def validate_starts(self, field: ClockField) -> None:
        """Refuse a time that the fair's clocks never show."""
        self._check(field)

    def validate_ends(self, field: ClockField) -> None:
        """Refuse an end before the beginning."""
        self._check(field)
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError(_l("The fair must end after it begins."))

    @property
    def starts_at(self) -> datetime:
        """Return when the fair begins, after `validate`."""
        return cast(datetime, self._instant(self.starts))

    @property
    def ends_at(self) -> datetime:
        """Return when the fair ends, after `validate`."""
        return cast(datetime, self._instant(self.ends))

    def _check(self, field: ClockField) -> None:
        if self.day.data and field.data and self._instant(field) is None:
            raise ValidationError(SKIPPED)

    def _instant(self, field: ClockField) -> datetime | None:
        if self.day.data is None or field.data is None:
            return None
        return local_instant(datetime.combine(self.day.data, field.data), self.zone)


class CallOffForm(NewsForm):
    """The name of the fair, typed once more, so that nobody cancels it by mistake."""

    name = LineField(_l("Name of the fair"), limit=rules.NAME_MOST)

    def __init__(self, fair_name: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fair_name = fair_name

    def validate_name(self, field: LineField) -> None:
        """Refuse another name than that of the fair."""
        wanted = clean_line(self.fair_name, rules.NAME_MOST)
        if (field.data or "").casefold() != wanted.casefold():
            raise ValidationError(_l("Please write the name of the fair as it stands above."))
