"""Inserting many rows at once in the caller's transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from jobfair.core.db import assert_writing


def insert_all(key: InstrumentedAttribute[int], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Have these rows in the table of that key and return their keys in the same order.

    Nulls are written as such: rows that differ in what is null would else be inserted apart.
    """
    if not rows:
        return []
    query = sa.insert(key.class_).returning(key, sort_by_parameter_order=True)
    options = {"render_nulls": True}
    return list(assert_writing().scalars(query, rows, execution_options=options))
