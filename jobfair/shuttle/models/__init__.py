"""Tables of the shuttle."""

from jobfair.shuttle.models.plans import (
    BusType,
    RoadTable,
    ShuttlePlan,
    ShuttleRun,
    ShuttleSettings,
    Wave,
)
from jobfair.shuttle.models.requests import (
    BusAnswer,
    Ride,
    RideAlternative,
    RideHold,
    RideRequest,
)
from jobfair.shuttle.models.timetable import Call, Delay, Departure, Stop

__all__ = [
    "BusAnswer",
    "BusType",
    "Call",
    "Delay",
    "Departure",
    "Ride",
    "RideAlternative",
    "RideHold",
    "RideRequest",
    "RoadTable",
    "ShuttlePlan",
    "ShuttleRun",
    "ShuttleSettings",
    "Stop",
    "Wave",
]
