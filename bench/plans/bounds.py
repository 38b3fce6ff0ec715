"""What no plan can exceed."""

from jobfair.shuttle.planning.reasons import obstacle
from jobfair.shuttle.planning.types import RouteProblem


def people_bound(problem: RouteProblem) -> int:
    """Return a number of people that no plan carries more than: those for whom there are places."""
    able = [
        group
        for stop in problem.stops
        for group in stop.groups
        if obstacle(problem, stop, group) is None
    ]
    seats = sum(bus.seats * bus.count for bus in problem.buses)
    wheelchairs = sum(bus.wheelchairs * bus.count for bus in problem.buses)
    return min(seats, sum(group.seats for group in able)) + min(
        wheelchairs, sum(group.wheelchairs for group in able)
    )
