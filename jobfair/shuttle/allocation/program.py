"""Integer programs on HiGHS: the same columns and rows, one objective after the other."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

TIME_LEAST = 0.05
NEAR = 1e-4
"""By how much HiGHS may miss a row."""
SIMPLEX_MOST = 150_000
"""How many columns the simplex method is asked to solve; interior points are faster above."""
Terms = Mapping[int, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Found:
    """The best values that were found, what they are worth, and what no values can surpass."""

    values: Sequence[float]
    value: float
    bound: float


class Program:
    """Columns from 0 to a limit, and rows that keep sums of them within limits."""

    def __init__(self) -> None:
        self._upper = array("d")
        self._whole = array("b")
        self._lower_sums, self._upper_sums = array("d"), array("d")
        self._starts, self._columns, self._factors = array("i"), array("i"), array("d")
        self._highs: highspy.Highs | None = None

    @property
    def size(self) -> int:
        """Return how many columns there are."""
        return len(self._upper)

    def column(self, upper: float, *, whole: bool = True) -> int:
        """Add a column and return its number."""
        self._upper.append(upper)
        self._whole.append(whole)
        return self.size - 1

    def row(self, lower: float, upper: float, terms: Terms) -> None:
        """Have the sum of these terms keep within these limits from now on."""
        self._starts.append(len(self._columns))
        self._columns.extend(terms)
        self._factors.extend(terms.values())
        self._lower_sums.append(lower)
        self._upper_sums.append(upper)
        if self._highs is not None:
            columns = np.fromiter(terms, np.int32)
            factors = np.fromiter(terms.values(), np.float64)
            self._highs.addRow(lower, upper, len(terms), columns, factors)

    def maximise(self, objective: Terms, start: Sequence[float], seconds: float) -> Found:
        """Return the best whole values found in this time, the start if there are no better."""
        highs = self._aim(self._costs(objective), whole=True)
        solution = highspy.HighsSolution()
        solution.col_value = list(start)
        highs.setSolution(solution)
        self._run(highs, seconds)
        values = self._rounded(highs.getSolution().col_value)
        bound = min(float(highs.getInfo().mip_dual_bound), self._most(objective))
        found = (
            values and self._holds(values) and worth(objective, values) > worth(objective, start)
        )
        best = values if found else start
        return Found(best, worth(objective, best), max(bound, worth(objective, best)))

    def relax(self, objective: Terms, seconds: float) -> Found:
        """Return the best values where parts of people may ride; none if time was too short.

        The bound is worked out from the prices of the rows, and so holds however rough those are.
        """
        costs = self._costs(objective)
        highs = self._aim(costs, whole=False)
        quick = self.size <= SIMPLEX_MOST
        # Without crossover, prices are true only for the program as it stands.
        options = ("simplex", "on", "on") if quick else ("ipm", "off", "off")
        for name, option in zip(("solver", "presolve", "run_crossover"), options, strict=True):
            highs.setOptionValue(name, option)
        self._run(highs, seconds)
        solution = highs.getSolution()
        highs.setOptionValue("solver", "choose")
        highs.setOptionValue("presolve", "choose")
        values = list(solution.col_value) if highs.getInfo().primal_solution_status else []
        bound = self._dual_bound(costs, np.array(solution.row_dual))
        return Found(values, worth(objective, values) if values else 0.0, bound)

    def _dual_bound(self, costs: Floats, prices: Floats) -> float:
        """Return the Lagrangian bound at these prices of the rows, mended where they can't be."""
        lower, upper = np.array(self._lower_sums), np.array(self._upper_sums)
        prices = prices if prices.size else np.zeros(lower.size)
        prices = np.where(np.isinf(upper), np.minimum(prices, 0), prices)
        prices = np.where(np.isinf(lower), np.maximum(prices, 0), prices)
        limits = np.where(prices > 0, upper, lower)
        paid = np.array(self._factors) * np.repeat(prices, self._lengths())
        left = costs - np.bincount(np.array(self._columns), paid, self.size)
        used = np.where(prices == 0, 0, prices * np.where(np.isinf(limits), 0, limits))
        return float(used.sum() + (np.maximum(left, 0) * np.array(self._upper)).sum())

    def _holds(self, values: Sequence[float]) -> bool:
        """Tell whether these values keep every row: a solution that was cut off may not."""
        numbers = np.repeat(np.arange(len(self._starts)), self._lengths())
        terms = np.array(self._factors) * np.array(values)[np.array(self._columns)]
        sums = np.bincount(numbers, terms, len(self._starts))
        low, high = np.array(self._lower_sums), np.array(self._upper_sums)
        return bool(np.all(sums >= low - NEAR) and np.all(sums <= high + NEAR))

    def _lengths(self) -> NDArray[np.int64]:
        return np.diff(np.append(np.array(self._starts), len(self._columns)))

    def _most(self, objective: Terms) -> float:
        """Return what the objective would be worth if there were no rows."""
        return sum(max(0.0, cost) * self._upper[column] for column, cost in objective.items())

    def _costs(self, objective: Terms) -> Floats:
        costs = np.zeros(self.size)
        costs[np.fromiter(objective, np.int32)] = np.fromiter(objective.values(), np.float64)
        return costs

    def _aim(self, costs: Floats, *, whole: bool) -> highspy.Highs:
        """Return the program with these costs, its columns whole or not."""
        highs = self._highs = self._highs or self._build()
        numbers = np.arange(self.size, dtype=np.int32)
        kinds = np.array(self._whole, dtype=np.uint8) * whole
        highs.changeColsIntegrality(self.size, numbers, kinds)
        highs.changeColsCost(self.size, numbers, costs)
        return highs

    def _build(self) -> highspy.Highs:
        highs = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy leaves it open
        for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0)):
            highs.setOptionValue(option, value)
        highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        zeros, none = np.zeros(self.size), np.array([], dtype=np.int32)
        highs.addCols(self.size, zeros, zeros, np.array(self._upper), 0, none, none, zeros[:0])
        highs.addRows(
            len(self._starts),
            np.array(self._lower_sums),
            np.array(self._upper_sums),
            len(self._columns),
            np.array(self._starts),
            np.array(self._columns),
            np.array(self._factors),
        )
        return highs

    def _rounded(self, values: Sequence[float]) -> list[float]:
        """Return the values of a solution, none if there is none."""
        columns = zip(values, self._whole, strict=False)
        return [round(value) if whole else value for value, whole in columns]

    @staticmethod
    def _run(highs: highspy.Highs, seconds: float) -> None:
        highs.setOptionValue("time_limit", max(TIME_LEAST, seconds))
        highs.run()


def worth(objective: Terms, values: Sequence[float]) -> float:
    """Return the objective's value."""
    return sum(factor * values[column] for column, factor in objective.items())
