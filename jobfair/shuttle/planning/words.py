"""Violations in words, for the commands."""

from jobfair.shuttle.planning.checker import Fault, Violation

SENTENCES = {
    Fault.UNKNOWN_BUS: "trip {trip}: there is no bus {bus}",
    Fault.UNKNOWN_STOP: "there is no stop {stop}",
    Fault.NO_CALLS: "trip {trip}: calls nowhere",
    Fault.CALLS_TWICE: "trip {trip}: calls {found} times at {stop}",
    Fault.SEATS: "trip {trip}: {found} seats taken on {bus}, which has {allowed}",
    Fault.WHEELCHAIRS: "trip {trip}: {found} wheelchair places taken on {bus}, which has {allowed}",
    Fault.RIDE: "trip {trip}: the ride from {stop} lasts {found} s, at most {allowed} s",
    Fault.FLEET: "{found} buses {bus}, there are {allowed}",
    Fault.DEMAND: "{stop}: {found} people are planned and {allowed} ask, or in other groups",
    Fault.COST: "cost_m: {found} stated, {allowed} recomputed",
}


def in_words(violation: Violation) -> str:
    """Return the violation in one line."""
    return SENTENCES[violation.code].format(
        trip=violation.trip,
        stop=violation.stop,
        bus=violation.bus,
        found=violation.found,
        allowed=violation.allowed,
    )
