"""Lists of people as others keep them: read, understood column by column, and judged row by row.

Pure: knows no request and no database. `read_file` and `read_paste` give a `Sheet`, `guess_columns`
says what its columns are, `judge` which households it holds and what is wrong with them.
"""

from jobfair.partners.lists.columns import Column, guess_columns
from jobfair.partners.lists.judging import judge
from jobfair.partners.lists.reading import read_csv, read_file, read_paste
from jobfair.partners.lists.rows import (
    Context,
    Fault,
    JudgedHousehold,
    JudgedRow,
    ListRow,
    StopFact,
    WindowFact,
    identity,
    rows_in,
)
from jobfair.partners.lists.sheet import Row, Sheet
from jobfair.partners.lists.workbook import read_xlsx

__all__ = [
    "Column",
    "Context",
    "Fault",
    "JudgedHousehold",
    "JudgedRow",
    "ListRow",
    "Row",
    "Sheet",
    "StopFact",
    "WindowFact",
    "guess_columns",
    "identity",
    "judge",
    "read_csv",
    "read_file",
    "read_paste",
    "read_xlsx",
    "rows_in",
]
