"""Reads about the shuttle."""

from jobfair.shuttle.queries.choices import (
    BusChoices,
    StopChoice,
    WaveChoice,
    all_choices,
    back_choices,
    bus_choices,
)
from jobfair.shuttle.queries.departures import (
    ShuttleCounts,
    counts,
    get_departure,
    has_shuttle,
    households_riding,
    list_departures,
)
from jobfair.shuttle.queries.groups import GroupWish, group_wishes
from jobfair.shuttle.queries.journeys import Journey, RideView, journey_of, journeys_of
from jobfair.shuttle.queries.manifests import Group, Manifest, StopList, get_manifest
from jobfair.shuttle.queries.plans import (
    find_settings,
    get_bus_type,
    get_plan,
    get_wave,
    latest_run,
    list_bus_types,
    list_plans,
    list_waves,
    published_plan,
    settings_of,
)
from jobfair.shuttle.queries.problem import list_askable, seat_problem
from jobfair.shuttle.queries.stops import get_stop, list_stops, stops_by_municipality
from jobfair.shuttle.queries.timetables import LineTimes, StopTimes, timetable
from jobfair.shuttle.queries.waiting import (
    IN_LINE,
    OpenOffer,
    Waiting,
    held_by,
    is_in_line,
    list_waiting,
    open_offer_of,
    position_of,
    waiting_reason,
)

__all__ = [
    "IN_LINE",
    "BusChoices",
    "Group",
    "GroupWish",
    "Journey",
    "LineTimes",
    "Manifest",
    "OpenOffer",
    "RideView",
    "ShuttleCounts",
    "StopChoice",
    "StopList",
    "StopTimes",
    "Waiting",
    "WaveChoice",
    "all_choices",
    "back_choices",
    "bus_choices",
    "counts",
    "find_settings",
    "get_bus_type",
    "get_departure",
    "get_manifest",
    "get_plan",
    "get_stop",
    "get_wave",
    "group_wishes",
    "has_shuttle",
    "held_by",
    "households_riding",
    "is_in_line",
    "journey_of",
    "journeys_of",
    "latest_run",
    "list_askable",
    "list_bus_types",
    "list_departures",
    "list_plans",
    "list_stops",
    "list_waiting",
    "list_waves",
    "open_offer_of",
    "position_of",
    "published_plan",
    "seat_problem",
    "settings_of",
    "stops_by_municipality",
    "timetable",
    "waiting_reason",
]
