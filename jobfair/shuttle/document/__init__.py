"""Plans of the shuttle: what they are made of, how they are stored, checked and changed.

Pure: no framework, no database.
"""

from jobfair.shuttle.document.checks import (
    Figures,
    Rule,
    TripFigures,
    TripTimes,
    Violation,
    figures,
    key_of,
    times,
    unsound,
    vehicles,
    violations,
)
from jobfair.shuttle.document.comparing import Change, StopChange, WaveChange, changes
from jobfair.shuttle.document.composing import NO_PLACE, compose
from jobfair.shuttle.document.edits import (
    add_stop,
    add_trip,
    change_bus,
    delete_trip,
    free_line,
    move_stop,
    shift_trip,
    take_out_stop,
)
from jobfair.shuttle.document.gaps import Gap, no_bus_as_wished, no_later_bus
from jobfair.shuttle.document.numbering import numbered_like
from jobfair.shuttle.document.pairing import successors
from jobfair.shuttle.document.problems import (
    policy_of,
    route_problem,
    straight_roads,
)
from jobfair.shuttle.document.rounds import with_rounds
from jobfair.shuttle.document.storing import read_document, write_document
from jobfair.shuttle.document.types import (
    BY_HAND,
    Document,
    Left,
    PlanBus,
    PlanCall,
    PlanStop,
    PlanTrip,
    PlanWave,
    TripKey,
    trip_key,
)

__all__ = [
    "BY_HAND",
    "NO_PLACE",
    "Change",
    "Document",
    "Figures",
    "Gap",
    "Left",
    "PlanBus",
    "PlanCall",
    "PlanStop",
    "PlanTrip",
    "PlanWave",
    "Rule",
    "StopChange",
    "TripFigures",
    "TripKey",
    "TripTimes",
    "Violation",
    "WaveChange",
    "add_stop",
    "add_trip",
    "change_bus",
    "changes",
    "compose",
    "delete_trip",
    "figures",
    "free_line",
    "key_of",
    "move_stop",
    "no_bus_as_wished",
    "no_later_bus",
    "numbered_like",
    "policy_of",
    "read_document",
    "route_problem",
    "shift_trip",
    "straight_roads",
    "successors",
    "take_out_stop",
    "times",
    "trip_key",
    "unsound",
    "vehicles",
    "violations",
    "with_rounds",
    "write_document",
]
