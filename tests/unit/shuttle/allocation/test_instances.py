"""The instances of the benchmark, for what they reach; how soon is for `python -m bench.seats`."""

from pathlib import Path

import pytest

from jobfair.shuttle.allocation.checker import check_allocation, figures
from jobfair.shuttle.allocation.figures import weighted
from jobfair.shuttle.allocation.problem import Problem
from jobfair.shuttle.allocation.reading import read_problem
from jobfair.shuttle.allocation.relaxation import upper_bound
from jobfair.shuttle.allocation.solver import allocate
from jobfair.shuttle.files import read_object
from tests.unit.shuttle.allocation.problems import confirm

DATA = Path("bench", "data")
BEST_600 = [93, 236, 89.3513, 816, 1742, 248071]
BOUND_6000 = 127_900


def instance(name: str) -> Problem:
    """Return a problem of the benchmark."""
    return read_problem(read_object(DATA / f"{name}.json"))


def test_six_hundred_requests_are_proven() -> None:
    asked = instance("seats-600-a")
    found = allocate(asked, 300)
    assert check_allocation(asked, found) == []
    assert [level.value for level in found.levels] == BEST_600
    assert found.proven
    assert allocate(confirm(asked, found), 60) == found


def test_six_thousand_requests_are_near_the_bound() -> None:
    asked = instance("seats-6000-a")
    found = allocate(asked, 20)
    assert check_allocation(asked, found) == []
    assert [level.proven for level in found.levels[:2]] == [True, True]
    assert weighted(figures(asked, found)) >= 0.997 * BOUND_6000
    assert upper_bound(asked, 100) == pytest.approx(BOUND_6000)
