"""Use cases of the organiser: stops are added and described anew, for the buses of every fair."""

from datetime import datetime

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import conflicts, transaction
from jobfair.core.errors import NotFound
from jobfair.shuttle.models import Stop
from jobfair.shuttle.rules import StopInput


def add_stop(plan: StopInput, *, actor: Actor, now: datetime) -> Stop:
    """Have one more stop, for the buses of every fair."""
    stop = Stop(**vars(plan))
    with transaction() as session:
        with conflicts(uq_stop_municipality_name="stop_exists"):
            session.add(stop)
        record(actor, "stop.add", "stop", stop.id, now=now)
    return stop


def edit_stop(stop_id: int, plan: StopInput, *, actor: Actor, now: datetime) -> Stop:
    """Have the stop be described like this, at every fair."""
    with transaction() as session:
        stop = session.get(Stop, stop_id, with_for_update=True)
        if stop is None:
            raise NotFound("not_found")
        changed = [name for name, value in vars(plan).items() if getattr(stop, name) != value]
        with conflicts(uq_stop_municipality_name="stop_exists"):
            for name in changed:
                setattr(stop, name, getattr(plan, name))
        if changed:
            record(actor, "stop.edit", "stop", stop_id, now=now, fields=changed)
    return stop
