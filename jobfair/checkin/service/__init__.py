"""Use cases of the door: recording scans."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from flask import Flask, current_app

from jobfair.checkin.batch import Handful
from jobfair.checkin.duty import Duty
from jobfair.checkin.ports import BoardingPort
from jobfair.checkin.service.duties import Duties
from jobfair.checkin.wire import DeviceState, Parsed, Refused, Result, ScanInput
from jobfair.checkin.writer import ScanWriter

WRITER = "scan_writer"
DUTIES = "duties"
BUSES = "buses"
T = TypeVar("T")


def init_checkin(app: Flask, buses: BoardingPort) -> None:
    """Give the application its scan writer, and let it know its devices."""
    app.extensions[WRITER] = ScanWriter(app, buses)
    app.extensions[DUTIES] = Duties(buses)
    app.extensions[BUSES] = buses


def duties() -> Duties:
    """Return what the application knows of its devices."""
    known: Duties = current_app.extensions[DUTIES]
    return known


def buses() -> BoardingPort:
    """Return what tells of departures and seats."""
    known: BoardingPort = current_app.extensions[BUSES]
    return known


def scan_writer() -> ScanWriter:
    """Return what writes the scans of this process."""
    known: ScanWriter = current_app.extensions[WRITER]
    return known


def record_scans(
    writer: ScanWriter,
    duty: Duty,
    sent: Sequence[Parsed],
    state: DeviceState,
    now: datetime,
    use: Callable[[list[Result]], T],
) -> T:
    """Have every readable scan stored; return what `use` makes of the answers, in their order.

    A scan that is stored already gets its stored answer again. Raises OffDuty.
    """
    good = tuple(one for one in sent if isinstance(one, ScanInput))

    def answer_all(stored: Iterable[Result]) -> T:
        answers = iter(stored)
        return use([one if isinstance(one, Refused) else next(answers) for one in sent])

    return writer.write(Handful(duty, state, now, good), answer_all)
