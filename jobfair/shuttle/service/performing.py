"""What runs are for: plans of buses, allocations of seats."""

from importlib.util import find_spec

from jobfair.core.errors import Invalid
from jobfair.shuttle.rules import RunKind
from jobfair.shuttle.service.allocating import allocate_fair
from jobfair.shuttle.service.plans import make_plan
from jobfair.shuttle.service.runs import Clock
from jobfair.shuttle.service.work import Errand, work_on_runs
from jobfair.shuttle.solving import SolverFault

OPTIMISER = "highspy"


def allocate_seats(errand: Errand) -> None:
    """Have those who wait get seats, or be offered them; the progress tells how many at last."""
    try:
        outcome = allocate_fair(
            errand.fair_id,
            on_progress=errand.tell,
            cancelled=errand.cancelled,
            now=errand.clock(),
        )
    except SolverFault:
        if find_spec(OPTIMISER) is None:
            raise Invalid("no_optimiser") from None
        raise
    errand.tell(dict(vars(outcome)))


PERFORM = {RunKind.PLAN: make_plan, RunKind.SEATS: allocate_seats}


def run_shuttle(*, clock: Clock) -> None:
    """Have whatever is asked of the optimisers be worked on in the background."""
    work_on_runs(PERFORM, clock=clock)
