"""Cells that no spreadsheet takes for a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobfair.web.tables import FORMULA, defused


@pytest.mark.parametrize("cell", ["=1+1", "+49 541", "-1", "@x", "\tx", "\rx"])
def test_formulas_are_defused(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@given(st.text())
def test_no_cell_begins_a_formula(cell: str) -> None:
    assert not defused(cell).startswith(FORMULA)
    assert cell in defused(cell)
