"""Integer programs on HiGHS: the same columns and rows, one objective after the other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

TIME_LEAST = 0.05
Terms = Mapping[int, float]
Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Found:
    """The best values that were found, what they are worth, and what no values can surpass."""

    values: list[float]
    value: float
    bound: float


class Program:
    """Columns from 0 to a limit, and rows that keep sums of them within limits."""

    def __init__(self) -> None:
        self._upper: list[float] = []
        self._whole: list[bool] = []
        self._rows: list[tuple[float, float, Terms]] = []
        self._highs: highspy.Highs | None = None

    @property
    def size(self) -> int:
        """Return how many columns there are."""
        return len(self._upper)

    def column(self, upper: float, *, whole: bool = True) -> int:
        """Add a column and return its number."""
        self._upper.append(upper)
        self._whole.append(whole)
        return len(self._upper) - 1

    def row(self, lower: float, upper: float, terms: Terms) -> None:
        """Have the sum of these terms keep within these limits from now on."""
        if self._highs is None:
            self._rows.append((lower, upper, terms))
        else:
            self._highs.addRow(lower, upper, len(terms), _ints(terms), _floats(terms.values()))

    def maximise(self, objective: Terms, start: Sequence[float], seconds: float) -> Found:
        """Return the best values found in this time, the start if there are no better ones."""
        highs = self._with(objective, whole=True)
        solution = highspy.HighsSolution()
        solution.col_value = list(start)
        highs.setSolution(solution)
        self._run(highs, seconds)
        found = self._rounded(highs.getSolution().col_value)
        bound = float(highs.getInfo().mip_dual_bound)
        at_start = worth(objective, start)
        if not found or worth(objective, found) < at_start:
            return Found(list(start), at_start, max(bound, at_start))
        return Found(found, worth(objective, found), max(bound, worth(objective, found)))

    def relax(self, objective: Terms, seconds: float) -> Found | None:
        """Return the best values where parts of places may be given; None if time runs out."""
        highs = self._with(objective, whole=False)
        self._run(highs, seconds)
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        value = float(highs.getInfo().objective_function_value)
        return Found(list(highs.getSolution().col_value), value, value)

    def _with(self, objective: Terms, *, whole: bool) -> highspy.Highs:
        """Return the program with this objective, its columns whole or not."""
        highs = self._highs = self._highs or self._build()
        numbers = _ints(range(self.size))
        kinds = [_kind(whole and column) for column in self._whole]
        highs.changeColsIntegrality(self.size, numbers, np.array(kinds, dtype=np.uint8))
        costs = np.zeros(self.size)
        costs[_ints(objective)] = _floats(objective.values())
        highs.changeColsCost(self.size, numbers, costs)
        return highs

    def _build(self) -> highspy.Highs:
        highs = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy leaves it open
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", 1)
        highs.setOptionValue("mip_rel_gap", 0.0)
        highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        none = _ints([])
        zeros = np.zeros(self.size)
        highs.addCols(self.size, zeros, zeros, _floats(self._upper), 0, none, none, _floats([]))
        lower, upper, terms = zip(*self._rows, strict=True) if self._rows else ((), (), ())
        lengths = [0, *(len(row) for row in terms)]
        columns = _ints(column for row in terms for column in row)
        factors = _floats(factor for row in terms for factor in row.values())
        starts = np.cumsum(lengths, dtype=np.int32)[:-1]
        highs.addRows(
            len(terms), _floats(lower), _floats(upper), len(columns), starts, columns, factors
        )
        self._rows.clear()
        return highs

    def _rounded(self, values: Sequence[float]) -> list[float]:
        pairs = zip(values, self._whole, strict=False)
        return [float(round(value)) if whole else value for value, whole in pairs]

    @staticmethod
    def _run(highs: highspy.Highs, seconds: float) -> None:
        highs.setOptionValue("time_limit", highs.getRunTime() + max(TIME_LEAST, seconds))
        highs.run()


def worth(objective: Terms, values: Sequence[float]) -> float:
    """Return the objective's value."""
    return sum(factor * values[column] for column, factor in objective.items())


def _kind(whole: bool) -> int:
    kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
    return int(kind)


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int32)


def _floats(values: Iterable[float]) -> Floats:
    return np.fromiter(values, dtype=np.float64)
