"""What rooms that know this one do for it; `wiring` says who does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import sqlalchemy as sa
from flask import Flask, current_app

from jobfair.attendees.models import Household
from jobfair.core.actor import Actor

KEY = "attendees"


class Bus(StrEnum):
    """Whether a household rides with the shuttle."""

    SEATED = "seated"
    WAITING = "waiting"
    NONE = "none"


class WindowChanger(Protocol):
    """Has a household arrive in another window, or refuses it, inside the transaction."""

    def __call__(self, household_id: int, window_id: int, *, now: datetime) -> None:
        """Raise Conflict where the window is full."""


class WheelchairFitter(Protocol):
    """Has a household's rides have room for the wheelchairs that its people need."""

    def __call__(self, household_id: int, before: int, *, actor: Actor, now: datetime) -> bool:
        """Return False where no bus has that room; `before` is how many they needed until now."""


@dataclass(frozen=True)
class Ports:
    """`riders` selects the ids of a fair's households that ride so.

    `place_in_line` tells the place of a household that waits, from 1.
    """

    change_window: WindowChanger
    has_shuttle: Callable[[int], bool]
    riders: Callable[[int, Bus], sa.Select[int]]
    fit_wheelchairs: WheelchairFitter
    place_in_line: Callable[[Household], int]


def init_attendees(app: Flask, ports: Ports) -> None:
    """Have this room ask these."""
    app.extensions[KEY] = ports


def ports() -> Ports:
    """Return who is to be asked."""
    found: Ports = current_app.extensions[KEY]
    return found
