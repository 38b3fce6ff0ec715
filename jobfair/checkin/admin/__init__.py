"""The desk's pages about the door, and the page with which staff pair their own phones."""

from jobfair.checkin.admin import conflicts, devices, live, samples, stations
from jobfair.checkin.admin.blueprint import blueprint
from jobfair.checkin.admin.own_phone import pairing

__all__ = ["blueprint", "conflicts", "devices", "live", "pairing", "samples", "stations"]
