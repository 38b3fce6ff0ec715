"""`make run` from its second half on: starts in one go, stops as one, leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from flask import Flask

from config import ROOT
from supervisor import first_value, newest_version
from tests.factories import make_fair

WAIT = 60.0
Start = Callable[[], psutil.Popen]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Name a free port and a folder; no demo fair."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "DATA_DIR": str(tmp_path),
        "PORT": str(port),
        "JOBFAIR_ENV": "production",
        "SECRET_KEY": "s" * 40,
        "DATA_KEY": "d" * 40,
    }


@pytest.fixture
def start(environ: dict[str, str]) -> Iterator[Start]:
    """Start a supervisor and wait until it says that the fair runs; kill what stays."""
    started: list[psutil.Popen] = []

    def run() -> psutil.Popen:
        command = [sys.executable, "-m", "supervisor"]
        process = psutil.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE)
        started.append(process)
        for line in process.stderr:
            if line.startswith(b"JobFair runs at"):
                return process
        raise AssertionError("it ended before it ran")

    yield run
    for process in started:
        process.stderr.close()
        if process.poll() is None:
            process.kill()
            process.wait()


def family(process: psutil.Popen) -> list[psutil.Process]:
    """Return server, its process for requests, and the worker."""
    children = process.children(recursive=True)
    assert len(children) >= 3
    return children


def gone(processes: list[psutil.Process]) -> bool:
    return not psutil.wait_procs(processes, timeout=WAIT)[1]


def wait_for_answer(environ: dict[str, str]) -> None:
    """Wait until the server is ready."""
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        with (
            suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{environ['PORT']}/readyz"),
        ):
            return
        time.sleep(0.1)
    raise AssertionError("it doesn't answer")


def test_it_sees_what_there_is_to_prepare(app: Flask) -> None:
    config = app.config["JOBFAIR"]
    assert first_value(config, "SELECT version_num FROM alembic_version") == newest_version()
    assert first_value(config, "SELECT id FROM fair LIMIT 1") is None
    assert first_value(config, "SELECT 1 FROM no_such_table") is None
    fair = make_fair()
    assert first_value(config, "SELECT id FROM fair LIMIT 1") == fair.id


def test_it_prepares_runs_and_stops(start: Start, environ: dict[str, str]) -> None:
    process = start()
    with urllib.request.urlopen(f"http://127.0.0.1:{environ['PORT']}/readyz") as answer:
        assert answer.status == 200
    children = family(process)
    process.send_signal(signal.SIGINT)
    assert process.wait(WAIT) == 0
    assert gone(children)


def test_nothing_stays_after_a_violent_end(start: Start) -> None:
    process = start()
    children = family(process)
    process.kill()
    assert gone(children)


def test_what_is_killed_is_started_again(start: Start, environ: dict[str, str]) -> None:
    process = start()
    before = process.children()
    for child in before:
        child.kill()
        assert process.stderr.readline().endswith(b"was started again\n")
    assert len(process.children()) == 2
    assert not set(before) & set(process.children())
    wait_for_answer(environ)


def test_what_ends_at_once_when_started_again_ends_all(start: Start) -> None:
    process = start()
    worker = process.children()[1]
    children = family(process)
    worker.kill()
    process.stderr.readline()
    (again,) = set(process.children()) - set(children)
    again.kill()
    assert process.wait(WAIT) == 1
    assert gone(children)


def test_a_taken_port_is_named_in_one_line(environ: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(environ["PORT"])))
        taken.listen()
        done = subprocess.run(
            [sys.executable, "-m", "supervisor"],
            cwd=ROOT, env=environ, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert environ["PORT"] in done.stderr


def test_it_ends_with_its_caller(environ: dict[str, str]) -> None:
    caller = psutil.Popen(
        [sys.executable, "-c", "import subprocess as s; s.call(['scripts/run'])"],
        cwd=ROOT, env=environ, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + WAIT
    while len(caller.children(recursive=True)) < 4 and time.monotonic() < deadline:
        time.sleep(0.1)
    family = caller.children(recursive=True)
    assert len(family) >= 4
    caller.kill()
    caller.wait()
    assert gone(family)
