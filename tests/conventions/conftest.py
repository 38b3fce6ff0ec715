"""A house that a test may take apart: a database of its own, migrated from nothing."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from jobfair.core.db import db
from tests.databases import make_database, postgres_house, sqlite_house


@pytest.fixture
def own_app(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """Give an application over a database that no other test sees, inside its context."""
    if backend == "sqlite":
        house = sqlite_house(tmp_path)
    else:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        url = make_database(request.getfixturevalue("postgres_url"), f"own_{worker}")
        house = postgres_house(tmp_path, url)
    with house.app.app_context():
        yield house.app
        db.session.remove()
        db.engine.dispose()
