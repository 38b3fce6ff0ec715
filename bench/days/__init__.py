"""10,000 days at the buses that are made up: is anybody left behind without a warning?

Buses are late and say so or not, people don't come, lose badges, leave early, go by car or by the
wrong bus, get off again; families split; attendants forget to scan, mix people up, answer wrongly,
have no network. Three in ten scans out of the door are missed. The rules are given what a server
would have recorded by then, and a checker of its own compares their warnings with the truth.
"""

import sys
import time
from collections.abc import Iterable
from random import Random

from bench.days.checker import Shown, Tally, Warn, judge
from bench.days.people import make_day
from jobfair.shuttle.homeward import warnings
from jobfair.shuttle.sightings import Where

DAYS = 10_000


def main() -> None:
    """Print who was warned of ten minutes before the last bus; fail where somebody wasn't."""
    began = time.perf_counter()
    tally = simulate(DAYS, seed=1)
    print(f"{DAYS} days in {time.perf_counter() - began:.0f} s")
    print(f"  {tally.expected:7} with a seat, there 15 minutes before their bus")
    print(f"  {tally.there.total():7} there 10 minutes before the last bus, of whom")
    for shown in Shown:
        print(f"  {tally.there[shown]:7}   {shown}")
    print(f"  {tally.warned.total():7} warnings then, {_false(tally, Where)}; by what is known:")
    for where in tally.warned:
        print(f"  {tally.warned[where]:7}   {where:9} {_false(tally, [where])}")
    print(f"  {len(tally.left_behind):7} shown by a record and without a warning")
    if tally.left_behind:
        sys.exit("\n".join(tally.left_behind[:5]))


def simulate(days: int, seed: int, warn: Warn = warnings) -> Tally:
    """Return what was counted over so many days, under these rules."""
    tally = Tally()
    for number in range(days):
        judge(make_day(Random(f"{seed}-{number}")), warn, tally)
    return tally


def _false(tally: Tally, kinds: Iterable[Where]) -> str:
    """Return the share of those warned of who had gone, and how."""
    warned, by_bus, otherwise = (
        sum(counted[where] for where in kinds)
        for counted in (tally.warned, tally.gone_by_bus, tally.gone_otherwise)
    )
    return (
        f"{(by_bus + otherwise) / warned:.1%} false"
        f" (by a bus, not recorded there yet {by_bus / warned:.1%},"
        f" otherwise {otherwise / warned:.1%})"
    )
