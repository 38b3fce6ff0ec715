"""A short hour without network, with a server that is killed; and a checker that can be wrong."""

import sqlalchemy as sa
from flask import Flask

from bench.door_days import Day, Size, simulate
from bench.door_days.checker import Check
from config import Config
from jobfair.checkin.models import Conflict, Scan
from jobfair.checkin.rules import ConflictKind, Direction, Outcome
from jobfair.core.db import db, session, transaction

SHORT = Size(scans=300, phones=3, kills=2, batch=20)


def environ_of(app: Flask) -> dict[str, str]:
    """Return the settings with which another process uses the same database."""
    config: Config = app.config["JOBFAIR"]
    return {
        "DATA_DIR": str(config.data_dir),
        "DATABASE_URL": config.database_url,
        "SECRET_KEY": config.secret_key,
        "DATA_KEY": config.data_key.decode(),
    }


def found(day: Day, name: str) -> int:
    """Return what a new look at the database finds of that figure."""
    figures = Check(day.world, day.shown).figures([])
    (count,) = [figure.count for figure in figures if figure.name == name]
    return count


def test_nothing_is_lost_and_no_double_admission_unlisted(app: Flask) -> None:
    day = simulate(environ_of(app), SHORT, seed=3)
    assert [figure for figure in day.figures if not figure.holds] == []
    counted = {figure.name: figure.count for figure in day.figures}
    assert counted["scans shown at the doors"] >= SHORT.scans
    assert counted["admitted twice"] > 0
    assert counted["registered at the door"] > 0
    assert counted["let in against the answer"] > 0
    see_what_was_tampered_with(day)
    db.session.remove()


def see_what_was_tampered_with(day: Day) -> None:
    """Have the rows be wrong in one way after the other; the checker must find each."""
    with transaction() as current:
        current.execute(sa.delete(Conflict).where(Conflict.kind == ConflictKind.DOUBLE_ADMISSION))
    assert found(day, "admitted twice and not listed") > 0
    assert found(day, "let in against the answer and not listed") > 0
    quiet = sa.select(Scan).where(Scan.id.not_in(sa.select(Conflict.scan_id)))
    fine = quiet.where(Scan.outcome == Outcome.LEFT)
    with transaction() as current:
        first, second, third = current.scalars(fine.limit(3)).all()
        first.outcome, second.direction = Outcome.NOT_INSIDE, Direction.IN
        current.delete(third)
    assert found(day, "told otherwise than stored") == 1
    assert found(day, "stored otherwise than scanned") == 1
    assert found(day, "lost") == 1
    assert session().scalar(sa.select(sa.func.count()).select_from(Scan)) == len(day.shown) - 1
