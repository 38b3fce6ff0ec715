"""What the team's pages call stations, devices, conflicts and the answers of the door."""

from typing import Any

from flask_babel import lazy_gettext as _l

from jobfair.checkin.rules import ConflictKind, DeviceDirection, DeviceKind, Direction, StationKind

STATION_KINDS: dict[StationKind, Any] = {
    StationKind.ENTRANCE: _l("Entrance of the house"),
    StationKind.EXIT: _l("Exit of the house"),
    StationKind.HALL: _l("Door of a room"),
}
DEVICE_KINDS: dict[DeviceKind, Any] = {
    DeviceKind.STEWARD: _l("Door staff"),
    DeviceKind.SUPERVISOR: _l("Supervisor"),
    DeviceKind.ATTENDANT: _l("Bus attendant"),
}
RIGHTS_OF: dict[DeviceKind, Any] = {
    DeviceKind.STEWARD: _l("Scans, searches, lets in again, takes back own scans for ten minutes."),
    DeviceKind.SUPERVISOR: _l(
        "Also takes back any scan, lets in with a reason, registers people and resolves conflicts."
    ),
}
DEVICE_DIRECTIONS: dict[DeviceDirection, Any] = {
    DeviceDirection.BOTH: _l("In and out"),
    DeviceDirection.IN: _l("Only in"),
    DeviceDirection.OUT: _l("Only out"),
}
WAYS: dict[Direction, Any] = {
    Direction.IN: _l("in"),
    Direction.OUT: _l("out"),
    Direction.BOARD: _l("on the bus"),
    Direction.ALIGHT: _l("off the bus"),
}
CONFLICT_KINDS: dict[ConflictKind, Any] = {
    ConflictKind.DOUBLE_ADMISSION: _l("Let in twice"),
    ConflictKind.NOT_ADMISSIBLE: _l("Let in though the registration doesn't allow it"),
    ConflictKind.NEVER_ISSUED: _l("Let in with a badge that nobody was given"),
}
CONFLICT_ADVICE: dict[ConflictKind, Any] = {
    ConflictKind.DOUBLE_ADMISSION: _l(
        "Perhaps the person went out and nobody scanned it. Perhaps two people use one badge:"
        " then give one of them a new badge."
    ),
    ConflictKind.NOT_ADMISSIBLE: _l(
        "The phone didn't know it yet. The answer says why: look whether there is a place left,"
        " or whether the person has a newer badge, and talk to them in a friendly way."
    ),
    ConflictKind.NEVER_ISSUED: _l(
        "The code is genuine, but no registration has it."
        " Find out who the person is and register them at the help desk."
    ),
}
