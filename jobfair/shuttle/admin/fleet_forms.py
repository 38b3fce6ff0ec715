"""Forms about what plans begin with: kinds of buses, waves, limits."""

import re
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from jobfair.core.text import to_western_digits
from jobfair.fairs.fields import ClockField
from jobfair.fairs.models import Fair
from jobfair.shuttle import fleet, rules
from jobfair.shuttle.fleet import BusTypeInput, SettingsInput, WaveInput
from jobfair.shuttle.models import BusType, Wave
from jobfair.web.forms import BaseForm, DigitsField, LineField, needed

_DECIMAL = re.compile(r"\d{1,7}(?:[.,]\d{1,4})?")


class DecimalField(StringField):
    """A number with a point or a comma, in any digits; `data` stays as it was typed."""

    number: float | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the number."""
        super().process_formdata(valuelist)
        typed = to_western_digits(self.data or "").strip()
        if typed and not _DECIMAL.fullmatch(typed):
            raise ValueError(_l("Please write a number, for example 1.5."))
        self.number = float(typed.replace(",", ".")) if typed else None


class DecimalRange:
    """Refuses a number outside of these limits; one that could not be read is refused already."""

    def __init__(self, least: float, most: float) -> None:
        self.least, self.most = least, most

    def __call__(self, form: Any, field: DecimalField) -> None:  # noqa: ARG002  # WTForms calls it so
        """Raise ValidationError for what is too small or too large."""
        if field.number is not None and not self.least <= field.number <= self.most:
            raise ValidationError(
                _l(
                    "Please write a number from %(least)s to %(most)s.",
                    least=self.least,
                    most=self.most,
                )
            )


def _whole(label: Any, least: int, most: int, **more: Any) -> DigitsField:
    message = _l("Please write a number from %(least)s to %(most)s.", least=least, most=most)
    return DigitsField(label, [needed(message), NumberRange(least, most, message=message)], **more)


def _decimal(label: Any, least: float, most: float, **more: Any) -> DecimalField:
    message = _l("Please write a number from %(least)s to %(most)s.", least=least, most=most)
    return DecimalField(label, [InputRequired(message), DecimalRange(least, most)], **more)


def _plain(number: float) -> str:
    return f"{number:g}"


class BusTypeForm(BaseForm):
    """A kind of bus that can be had for the day."""

    name = LineField(
        _l("Name"),
        [needed(_l("Please name the kind of bus."))],
        limit=rules.NAME_MOST,
        description=_l("For example: coach with 50 seats."),
    )
    seats = _whole(_l("Seats"), 1, rules.SEATS_MOST)
    wheelchairs = _whole(_l("Places for wheelchairs"), 0, rules.SEATS_MOST, default=0)
    count = _whole(_l("How many there are"), 0, fleet.BUSES_MOST)
    cost = _decimal(
        _l("Cost of one bus for the day, in euros"),
        0,
        fleet.COST_MOST / 100,
        description=_l("Without the kilometres. 0, if you only pay for those."),
    )

    def __init__(self, kind: BusType | None = None) -> None:
        cost = {"cost": _plain(kind.cost_cents / 100)} if kind else {}
        super().__init__(obj=kind, data=cost)

    def plan(self) -> BusTypeInput:
        """Return what was typed, after `validate`."""
        return BusTypeInput(
            name=self.name.data or "",
            seats=self.seats.data or 0,
            wheelchairs=self.wheelchairs.data or 0,
            count=self.count.data or 0,
            cost_cents=round(100 * (self.cost.number or 0)),
        )


class WaveForm(BaseForm):
    """When buses are at the fair, by its clocks on its day."""

    arrives = ClockField(_l("Buses arrive at the fair by"))
    returns = ClockField(_l("Buses leave for home at"))

    def __init__(self, fair: Fair, wave: Wave | None = None) -> None:
        self.fair, self.zone = fair, ZoneInfo(fair.time_zone)
        times = {"arrives": wave.arrives_at, "returns": wave.returns_at} if wave else {}
        super().__init__(
            data={name: at.astimezone(self.zone).time() for name, at in times.items() if at}
        )

    def plan(self) -> WaveInput:
        """Return what was typed, after `validate`."""
        return WaveInput(self._instant(self.arrives.data), self._instant(self.returns.data))

    def _instant(self, clock: time | None) -> datetime | None:
        if clock is None:
            return None
        day = self.fair.starts_at.astimezone(self.zone).date()
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


class LimitsForm(BaseForm):
    """What every plan of the fair keeps to."""

    max_ride = _whole(
        _l("Longest ride, in minutes"),
        10,
        300,
        description=_l("From getting on to the door of the fair."),
    )
    direct_factor = _decimal(
        _l("For distant stops: how many times as long as without other stops"),
        1,
        5,
        description=_l("Where even a bus without other stops takes longer than the limit."),
    )
    stop_s = _whole(_l("Time for one stop, in seconds"), 0, 900)
    board_s = _whole(_l("Time for one person to get on, in seconds"), 0, 300)
    speed_kmh = _decimal(_l("Speed of the buses, in km/h"), 10, 120)
    detour = _decimal(
        _l("Detour of roads"),
        1,
        3,
        description=_l("1.3 means: roads are 30 percent longer than the straight line."),
    )
    km_cost = _decimal(_l("Cost of one kilometre, in euros"), 0.01, 100)
    riders = DigitsField(
        _l("How many people will ride, as you expect"),
        [Optional(), NumberRange(1, fleet.RIDERS_MOST)],
        description=_l(
            "For a plan before anybody has asked. "
            "Empty: as many as at the last fair, or half of the places."
        ),
    )

    def __init__(self, kept: SettingsInput) -> None:
        super().__init__(
            data={
                "max_ride": kept.max_ride_s // 60,
                "direct_factor": _plain(kept.direct_factor),
                "stop_s": kept.stop_s,
                "board_s": kept.board_s,
                "speed_kmh": _plain(kept.speed_kmh),
                "detour": _plain(kept.detour),
                "km_cost": _plain(kept.km_cents / 100),
                "riders": kept.riders,
            }
        )

    def plan(self) -> SettingsInput:
        """Return what was typed, after `validate`."""
        return SettingsInput(
            max_ride_s=60 * (self.max_ride.data or 0),
            direct_factor=self.direct_factor.number or 0,
            stop_s=self.stop_s.data or 0,
            board_s=self.board_s.data or 0,
            speed_kmh=self.speed_kmh.number or 0,
            detour=self.detour.number or 0,
            km_cents=round(100 * (self.km_cost.number or 0)),
            riders=self.riders.data,
        )
