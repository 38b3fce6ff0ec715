"""The assignment problem: to each row a column of its own at least cost."""

from collections.abc import Sequence
from math import inf


def assign(costs: Sequence[Sequence[int]]) -> list[int]:
    """Return each row's column, no two the same, at the least sum.

    Shortest augmenting paths with potentials, as Kuhn and Munkres have it. There are at least as
    many columns as rows.
    """
    columns = len(costs[0]) if costs else 0
    owner: list[int | None] = [None] * columns
    price = [0.0] * columns
    credit = [0.0] * len(costs)
    for row in range(len(costs)):
        _augment(costs, row, owner, price, credit)
    found = {row: column for column, row in enumerate(owner) if row is not None}
    return [found[row] for row in range(len(costs))]


def _augment(
    costs: Sequence[Sequence[int]],
    start: int,
    owner: list[int | None],
    price: list[float],
    credit: list[float],
) -> None:
    """Give the row a column; rows that had columns on the way there change theirs."""
    reach = [inf] * len(owner)
    came: list[int | None] = [None] * len(owner)
    done: list[int] = []
    free = set(range(len(owner)))
    row: int | None = start
    last: int | None = None
    total = 0.0
    while row is not None:
        for column in free:
            length = total + costs[row][column] - credit[row] - price[column]
            if length < reach[column]:
                reach[column], came[column] = length, last
        last = min(free, key=lambda column: (reach[column], column))
        total = reach[last]
        free.remove(last)
        done.append(last)
        row = owner[last]
    credit[start] += total
    for column in done[:-1]:
        taken = owner[column]
        if taken is not None:
            credit[taken] += total - reach[column]
        price[column] -= total - reach[column]
    while last is not None:
        before = came[last]
        owner[last] = start if before is None else owner[before]
        last = before
