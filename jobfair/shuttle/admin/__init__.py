"""The organiser's pages about the shuttle: buses, plans and what they begin with, stops, seats."""

from jobfair.shuttle.admin import buses, fleet, lines, seats, stops

BLUEPRINTS = (
    buses.blueprint,
    fleet.blueprint,
    lines.blueprint,
    seats.blueprint,
    stops.blueprint,
)
