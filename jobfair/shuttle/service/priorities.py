"""Use case of the organiser: who stands first in the line for seats."""

from datetime import datetime

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import transaction
from jobfair.shuttle.allocation.problem import Priority
from jobfair.shuttle.operations import set_priority


def prefer(
    fair_id: int, household_id: int, priority: Priority, *, actor: Actor, now: datetime
) -> None:
    """Have the household, which is of this fair, stand in line with that priority."""
    with transaction():
        if set_priority(household_id, priority):
            record(
                actor,
                "ride_request.edit",
                "household",
                household_id,
                now=now,
                fair_id=fair_id,
                fields=["priority"],
            )
