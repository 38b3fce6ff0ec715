"""Forms about fairs: facts, rooms, texts."""

from datetime import date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import AnyOf, Email, Length, Optional, Regexp, ValidationError

from jobfair.core.position import TYPED_MOST, read_position, write_position
from jobfair.core.text import clean_line
from jobfair.fairs import rules
from jobfair.fairs.fields import ClockField, DayField, MomentField, SlugField
from jobfair.fairs.rules import PAGE_TEXTS, FairFacts, Phase, TextKey, copied_facts, local_instant
from jobfair.fairs.slugs import propose_slug
from jobfair.web.forms import BaseForm, DigitsField, LineField, PhoneField, needed

LAST_MINUTE = time(23, 59)
PLAIN = ("name", "venue", "street", "postal_code", "city", "phone", "email", "capacity")
MOMENTS = (
    "registration_opens_at",
    "registration_closes_at",
    "shuttle_decided_by",
    "on_site_from",
)
SKIPPED = _l("This hour doesn't exist on that day: clocks are put forward. Please choose another.")
SLUG = Regexp(
    f"^(?:{rules.SLUG_PATTERN})$",
    message=_l("Please use small letters, digits and hyphens, and the year."),
)
SLUG_HINT = _l("With the year, for example osnabrueck-2026. Links and posters name it.")
ORDER = (
    ("starts_at", "ends_at", "ends", _l("The fair must end after it begins.")),
    (
        "registration_opens_at",
        "registration_closes_at",
        "registration_closes_at",
        _l("Registration must end after it begins."),
    ),
)


class TextField(TextAreaField):
    """A longer text; white space around it is dropped."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        most = Length(max=rules.TEXT_MOST, message=_l("Please write a shorter text."))
        super().__init__(label, [most], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the text with line ends as we store them, without what can't be seen."""
        if valuelist:
            lines = valuelist[0].splitlines()
            self.data = "\n".join(clean_line(line, rules.TEXT_MOST + 1) for line in lines).strip()


