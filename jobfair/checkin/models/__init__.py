"""Tables of the door: stations, shifts, devices, scans, conflicts."""

from jobfair.checkin.models.devices import Device, DoorItem, Shift, Station
from jobfair.checkin.models.scans import Conflict, Scan

__all__ = ["Conflict", "Device", "DoorItem", "Scan", "Shift", "Station"]
