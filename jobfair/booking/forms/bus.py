"""The form of the bus: where from and when; all else has an answer that holds for most."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import ValidationError

from jobfair.booking.rules import ANY_BUS, COME_ANYWAY, NO_BUS, ONLY_BY_BUS, suits
from jobfair.fairs.models import ArrivalWindow
from jobfair.shuttle.queries import BusChoices, WaveChoice
from jobfair.shuttle.rules import Direction, Ways, directions
from jobfair.web.forms import BaseForm

FITTING = "fit"


class BusForm(BaseForm):
    """From which stop the household comes by bus, and when; or that it comes on its own."""

    stop = RadioField(_l("Where do you get on the bus?"), choices=[], validate_choice=False)
    arrive = RadioField(
        _l("When do you want to be at the fair?"), choices=[], validate_choice=False
    )
    ways = RadioField(
        _l("Do you ride there and back?"),
        choices=[
            SelectChoice(Ways.BOTH.value, _l("There and back")),
            SelectChoice(Ways.OUT.value, _l("Only there")),
            SelectChoice(Ways.BACK.value, _l("Only back")),
        ],
    )
    back = RadioField(_l("When do you want to go back?"), choices=[], validate_choice=False)
    flexible = RadioField(
        _l("What if this bus is full?"),
        choices=[
            SelectChoice("0", _l("We only want this bus")),
            SelectChoice("1", _l("One bus earlier or later is fine too")),
            SelectChoice(str(ANY_BUS), _l("Any bus of the day is fine")),
        ],
    )
    also = SelectMultipleField(_l("Which other stops can you reach?"), validate_choice=False)
    wheelchairs = SelectField(_l("People in a wheelchair"))
    prams = SelectField(_l("Prams"))
    seatless = RadioField(
        _l("What if there are no seats for you?"),
        choices=[
            SelectChoice(COME_ANYWAY, _l("We come anyway. Keep our places at the fair.")),
            SelectChoice(ONLY_BY_BUS, _l("We can only come with the bus.")),
        ],
    )

    def __init__(
        self,
        choices: BusChoices,
        people: int,
        window: ArrivalWindow | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data=_usual(choices, people, window), **kwargs)
        self.offered, self.people = choices, people
        self.stops = {str(stop.stop_id) for stop in choices.stops}
        numbers: list[Any] = [(str(number), str(number)) for number in range(people + 1)]
        self.wheelchairs.choices = self.prams.choices = numbers
        self.also.data = [one for one in self.also.data or () if one in self.stops]

    @property
    def has_waves(self) -> bool:
        """Tell whether there is more than one bus to choose from on any way."""
        return max(len(self.offered.arrivals), len(self.offered.returns)) > 1

    @property
    def may_wait(self) -> bool:
        """Tell whether a stop that can be chosen has too few seats for all, as far as is known."""
        buses = [stop.bus for stop in self.offered.stops if stop.bus is not None]
        return any(bus.free < self.people for bus in buses)

    @property
    def offers_fitting(self) -> bool:
        """Tell whether the way home can be left to the choice of the way there."""
        return min(len(self.offered.arrivals), len(self.offered.returns)) > 1

    @property
    def round_trips(self) -> list[tuple[WaveChoice, WaveChoice]]:
        """Return each arrival with the bus home that belongs to it, where there is any."""
        homes = [(one, _home_from(one, self.offered, self.people)) for one in self.offered.arrivals]
        return [(there, home) for there, home in homes if home]

    @property
    def says_more(self) -> bool:
        """Tell whether anything is at fault but stop and times."""
        return any(field.errors for field in self if field.name not in ("stop", "arrive", "back"))

    @property
    def _ways(self) -> tuple[Direction, ...]:
        """Return the rides that are wished; none for those who come on their own."""
        riding = self.stop.data != NO_BUS and self.ways.data in set(Ways)
        return directions(Ways(self.ways.data)) if riding else ()

    def validate_stop(self, field: Field) -> None:
        """Ask for a stop, or for the answer that they come on their own."""
        if field.data not in {*self.stops, NO_BUS}:
            raise ValidationError(_l("Please choose your bus stop."))

    def validate_arrive(self, field: Field) -> None:
        """Ask for a time at which a bus arrives from there."""
        if Direction.OUT not in self._ways:
            return
        if field.data not in _numbers(self.offered.arrivals):
            raise ValidationError(_l("Please choose when you want to be at the fair."))
        if not self._serves(Direction.OUT, field.data):
            raise ValidationError(
                _l("No bus goes from this stop at this time. Please choose another one.")
            )

    def validate_back(self, field: Field) -> None:
        """Ask for a time at which a bus goes home to there."""
        if Direction.BACK not in self._ways:
            return
        if field.data == FITTING:
            field.data = self._fitting()
        if field.data not in _numbers(self.offered.returns):
            raise ValidationError(_l("Please choose when you want to go back."))
        if not self._serves(Direction.BACK, field.data):
            raise ValidationError(
                _l("No bus goes to this stop at this time. Please choose another one.")
            )
        there = Direction.OUT in self._ways
        if there and self.offered.is_home_too_early(self.arrive.data, field.data):
            raise ValidationError(
                _l("This bus leaves before you are at the fair. Please choose a later one.")
            )

    def _fitting(self) -> str:
        """Return the wave of the bus home that belongs to the chosen arrival; none without one."""
        if Direction.OUT not in self._ways:
            return ""
        chosen = (one for one in self.offered.arrivals if str(one.wave) == self.arrive.data)
        home = _home_from(next(chosen, None), self.offered, self.people)
        return str(home.wave) if home else ""

    def _serves(self, direction: Direction, wave: str) -> bool:
        """Tell whether a bus goes there and then; who has named no stop is asked for that first."""
        if self.stop.data not in self.stops or self.flexible.data not in ("0", "1", str(ANY_BUS)):
            return True
        stops = [int(one) for one in (self.stop.data, *(self.also.data or ()))]
        return self.offered.serves(stops, direction, int(wave), int(self.flexible.data))


def _numbers(waves: Sequence[WaveChoice]) -> set[str]:
    return {str(choice.wave) for choice in waves}


def _usual(choices: BusChoices, people: int, window: ArrivalWindow | None) -> dict[str, Any]:
    """Return the answers that hold for most: there and back, in time, home with room for all."""
    usual = {"ways": _usual_ways(choices).value, "flexible": "1", "wheelchairs": "0", "prams": "0"}
    arrival = _in_time(choices.arrivals, window)
    if arrival is not None:
        usual["arrive"] = str(arrival.wave)
    home = _home_from(arrival, choices, people)
    if home is not None:
        usual["back"] = str(home.wave) if len(choices.arrivals) < 2 else FITTING
    return usual | {"seatless": COME_ANYWAY}


def _usual_ways(choices: BusChoices) -> Ways:
    if choices.returns and choices.arrivals:
        return Ways.BOTH
    return Ways.OUT if choices.arrivals else Ways.BACK


def _in_time(arrivals: Sequence[WaveChoice], window: ArrivalWindow | None) -> WaveChoice | None:
    """Return the first bus that is in time for the window, else the only one that there is."""
    if len(arrivals) == 1:
        return arrivals[0]
    if window is None:
        return None
    fitting = (one for one in arrivals if suits(one.at, window.starts_at, window.ends_at))
    return next(fitting, None)


def _home_from(arrival: WaveChoice | None, choices: BusChoices, people: int) -> WaveChoice | None:
    """Return the bus home that belongs to the arrival, or the next one to it that has room.

    Who comes with the last buses goes home with the last ones, and so on from the end of the day:
    nobody is sent home earlier than need be.
    """
    after = 0 if arrival is None else len(choices.arrivals) - 1 - choices.arrivals.index(arrival)
    belonging = max(len(choices.returns) - 1 - after, 0)

    def distance(place: int) -> tuple[bool, bool, int]:
        choice = choices.returns[place]
        early = arrival is not None and choice.at <= arrival.at
        full = choice.free is not None and choice.free < people
        return early, full, abs(place - belonging)

    best = min(range(len(choices.returns)), key=distance, default=None)
    return None if best is None else choices.returns[best]
