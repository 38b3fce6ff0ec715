"""Forms about plans: asking for one, changing a line of it by hand."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange

from jobfair.shuttle.document import (
    Document,
    PlanStop,
    PlanTrip,
    PlanWave,
    TripKey,
    add_stop,
    change_bus,
    delete_trip,
    move_stop,
    shift_trip,
    take_out_stop,
)
from jobfair.shuttle.rules import DemandSource
from jobfair.web.forms import BaseForm, DigitsField, needed

SECONDS = (
    (20, _l("20 seconds: a first look")),
    (60, _l("1 minute")),
    (180, _l("3 minutes: thorough")),
)
MINUTES_MOST = 120


class Scene(NamedTuple):
    """What the forms of a line are about, and all stops that it could call at."""

    plan: Document
    wave: PlanWave
    trip: PlanTrip
    key: TripKey
    stops: dict[int, PlanStop]


class RunForm(BaseForm):
    """What a plan is to be made from, and how long that may take."""

    source = RadioField(
        _l("Who will ride?"),
        choices=[
            (DemandSource.REQUESTS.value, _l("Those who have asked for the bus")),
            (DemandSource.ESTIMATE.value, _l("An estimate from the size of the municipalities")),
        ],
    )
    seconds = RadioField(
        _l("How long may it take?"), choices=list(SECONDS), coerce=int, default=SECONDS[1][0]
    )


class VersionForm(BaseForm):
    """A change of a plan, which counts only for the version that was looked at."""

    version = HiddenField()

    @property
    def known_version(self) -> int:
        """Return the version that was looked at; none that there is, where it can't be read."""
        return _number(self.version, -1)


class PublishForm(VersionForm):
    """Publishing, by somebody who knows how many people lose their seats."""

    people = HiddenField()

    @property
    def known_people(self) -> int:
        """Return of how many people was said that they lose their seats."""
        return _number(self.people, 0)


class EditForm(VersionForm):
    """A change of a line by hand."""

    def __init__(self, scene: Scene, **given: Any) -> None:
        super().__init__(**given)
        self.scene = scene
        self.ask(scene)

    def ask(self, scene: Scene) -> None:
        """Have the fields offer what there is."""

    def changed(self, plan: Document) -> Document:
        """Return the plan as it is after the change, after `validate`."""
        raise NotImplementedError


class MoveForm(EditForm):
    """A stop rides on another line, or at another place of its own."""

    stop = SelectField(_l("Which stop?"), coerce=int)
    line = SelectField(_l("On which line?"), coerce=int)
    position = SelectField(_l("At which place on that line?"), coerce=int, default=-1)

    def ask(self, scene: Scene) -> None:
        """Have the fields offer what there is."""
        self.stop.choices = _names(scene.stops, scene.trip.stops)
        self.line.choices = [
            (trip.line, _l("Line %(line)s", line=trip.line)) for trip in scene.wave.trips
        ]
        if self.line.data is None:
            self.line.data = scene.key.line
        self.position.choices = _positions(max(len(trip.calls) for trip in scene.wave.trips))

    def changed(self, plan: Document) -> Document:
        """Return the plan with the stop there."""
        position = None if self.position.data < 0 else self.position.data
        return move_stop(plan, self.scene.key, self.stop.data, self.line.data, position)


class TakeOutForm(EditForm):
    """A stop is left out."""

    gone = SelectField(_l("Which stop?"), coerce=int)

    def ask(self, scene: Scene) -> None:
        """Have the field offer what there is."""
        self.gone.choices = _names(scene.stops, scene.trip.stops)

    def changed(self, plan: Document) -> Document:
        """Return the plan without the stop on this line."""
        return take_out_stop(plan, self.scene.key, self.gone.data)


class AddForm(EditForm):
    """A stop is added; those who are left over there ride."""

    more = SelectField(_l("Which stop?"), coerce=int)
    place = SelectField(_l("At which place?"), coerce=int, default=-1)

    def ask(self, scene: Scene) -> None:
        """Have the fields offer what there is, stops where people are left over first."""
        left = dict.fromkeys(one.stop for one in scene.wave.unserved)
        others = sorted(scene.stops.values(), key=lambda stop: stop.name)
        order = dict.fromkeys([*left, *(stop.id for stop in others)])
        self.more.choices = _names(
            scene.stops, (one for one in order if one not in scene.trip.stops)
        )
        self.place.choices = _positions(len(scene.trip.calls) + 1)

    def changed(self, plan: Document) -> Document:
        """Return the plan with the stop on this line."""
        position = None if self.place.data < 0 else self.place.data
        return add_stop(plan, self.scene.key, self.scene.stops[self.more.data], position)


class BusForm(EditForm):
    """Another bus drives the line."""

    bus = SelectField(_l("Which bus?"))

    def ask(self, scene: Scene) -> None:
        """Have the field offer what there is."""
        self.bus.choices = [
            (bus.name, _l("%(bus)s, %(seats)s seats", bus=bus.name, seats=bus.seats))
            for bus in scene.plan.buses
        ]
        if self.bus.data is None:
            self.bus.data = scene.trip.bus

    def changed(self, plan: Document) -> Document:
        """Return the plan with the other bus."""
        return change_bus(plan, self.scene.key, self.bus.data)


class ShiftForm(EditForm):
    """The line goes earlier or later."""

    way = RadioField(
        _l("Earlier or later?"), choices=[("-1", _l("earlier")), ("1", _l("later"))], default="-1"
    )
    minutes = DigitsField(
        _l("Minutes"),
        [
            needed(_l("Please say by how many minutes.")),
            NumberRange(1, MINUTES_MOST, message=_l("Please write a number from 1 to 120.")),
        ],
    )

    def changed(self, plan: Document) -> Document:
        """Return the plan with the line at other times."""
        return shift_trip(plan, self.scene.key, int(self.way.data) * (self.minutes.data or 0))


class DeleteForm(EditForm):
    """The line doesn't go."""

    def changed(self, plan: Document) -> Document:
        """Return the plan without the line."""
        return delete_trip(plan, self.scene.key)


EDITS: dict[str, type[EditForm]] = {
    "move": MoveForm,
    "add": AddForm,
    "bus": BusForm,
    "shift": ShiftForm,
    "take-out": TakeOutForm,
    "delete": DeleteForm,
}


class NewLineForm(VersionForm):
    """One more bus in a wave."""

    new_bus = SelectField(_l("One more bus"), validators=[InputRequired()])

    def __init__(self, plan: Document, **given: Any) -> None:
        super().__init__(**given)
        self.new_bus.choices = [
            (bus.name, _l("%(bus)s, %(seats)s seats", bus=bus.name, seats=bus.seats))
            for bus in plan.buses
        ]


def _number(field: HiddenField, otherwise: int) -> int:
    """Return the number that the page had put there."""
    found = re.fullmatch("[0-9]{1,9}", str(field.data))
    return int(found[0]) if found else otherwise


def _names(known: dict[int, PlanStop], stops: Iterable[int]) -> list[tuple[int, str]]:
    return [(stop, known[stop].name) for stop in stops if stop in known]


def _positions(most: int) -> list[tuple[int, Any]]:
    farthest = (-1, _l("farthest from the fair"))
    return [farthest, *((n, _l("Stop number %(number)s", number=n + 1)) for n in range(most))]
