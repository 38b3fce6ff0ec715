"""The form about an arrival window."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from jobfair.fairs import rules
from jobfair.fairs.fields import ClockField
from jobfair.fairs.forms import SKIPPED
from jobfair.fairs.models import ArrivalWindow
from jobfair.fairs.rules import FairFacts, WindowFacts, local_instant
from jobfair.web.forms import BaseForm, DigitsField, LineField, needed


class WindowForm(BaseForm):
    """When some of the people arrive: times of the fair's day, who they are, how many."""

    starts = ClockField(_l("From"), [needed(_l("Please say when the window begins."))])
    ends = ClockField(_l("Until"), [needed(_l("Please say when the window ends."))])
    label = LineField(
        _l("For whom"),
        limit=rules.LABEL_MOST,
        description=_l("A language or a village, for example. Households see it when they choose."),
    )
    capacity = DigitsField(
        _l("Places"), [needed(_l("Please say how many people may come in this window."))]
    )

    def __init__(self, *args: Any, fair: FairFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fair = fair

    def validate_capacity(self, field: DigitsField) -> None:
        """Refuse a number that is no window's; what is no number has been refused already."""
        if field.data is not None and not 0 <= field.data <= rules.CAPACITY_MOST:
            raise ValidationError(_l("Please write a number from 0 to 100,000."))

    def validate_starts(self, field: ClockField) -> None:
        """Refuse a time that the fair's clocks never show on its day."""
        self._instant(field)

    def validate_ends(self, field: ClockField) -> None:
        """Refuse an end before the beginning."""
        self._instant(field)
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError(_l("The window must end after it begins."))

    @property
    def facts(self) -> WindowFacts:
        """Return what was typed, after `validate`."""
        return WindowFacts(
            starts_at=self._instant(self.starts),
            ends_at=self._instant(self.ends),
            label=self.label.data or "",
            capacity=self.capacity.data or 0,
        )

    def _instant(self, field: ClockField) -> datetime:
        shown = datetime.combine(self.fair.day, field.data or time())
        instant = local_instant(shown, self.fair.time_zone)
        if instant is None:
            raise ValidationError(SKIPPED)
        return instant


def typed_window(window: ArrivalWindow, zone: str) -> dict[str, Any]:
    """Return the window as the fields of the form show it, on the fair's clocks."""
    clock = ZoneInfo(zone)
    return {
        "starts": window.starts_at.astimezone(clock).time(),
        "ends": window.ends_at.astimezone(clock).time(),
        "label": window.label,
        "capacity": window.capacity,
    }
