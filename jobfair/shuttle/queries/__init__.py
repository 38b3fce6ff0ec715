"""Reads about the shuttle."""

from jobfair.shuttle.queries.choices import BackChoice, StopChoice, back_choices, stop_choices
from jobfair.shuttle.queries.departures import (
    ShuttleCounts,
    Waiting,
    counts,
    get_departure,
    has_shuttle,
    households_riding,
    list_departures,
    list_waiting,
    offer_of,
    wish_of,
)
from jobfair.shuttle.queries.groups import GroupWish, group_wishes
from jobfair.shuttle.queries.journeys import Journey, RideView, journey_of, journeys_of
from jobfair.shuttle.queries.manifests import Group, Manifest, StopList, get_manifest
from jobfair.shuttle.queries.stops import get_stop, list_stops, stops_by_municipality
from jobfair.shuttle.queries.timetables import LineTimes, StopTimes, timetable

__all__ = [
    "BackChoice",
    "Group",
    "GroupWish",
    "Journey",
    "LineTimes",
    "Manifest",
    "RideView",
    "ShuttleCounts",
    "StopChoice",
    "StopList",
    "StopTimes",
    "Waiting",
    "back_choices",
    "counts",
    "get_departure",
    "get_manifest",
    "get_stop",
    "group_wishes",
    "has_shuttle",
    "households_riding",
    "journey_of",
    "journeys_of",
    "list_departures",
    "list_stops",
    "list_waiting",
    "offer_of",
    "stop_choices",
    "stops_by_municipality",
    "timetable",
    "wish_of",
]
