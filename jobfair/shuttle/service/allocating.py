"""Giving seats to those who wait, by the optimiser; who rides already is only asked to move."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from jobfair.core.db import session, transaction
from jobfair.shuttle.allocation.allocator import SECONDS, allocate
from jobfair.shuttle.allocation.options import Claim
from jobfair.shuttle.allocation.problem import Problem, Rides, SeatRequest
from jobfair.shuttle.allocation.swaps import propose_swaps
from jobfair.shuttle.operations import (
    list_line,
    lock_departures,
    promote,
    propose_move,
    serve,
)
from jobfair.shuttle.queries import list_departures, list_spared, promised, seat_problem
from jobfair.shuttle.seating import Seating, seat_request
from jobfair.shuttle.solving import SolverFault

PROPOSALS_MOST = 30
"""For so many households at most others are asked to move at once."""


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
    on_progress: Callable[[dict[str, Any]], None],
    cancelled: Callable[[], bool],
    now: datetime,
    seconds: float = SECONDS,
) -> Outcome:
    """Have the seats be given that are free, best for all who wait, and moves be proposed.

    Nobody who rides is moved. Where the optimiser fails those who wait are served in turn, and
    SolverFault is raised; Cancelled leaves everything as it was.
    """
    problem = seat_problem(fair_id, list_departures(fair_id), now)
    session().rollback()  # nothing is read while the optimiser is at work
    held = promised(problem)
    if len(held) == len(problem.requests):
        return Outcome(0, 0, 0, is_proven=True)
    try:
        found = allocate(
            problem,
            seconds=seconds,
            on_progress=lambda progress: on_progress(vars(progress)),
            cancelled=cancelled,
        )
    except SolverFault:
        _serve_line(problem, {}, now, fair_id)
        raise
    new = {name: rides for name, rides in found.rides.items() if name not in held}
    served, waiting = _serve_line(problem, new, now, fair_id)
    return Outcome(served, _propose_moves(fair_id, now), waiting, found.proven)


def _serve_line(
    problem: Problem, given: Mapping[str, Rides], now: datetime, fair_id: int
) -> tuple[int, int]:
    """Have those in line be served as was found, where that is still possible, then in turn.

    Return how many were served and how many wait.
    """
    asked = {request.id: _as_asked(request) for request in problem.requests}
    with transaction():
        departures = lock_departures(fair_id)
        seating = Seating(departures.values(), now)
        before = list_line([fair_id])
        for request, household in before:
            wish, rides = seat_request(request), given.get(str(request.id))
            if rides and asked[wish.id] == wish and (rides := _still_free(seating, wish, rides)):
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
    problem = seat_problem(fair_id, list_departures(fair_id), now)
    held, spared = promised(problem), list_spared(fair_id)
    proposals = propose_swaps(problem, held, spared)[:PROPOSALS_MOST]
    moves = [move for proposal in proposals for move in proposal.moves]
    with transaction():
        departures = lock_departures(fair_id)
        ask = partial(propose_move, departures=departures, now=now)
        return sum(ask(int(move.request), move.now, move.then) for move in moves)


def _as_asked(request: SeatRequest) -> SeatRequest:
    """Return what the household asked, without what the fair adds."""
    return replace(request, municipality="", requested=0, confirmed=None)
