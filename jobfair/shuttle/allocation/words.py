"""Violations in words, for the commands."""

from jobfair.shuttle.allocation.checker import Fault, Violation

SENTENCES = {
    Fault.TWICE: "{where}: stands {found:g} times on the lists",
    Fault.MISSING: "{where}: has no seat and isn't on the waiting list",
    Fault.UNKNOWN: "{where}: isn't in the problem",
    Fault.WAYS: "{where}: is given another way than it asks for, or only one of two",
    Fault.NOT_USABLE: "{where}: the ride doesn't suit its stops and waves",
    Fault.SEATS: "{where}: {found:g} seats are taken, there are {allowed:g}",
    Fault.WHEELCHAIRS: "{where}: {found:g} wheelchair places are taken, there are {allowed:g}",
    Fault.CONFIRMED_LOST: "{where}: was confirmed and has no seat",
    Fault.CONFIRMED_MOVED: "{where}: was confirmed and is moved",
    Fault.REASON: "{where}: waits for another reason than the one that is told",
    Fault.PLACES_LEFT: "{where}: waits, and fits into what is free",
    Fault.OVERTAKEN: "{where}: waits for people who come after it",
    Fault.LEVELS: "levels: not in the order of the aims",
    Fault.VALUE: "{where}: {found:.10g} stated, {allowed:.10g} recomputed",
    Fault.BOUND: "{where}: {found:.10g} surpasses its bound {allowed:.10g}",
}


def in_words(violation: Violation) -> str:
    """Return the violation in one line."""
    return SENTENCES[violation.code].format(
        where=violation.where, found=violation.found, allowed=violation.allowed
    )
