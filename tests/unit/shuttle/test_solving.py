"""An optimiser's process answers, or ends: none is left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config import ROOT
from jobfair.shuttle import solving
from jobfair.shuttle.solving import Cancelled, SolverFault, run

SOLVER = """
import os, sys, time
def solve(problem, tell):
    tell({"pid": os.getpid(), "application": "jobfair.wiring" in sys.modules})
    print("a library says something")
    return %s
"""
CALLER = """
from jobfair.shuttle.solving import run
run("own_solver", {}, on_progress=lambda p: print(p["pid"], flush=True), seconds=60)
"""


@pytest.fixture
def solver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Put a module `own_solver`, whose answer is that expression, where the process finds it."""
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{ROOT}")
    path = tmp_path / "own_solver.py"
    return lambda expression: path.write_text(SOLVER % expression)


def _gone(pid: int) -> bool:
    """Wait a moment for a process to end."""
    for _try in range(100):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_the_answer_and_the_progress_arrive(solver) -> None:
    solver('{"twice": problem["n"] * 2}')
    told: list[dict] = []
    result = run("own_solver", {"n": 21}, on_progress=told.append, seconds=30)
    assert result == {"twice": 42}
    assert [progress["application"] for progress in told] == [False]
    assert _gone(told[0]["pid"])


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("[][1]", "IndexError: list index out of range"),
        ("os._exit(3)", "a library says something|it ended with code 3"),
        ("os.kill(os.getpid(), 11)", "it was ended by SIGSEGV"),
        ("os.kill(os.getpid(), 9)", "it was ended by SIGKILL"),
        ("__import__('no_such_optimiser')", "ModuleNotFoundError: No module named"),
        ("bytearray(2**40)", "MemoryError"),
    ],
)
def test_a_crash_is_told_with_its_reason(solver, expression: str, reason: str) -> None:
    solver(expression)
    with pytest.raises(SolverFault, match=reason):
        run("own_solver", {}, on_progress=lambda _: None, seconds=30, memory_mb=500)


def test_whoever_cancels_leaves_no_process(solver) -> None:
    solver("time.sleep(60)")
    told: list[dict] = []
    with pytest.raises(Cancelled):
        run("own_solver", {}, on_progress=told.append, seconds=60, cancelled=lambda: bool(told))
    assert _gone(told[0]["pid"])


def test_an_optimiser_that_ends_at_no_plea_is_killed_when_its_time_is_up(
    solver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solving, "GRACE", 1.0)
    monkeypatch.setattr(solving, "END_MOST", 0.2)
    solver("[__import__('signal').signal(15, 1), time.sleep(60)]")
    told: list[dict] = []
    with pytest.raises(SolverFault, match="too long"):
        run("own_solver", {}, on_progress=told.append, seconds=0.5)
    assert _gone(told[0]["pid"])


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_process_ends_with_the_one_that_asked(solver, sent: signal.Signals) -> None:
    solver("time.sleep(60)")
    with subprocess.Popen(
        [sys.executable, "-c", CALLER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as caller:
        assert caller.stdout is not None
        pid = int(caller.stdout.readline())
        caller.send_signal(sent)
    assert _gone(pid)
