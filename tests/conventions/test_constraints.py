"""The database has the last word: closed sets are checked, and foreign keys are indexed."""

import sqlalchemy as sa
from flask import Flask

from jobfair.core.db import Base, db

TABLES = Base.metadata.sorted_tables


def test_every_closed_set_is_checked_by_the_database(app: Flask) -> None:
    inspector, faults = sa.inspect(db.engine), []
    for table in TABLES:
        checks = {c["name"]: c["sqltext"] for c in inspector.get_check_constraints(table.name)}
        for column in table.columns:
            if isinstance(column.type, sa.Enum):
                text = checks.get(f"ck_{table.name}_{column.type.name}", "")
                missing = [value for value in column.type.enums if f"'{value}'" not in text]
                faults += [f"{column}: {value}" for value in missing]
    assert faults == []


UNCOVERED = {"scan": ["fair_id", "device_id"]}  # every scan would pay for it


def test_every_foreign_key_is_covered_by_an_index(app: Flask) -> None:
    inspector, faults = sa.inspect(db.engine), []
    for table in TABLES:
        leading = [inspector.get_pk_constraint(table.name)["constrained_columns"]]
        leading += [u["column_names"] for u in inspector.get_unique_constraints(table.name)]
        for index in inspector.get_indexes(table.name):
            options = index.get("dialect_options", {}).items()
            wheres = [str(value) for key, value in options if key.endswith("_where")]
            if all("IS NOT NULL" in where for where in wheres):  # of the key's own column
                leading.append([name for name in index["column_names"] if name])
        for key in inspector.get_foreign_keys(table.name):
            columns = key["constrained_columns"]
            covered = any(set(names[: len(columns)]) == set(columns) for names in leading)
            if not covered and UNCOVERED.get(table.name) != columns:
                faults.append(f"{table.name}: {columns}")
    assert faults == []


def test_rows_of_a_fair_point_only_to_rows_of_the_same_fair() -> None:
    """Foreign keys between tables that are bound to a fair hold the fair."""
    bound = {t.name for t in TABLES if "fair_id" in t.columns and not t.columns["fair_id"].nullable}
    faults = [
        f"{table.name}: {[c.name for c in key.columns]}"
        for table in TABLES
        if table.name in bound
        for key in table.foreign_key_constraints
        if key.referred_table.name in bound and "fair_id" not in [c.name for c in key.columns]
        if not all(isinstance(c.type, sa.Uuid) for c in key.columns)  # is of one fair by itself
    ]
    assert faults == []
