"""Why groups are on no bus."""

from collections.abc import Mapping, Sequence

from jobfair.shuttle.planning.types import (
    FAIR,
    Group,
    Reason,
    RouteProblem,
    Stop,
    Unserved,
)


def obstacle(problem: RouteProblem, stop: Stop, group: Group) -> Reason | None:
    """Return why no plan whatever could carry the group; None where a bus of its own would."""
    buses = [bus for bus in problem.buses if bus.count]
    if not buses:
        return Reason.TOO_FEW_BUSES
    if not any(bus.seats >= group.seats for bus in buses):
        return Reason.TOO_LARGE
    if not any(bus.holds(group.seats, group.wheelchairs) for bus in buses):
        return Reason.NO_WHEELCHAIR_PLACES
    return None if in_time(problem, stop, group.people) else Reason.TOO_FAR


def in_time(problem: RouteProblem, stop: Stop, people: int) -> bool:
    """Tell whether so many arrive within the limit when the bus drives straight to the fair."""
    ride = problem.policy.board_s_per_person * people + problem.travel.leg(stop.id, FAIR).seconds
    return ride <= problem.policy.longest_ride_s(problem.travel.direct_s(stop.id))


def unserved_of(problem: RouteProblem, left: Mapping[str, Sequence[Group]]) -> tuple[Unserved, ...]:
    """Return those who are left at each stop, with the reason."""
    rows: dict[tuple[str, Reason], list[Group]] = {}
    for stop in problem.stops:
        for group in left.get(stop.id, ()):
            why = obstacle(problem, stop, group) or Reason.TOO_FEW_BUSES
            rows.setdefault((stop.id, why), []).append(group)
    return tuple(Unserved(stop, tuple(groups), why) for (stop, why), groups in rows.items())
