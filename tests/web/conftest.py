"""Fixtures of tests about pages."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from jobfair import create_app
from jobfair.core.db import db
from jobfair.web.limits import limiter


@pytest.fixture
def limited(app: Flask) -> Iterator[Flask]:
    """Give an application over the same database that counts requests."""
    made = create_app(replace(app.config["JOBFAIR"], testing=False))
    yield made
    limiter.enabled = False
    with made.app_context():
        db.engine.dispose()
