"""The forms of the day: a bus is late, somebody is found out about, a paper list is ticked."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField, TimeField, ValidationError
from wtforms.validators import InputRequired

from jobfair.attendees.queries import SEARCH_MOST, Filters, list_people
from jobfair.attendees.rules import HouseholdState
from jobfair.fairs.models import Fair
from jobfair.fairs.rules import local_instant
from jobfair.shuttle.models import Departure
from jobfair.shuttle.sightings import Answer
from jobfair.shuttle.today.admin_words import ANSWERS
from jobfair.web.forms import ActionForm, BaseForm, LineField

AHEAD_MOST = timedelta(minutes=5)


class LateForm(ActionForm):
    """So many minutes later, and how many reports there were when the page was made."""

    minutes = IntegerField(validators=[InputRequired()])
    reports = IntegerField(validators=[InputRequired()])


class AnswerForm(ActionForm):
    """What becomes of a person."""

    person = IntegerField(validators=[InputRequired()])
    answer = SelectField(
        choices=[(answer.value, words) for answer, words in ANSWERS.items()], coerce=Answer
    )


class TicksForm(BaseForm):
    """The boxes of a paper list, and when they were ticked."""

    at = TimeField(
        _l("When"),
        validators=[InputRequired(_l("Please say when the list was ticked."))],
        description=_l("About will do: when the bus left."),
    )
    boarded = SelectMultipleField(coerce=int)
    alighted = SelectMultipleField(coerce=int)
    added = LineField(
        _l("Written on an empty line"),
        limit=SEARCH_MOST,
        description=_l("The name, or the code on the badge. Save after each person."),
    )

    def __init__(
        self, fair: Fair, departure: Departure, people: Iterable[int], now: datetime
    ) -> None:
        self._fair_id, self._zone, self._now = fair.id, ZoneInfo(fair.time_zone), now
        self.also: list[int] = []
        sets_off = min([departure.fair_at, *(call.at for call in departure.calls)])
        self._day = departure.fair_at.astimezone(self._zone).date()
        self.ticked_at = sets_off
        super().__init__(data={"at": sets_off.astimezone(self._zone).time()})
        for field in (self.boarded, self.alighted):
            field.choices = [(person, str(person)) for person in people]

    def validate_at(self, field: TimeField) -> None:
        """Have `ticked_at` be the time; refuse one that is still to come."""
        if field.data is None:
            return
        shown = datetime.combine(self._day, field.data)
        at = local_instant(shown, self._zone.key)
        if at is None or at > self._now + AHEAD_MOST:
            raise ValidationError(_l("This time is still to come."))
        self.ticked_at = at

    def validate_added(self, field: LineField) -> None:
        """Have `also` be whom the words mean; refuse words that don't mean one person."""
        if not field.data:
            return
        _total, found = list_people(self._fair_id, Filters(text=field.data))
        coming = [one.id for one in found if one.state is not HouseholdState.CANCELLED]
        if not coming:
            raise ValidationError(_l("Nobody is found. Please try the code on the badge."))
        if len(coming) > 1:
            raise ValidationError(
                _l("Several people are found. Please type the code on the badge.")
            )
        self.also = coming
