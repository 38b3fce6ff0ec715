"""What this room does when fairs are made or change."""

from jobfair.attendees.operations import draw_codes
from jobfair.attendees.rules import POOL_FACTOR
from jobfair.fairs.events import CapacityChanged, FairMade


def on_fair_made(event: FairMade) -> None:
    """Have the new fair own a pool of badge codes."""
    draw_codes(event.fair_id, POOL_FACTOR * event.capacity)


def on_capacity_changed(event: CapacityChanged) -> None:
    """Have the pool grow with the fair; it never shrinks."""
    draw_codes(event.fair_id, POOL_FACTOR * event.capacity)
