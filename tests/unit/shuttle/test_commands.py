"""`flask jobfair shuttle …` on files alone: data on one channel, a line on the other."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bench.plans.made import mixed
from config import ROOT
from jobfair.shuttle.commands import shuttle

GIVEN = mixed(1, stops=6)
SEATS = ROOT / "bench/data/seats-600-a.json"
PLANNING = "from jobfair.shuttle.commands import shuttle; shuttle()"


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(shuttle, [str(word) for word in words])


@pytest.fixture
def keep(tmp_path: Path):
    """Keep a document, or a text, as a file of that name."""

    def write(name: str, content: dict[str, Any] | str) -> Path:
        path = tmp_path / f"{name}.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    return write


def test_a_plan_is_printed_and_stands_the_check(keep) -> None:
    problem = keep("problem", GIVEN)
    done = _run("plan", problem, "--seconds", "2", "--seed", "3")
    assert (done.exit_code, done.stderr) == (0, "")
    plan = json.loads(done.stdout)
    assert (plan["kind"], plan["problem"]) == ("route-plan", GIVEN["name"])
    checked = _run("check", problem, keep("plan", done.stdout))
    assert (checked.exit_code, checked.stdout, checked.stderr) == (0, "", "")


def test_each_violation_is_a_line(keep) -> None:
    plan = {"kind": "route-plan", "problem": GIVEN["name"], "cost_m": 5, "unserved": []}
    plan["trips"] = [{"bus": "bus8w1", "calls": []}]
    done = _run("check", keep("problem", GIVEN), keep("plan", plan))
    lines = done.stdout.splitlines()
    assert (done.exit_code, done.stderr) == (1, "")
    assert lines[0] == "trip 0: calls nowhere"
    assert lines[-1] == "cost_m: 5 stated, 2000 recomputed"
    assert len(lines) == 2 + len(GIVEN["stops"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (json.dumps(GIVEN)[:-50], "no JSON"),
        (json.dumps(GIVEN).replace('"seats": 8', '"seats": NaN'), "NaN is no number"),
        (json.dumps(GIVEN).replace('"seats": 8', '"seats": "8"'), "buses[0].seats: a whole"),
        (json.dumps(GIVEN).replace('"S1"', '"S0"'), "stops[1].id: 'S0' is already at"),
        (json.dumps({**GIVEN, "kind": "map"}), "kind: route-problem"),
        (" " * 40_000_000, "larger than 32 MB"),
    ],
)
def test_a_file_that_breaks_the_format_is_refused_in_one_line(
    keep, content: str, said: str
) -> None:
    problem = keep("problem", content)
    for words in (("plan", problem), ("check", problem, problem)):
        done = _run(*words)
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert "problem.json" in done.stderr
        assert said in done.stderr


def test_a_missing_file_and_a_plan_of_another_problem_are_refused(keep) -> None:
    assert "No such file" in _run("plan", "/nowhere.json").stderr
    other = {"kind": "route-plan", "problem": "x", "cost_m": 0, "unserved": [], "trips": []}
    done = _run("check", keep("problem", GIVEN), keep("plan", other))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "plan.json: problem: mixed-1 is needed" in done.stderr


@pytest.mark.parametrize("words", [("plan",), ("plan", "x", "--seconds", "0"), ("check", "x")])
def test_wrong_usage_is_told_apart(words: tuple[str, ...]) -> None:
    assert _run(*words).exit_code == 2


@pytest.mark.parametrize("name", ["plan", "allocate"])
def test_ctrl_c_leaves_no_process_and_no_solution(keep, name: str) -> None:
    problem = keep("problem", mixed(2)) if name == "plan" else SEATS
    with subprocess.Popen(
        [sys.executable, "-c", PLANNING, name, str(problem), "--seconds", "60"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=_listen,
    ) as command:
        child = _child_of(command.pid)
        time.sleep(0.5)
        command.send_signal(signal.SIGINT)
        stdout, stderr = command.communicate(timeout=20)
    assert (command.returncode, stdout) == (1, b"")
    assert stderr == b"Aborted!\n"
    assert not Path(f"/proc/{child}").exists()


def _listen() -> None:
    """Have Ctrl-C be heard even if these tests run in the background, where shells have it off."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _child_of(pid: int) -> int:
    """Wait for a process to start its first child."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    for _try in range(600):
        if found := children.read_text().split():
            return int(found[0])
        time.sleep(0.05)
    raise AssertionError("no process was started")
