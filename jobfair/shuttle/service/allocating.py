"""Giving seats to those who wait, by the optimiser; who rides already is only asked to move."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from jobfair.core.db import session, transaction
from jobfair.shuttle.allocation.options import Claim
from jobfair.shuttle.allocation.problem import Allocation, Problem, Rides, SeatRequest
from jobfair.shuttle.allocation.reading import read_allocation
from jobfair.shuttle.allocation.writing import problem_json
from jobfair.shuttle.files import Node
from jobfair.shuttle.moves import find_moves
from jobfair.shuttle.operations import (
    list_line,
    lock_departures,
    promote,
    propose_move,
    serve,
)
from jobfair.shuttle.queries import list_askable, seat_problem
from jobfair.shuttle.queries.problem import GONE
from jobfair.shuttle.seating import Seating, seat_request
from jobfair.shuttle.solving import Progress, SolverFault, run

SOLVER = "jobfair.shuttle.allocation.solver"
SECONDS = 60.0
MEMORY_MB = 2048


@dataclass(frozen=True)
class Outcome:
    """What an allocation changed: households given or offered seats, and asked to move.

    `waiting` is how many still wait, `is_proven` whether nothing better can exist.
    """

    served: int
    asked_to_move: int
    waiting: int
    is_proven: bool


def allocate_fair(
    fair_id: int,
    *,
    on_progress: Progress,
    cancelled: Callable[[], bool],
    now: datetime,
    seconds: float = SECONDS,
) -> Outcome:
    """Have the seats be given that are free, best for all who wait, and moves be proposed.

    Nobody who rides is moved. Where the optimiser fails those who wait are served in line, and
    SolverFault is raised; Cancelled leaves everything as it was.
    """
    problem = seat_problem(fair_id, now)
    session().rollback()  # nothing is read while the optimiser is at work
    try:
        found = _solve(problem, seconds, on_progress, cancelled)
    except SolverFault:
        _serve_line(fair_id, {}, {}, now)
        raise
    asked = {request.id: request for request in problem.requests}
    served, waiting = _serve_line(fair_id, asked, found.rides, now)
    return Outcome(served, _propose_moves(fair_id, now), waiting, found.proven)


def _solve(
    problem: Problem, seconds: float, on_progress: Progress, cancelled: Callable[[], bool]
) -> Allocation:
    if not any(_waits(request) for request in problem.requests):
        return Allocation((), ())
    answer = run(
        SOLVER,
        {"problem": problem_json(problem), "seconds": seconds},
        on_progress=on_progress,
        seconds=seconds,
        cancelled=cancelled,
        memory_mb=MEMORY_MB,
    )
    return read_allocation(Node(answer), problem)


def _serve_line(
    fair_id: int, asked: Mapping[str, SeatRequest], given: Mapping[str, Rides], now: datetime
) -> tuple[int, int]:
    """Have those in line be served as was found, where that is still possible, then in line.

    Return how many were served and how many wait.
    """
    with transaction():
        departures = lock_departures(fair_id)
        seating = Seating(departures.values(), now)
        before = list_line([fair_id])
        for request, household in before:
            rides = given.get(str(request.id))
            if rides is None or _as_asked(asked[str(request.id)]) != seat_request(request):
                continue
            if rides := _still_free(seating, seat_request(request), rides):
                serve(request, household, rides, departures, now)
        promote(departures, now=now)
        waiting = len(list_line([fair_id]))
    return len(before) - waiting, waiting


def _still_free(seating: Seating, request: SeatRequest, rides: Rides) -> Rides | None:
    """Take these rides and return them; None where one of them is gone or full meanwhile."""
    entry = seating.choices_of(replace(request, confirmed=rides))
    return seating.seat(entry) if entry.claim is Claim.KEPT else None


def _propose_moves(fair_id: int, now: datetime) -> int:
    """Have riders be asked to move for those who still wait; return how many."""
    problem, askable = seat_problem(fair_id, now), list_askable(fair_id)
    moves = find_moves(problem, askable)
    present = {one.id: one.confirmed for one in problem.requests if one.confirmed}
    with transaction():
        departures = lock_departures(fair_id)
        ask = partial(propose_move, departures=departures, now=now)
        return sum(ask(int(move.request), present[move.request], move.rides) for move in moves)


def _waits(request: SeatRequest) -> bool:
    return request.confirmed is None or GONE in {one.departure for one in request.confirmed.all()}


def _as_asked(request: SeatRequest) -> SeatRequest:
    """Return what the household asked, without what the fair adds."""
    return replace(request, municipality="", requested=0, confirmed=None)
