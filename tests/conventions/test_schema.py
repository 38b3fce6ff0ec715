"""The migrations: they make what the models say, and keep every row."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from config import ROOT
from jobfair.core.db import Base, db
from tests.everything import count_rows, dump, make_everything

LOST = {"0002": {"role_grant": 1}}  # the partner's: a role that the older version does not know
VERSIONS = ROOT / "migrations" / "versions"
RECREATING = '''
"""Recreate every table, as batch mode does on SQLite for most changes."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "recreate", "{head}", None, None


def _recreate():
    if op.get_bind().dialect.name == "sqlite":
        for name in sa.inspect(op.get_bind()).get_table_names():
            if name != "alembic_version":
                with op.batch_alter_table(name, recreate="always"):
                    pass


upgrade = downgrade = _recreate
'''


def _alembic(app: Flask, *more: Path) -> Config:
    config: Config = app.extensions["migrate"].migrate.get_config(str(ROOT / "migrations"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", os.pathsep.join(map(str, (VERSIONS, *more))))
    db.session.remove()
    return config


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out the queue, which keeps its own tables in a PostgreSQL database."""
    return kind != "table" or not str(name).startswith("huey_")


def _differences() -> list[object]:
    options = {"compare_type": True, "include_name": _is_ours}
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Base.metadata))


def _checks() -> Iterator[tuple[str, str]]:
    """Go through the CHECKs of the models as table and name."""
    for table in Base.metadata.sorted_tables:
        for rule in table.constraints:
            if isinstance(rule, sa.CheckConstraint):
                assert rule.name, f"{table.name} has a CHECK without a name"
                yield table.name, str(rule.name)


def _counted() -> dict[str, int]:
    """Count the rows, and let no transaction stand in the way of the next migration."""
    counted = count_rows()
    db.session.remove()
    return counted


def test_there_is_one_head(app: Flask) -> None:
    assert len(ScriptDirectory.from_config(_alembic(app)).get_heads()) == 1


def test_the_migrated_schema_equals_the_models(app: Flask) -> None:
    assert _differences() == []


def test_the_migrated_checks_equal_the_models(app: Flask) -> None:
    inspector = sa.inspect(db.engine)
    tables = [table.name for table in Base.metadata.sorted_tables]
    migrated = {(t, str(c["name"])) for t in tables for c in inspector.get_check_constraints(t)}
    prefix = "ck_%(table_name)s_"
    named = {
        (t, n if n.startswith("ck_") else prefix % {"table_name": t} + n) for t, n in _checks()
    }
    assert migrated == named


def test_down_and_up_again_with_rows_in_every_table(own_app: Flask) -> None:
    make_everything()
    assert [name for name, n in count_rows().items() if n == 0] == []
    config = _alembic(own_app)
    revisions = list(ScriptDirectory.from_config(config).walk_revisions())
    for revision in revisions[:-1]:
        before = _counted()
        command.downgrade(config, revision.down_revision)
        older = set(sa.inspect(db.engine).get_table_names())
        command.upgrade(config, "head")
        after = _counted()
        assert {name: after[name] for name in older & set(before)} == {
            name: before[name] - LOST.get(revision.revision, {}).get(name, 0)
            for name in older & set(before)
        }
    command.downgrade(config, "base")
    assert set(Base.metadata.tables) & set(sa.inspect(db.engine).get_table_names()) == set()
    command.upgrade(config, "head")
    assert _differences() == []


def test_a_migration_that_recreates_tables_keeps_every_row(own_app: Flask, tmp_path: Path) -> None:
    make_everything()
    before = dump()
    (head,) = ScriptDirectory.from_config(_alembic(own_app)).get_heads()
    more = tmp_path / "more"
    more.mkdir()
    (more / "recreate.py").write_text(RECREATING.format(head=head))
    config = _alembic(own_app, more)
    command.upgrade(config, "head")
    assert dump() == before
    command.downgrade(config, head)
    assert dump() == before
    assert _differences() == []


@pytest.fixture
def backend_with_orphans(own_app: Flask, tmp_path: Path) -> Config:
    """Prepare a migration that leaves a household without its fair."""
    make_everything()
    (head,) = ScriptDirectory.from_config(_alembic(own_app)).get_heads()
    more = tmp_path / "more"
    more.mkdir()
    text = RECREATING.format(head=head)
    orphaned = text.replace("    if op.", '    op.execute("DELETE FROM fair")\n    if op.')
    (more / "orphans.py").write_text(orphaned)
    return _alembic(own_app, more)


def test_a_migration_that_orphans_rows_is_refused(backend_with_orphans: Config) -> None:
    before = count_rows()
    with pytest.raises((RuntimeError, sa.exc.IntegrityError)):
        command.upgrade(backend_with_orphans, "head")
    assert count_rows() == before