class FairForm(BaseForm):
    """What an organiser says about a fair; days and times are those of the fair's clocks."""

    name = LineField(_l("Name"), [needed(_l("Please name the fair."))], limit=rules.NAME_MOST)
    slug = SlugField(_l("Web address"), [Optional(), SLUG], description=SLUG_HINT)
    day = DayField(_l("Day"), [needed(_l("Please say on which day the fair is."))])
    starts = ClockField(_l("From"), [needed(_l("Please say when the fair begins."))])
    ends = ClockField(_l("Until"), [needed(_l("Please say when the fair ends."))])
    venue = LineField(_l("Venue"), [needed(_l("Please name the venue."))], limit=rules.LINE_MOST)
    street = LineField(_l("Street and number"), limit=rules.LINE_MOST)
    postal_code = LineField(_l("Postal code"), limit=rules.POSTAL_CODE_MOST)
    city = LineField(_l("City"), limit=rules.NAME_MOST)
    place = LineField(
        _l("Place on the map"),
        limit=TYPED_MOST,
        description=_l(
            "Latitude and longitude, as a map shows them: 52.4085, 7.9712. "
            "Buses can be planned only with them."
        ),
    )
    phone = PhoneField(_l("Telephone for questions"))
    email = LineField(
        _l("E-mail for questions"),
        [Optional(), Email(message=_l("Please check the e-mail address."))],
        limit=rules.EMAIL_MOST,
    )
    capacity = DigitsField(
        _l("Places"),
        [needed(_l("Please say how many people may register."))],
        description=_l("How many people may register, children included."),
    )
    registration_opens_at = MomentField(
        _l("Registration from"), description=_l("Empty: as soon as you open it.")
    )
    registration_closes_at = MomentField(
        _l("Registration until"),
        otherwise=LAST_MINUTE,
        description=_l("Empty: until you close it."),
    )
    shuttle_decided_by = MomentField(
        _l("Who waits for a bus is told by"),
        otherwise=LAST_MINUTE,
        description=_l("Stands on the page of each household on the bus waiting list."),
    )
    on_site_from = MomentField(
        _l("Places of those who did not come go to people on site from"),
        description=_l("Empty: never. They keep their places until the end."),
    )

    def __init__(self, *args: Any, zone: str = rules.TIME_ZONE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.instants: dict[str, datetime | None] = {}

    def validate_capacity(self, field: DigitsField) -> None:
        """Refuse a number that is no fair's; what is no number has been refused already."""
        if field.data is not None and not 0 <= field.data <= rules.CAPACITY_MOST:
            raise ValidationError(_l("Please write a number from 0 to 100,000."))

    def validate_place(self, field: LineField) -> None:
        """Refuse what is no place where a fair of ours can be."""
        if field.data and read_position(field.data) is None:
            raise ValidationError(
                _l("Please write the place as numbers, for example 52.4085, 7.9712.")
            )

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell whether all of it can be so; a fault between two times stands at the later one."""
        sound = bool(super().validate(extra_validators))
        self._read_instants()
        self._check_order()
        return sound and not any(field.errors for field in self)

    def _read_instants(self) -> None:
        """Have `instants` hold the times; refuse those that the fair's clocks never show."""
        for name, (field, shown) in self._shown().items():
            self.instants[name] = local_instant(shown, self.zone) if shown else None
            if shown and self.instants[name] is None:
                self.refuse(str(SKIPPED), field)

    def _check_order(self) -> None:
        for first, second, field, fault in ORDER:
            before, after = self.instants[first], self.instants[second]
            if before and after and after <= before:
                self.refuse(str(fault), field)

    def _shown(self) -> dict[str, tuple[str, datetime | None]]:
        """Return for each time its field and what the fair's clocks show then."""
        moments = {name: (name, self[name].data) for name in MOMENTS}
        return {
            "starts_at": ("starts", _joined(self.day.data, self.starts.data)),
            "ends_at": ("ends", _joined(self.day.data, self.ends.data)),
            **moments,
        }

    def facts(self, before: FairFacts | None = None) -> FairFacts:
        """Return what was typed, after `validate`."""
        kept = before.slug if before else _proposed(self.name, self.day)
        lat, lon = read_position(self.place.data or "") or (None, None)
        return FairFacts(
            slug=self.slug.data or kept,
            time_zone=self.zone,
            lat=lat,
            lon=lon,
            **{name: self[name].data for name in PLAIN},
            **cast(dict[str, Any], self.instants),
        )


def typed_values(facts: FairFacts) -> dict[str, Any]:
    """Return the facts as the fields of `FairForm` show them, on the fair's clocks."""
    zone = ZoneInfo(facts.time_zone)
    starts, ends = facts.starts_at.astimezone(zone), facts.ends_at.astimezone(zone)
    shown = {name: getattr(facts, name) for name in (*PLAIN, *MOMENTS)}
    for name in MOMENTS:
        if shown[name] is not None:
            shown[name] = shown[name].astimezone(zone).replace(tzinfo=None)
    if facts.lat is not None and facts.lon is not None:
        shown["place"] = write_position(facts.lat, facts.lon)
    return shown | {
        "slug": facts.slug,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
    }


def _proposed(name: LineField, day: DayField) -> str:
    return propose_slug(name.data or "", day.data.year if day.data else 0)


def _joined(day: date | None, clock: time | None) -> datetime | None:
    return None if day is None or clock is None else datetime.combine(day, clock)


class CopyForm(BaseForm):
    """What is different at a fair that is made from an earlier one."""

    name = LineField(_l("Name"), [needed(_l("Please name the fair."))], limit=rules.NAME_MOST)
    slug = SlugField(_l("Web address"), [Optional(), SLUG], description=SLUG_HINT)
    day = DayField(_l("Day"), [needed(_l("Please say on which day the fair is."))])

    def facts(self, earlier: FairFacts) -> FairFacts:
        """Return the facts of the earlier fair on the typed day, after `validate`."""
        slug = self.slug.data or _proposed(self.name, self.day)
        return copied_facts(earlier, self.name.data or "", slug, cast(date, self.day.data))


class RoomForm(BaseForm):
    """The name of a room, and how many people it holds."""

    name = LineField(
        _l("Name of the room"), [needed(_l("Please name the room."))], limit=rules.NAME_MOST
    )
    capacity = DigitsField(
        _l("How many people the room holds"),
        [Optional()],
        description=_l("Empty: without limit. The door says when the room is full."),
    )

    def validate_capacity(self, field: DigitsField) -> None:
        """Refuse a number that is no room's; what is no number has been refused already."""
        if field.data is not None and not 1 <= field.data <= rules.CAPACITY_MOST:
            raise ValidationError(_l("Please write a number from 1 to 100,000."))

    @property
    def text(self) -> str:
        """Return the name that was typed."""
        return self.name.data or ""


class MoveForm(BaseForm):
    """Where the fair is moved to."""

    phase = HiddenField(validators=[AnyOf([phase.value for phase in Phase])])

    @property
    def after(self) -> Phase:
        """Return the phase that was chosen, after `validate`."""
        return Phase(self.phase.data or "")


class TextsForm(BaseForm):
    """The organiser's texts in one language."""

    lead = TextField(_l("Introduction"))
    arrival = TextField(_l("How to get there"))
    free = TextField(_l("Is it free?"))
    children = TextField(_l("Can I bring my children?"))
    language = TextField(_l("Does anybody there speak my language?"))
    papers = TextField(_l("Which papers do I need?"))
    missed_bus = TextField(_l("What if I miss the bus?"))

    def words(self) -> dict[TextKey, str]:
        """Return what was typed, by key."""
        return {key: self[key.value].data or "" for key in PAGE_TEXTS}
