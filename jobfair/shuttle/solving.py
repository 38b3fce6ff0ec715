"""Runs an optimiser in a process of its own, which can be stopped and leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from tempfile import TemporaryFile
from threading import Thread
from typing import IO, Any

CHILD = Path(__file__).with_name("child.py")
GRACE = 10.0
"""Seconds that an optimiser gets beyond its time before it is ended."""
LOOK_EVERY = 0.1
END_MOST = 2.0
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

Progress = Callable[[dict[str, Any]], None]
Process = subprocess.Popen[bytes]


class Cancelled(Exception):
    """The caller wanted no answer any more."""


class SolverFault(Exception):
    """The optimiser gave no answer, and why."""


def run(
    module: str,
    problem: dict[str, Any],
    *,
    on_progress: Progress,
    seconds: float,
    cancelled: Callable[[], bool] = lambda: False,
    memory_mb: int | None = None,
) -> dict[str, Any]:
    """Return what `solve(problem, tell)` of that module gives, called in a process of its own.

    No process is left when this ends, however it ends. What `tell` is given goes to
    `on_progress`. Raises Cancelled, or SolverFault where the process crashed or didn't keep time.
    """
    deadline = time.monotonic() + seconds + GRACE
    with TemporaryFile() as given, TemporaryFile() as said:
        given.write(json.dumps({"problem": problem, "memory_mb": memory_mb}).encode())
        given.seek(0)
        with _child(module, given, said) as child:
            for line in _lines(child, deadline, cancelled):
                answer = json.loads(line)
                if "result" in answer:
                    result: dict[str, Any] = answer["result"]
                    return result
                on_progress(answer["progress"])
            raise SolverFault(_reason(child.wait(), said))


@contextmanager
def _child(module: str, given: IO[bytes], said: IO[bytes]) -> Iterator[Process]:
    """Give the running process, out of reach of the terminal's Ctrl-C; end it afterwards."""
    child = subprocess.Popen(  # noqa: S603  # our own interpreter and file
        [sys.executable, "-P", str(CHILD), module, str(os.getpid())],
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=said,
        env={**os.environ, **ONE_THREAD},
        start_new_session=True,
    )
    try:
        yield child
    finally:
        _end(child)


def _end(child: Process) -> None:
    child.terminate()
    try:
        child.wait(END_MOST)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _lines(child: Process, deadline: float, cancelled: Callable[[], bool]) -> Iterator[bytes]:
    """Go through what the process writes, until it ends; look in between who still waits."""
    lines: Queue[bytes] = Queue()
    Thread(target=_read, args=(child.stdout, lines), daemon=True).start()
    while True:
        if cancelled():
            raise Cancelled
        if time.monotonic() > deadline:
            raise SolverFault("it took too long and was ended")
        with suppress(Empty):
            line = lines.get(timeout=LOOK_EVERY)
            if not line:
                return
            yield line


def _read(answers: IO[bytes], lines: "Queue[bytes]") -> None:
    """Queue each whole line; close the pipe when the process has ended, and queue an empty line."""
    with answers:
        for line in answers:
            lines.put(line if line.endswith(b"\n") else b"")
    lines.put(b"")


def _reason(code: int, said: IO[bytes]) -> str:
    """Return in one line why a process ended without a result."""
    if code < 0:
        return f"it was ended by {signal.Signals(-code).name}"
    said.seek(0)
    words = said.read().decode(errors="replace").strip()
    return words.splitlines()[-1] if words else f"it ended with code {code}"
