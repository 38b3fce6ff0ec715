"""Files: what they say comes back as it was, and every fault is named with its place."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given

from jobfair.shuttle.allocation.greedy import allocate_greedy
from jobfair.shuttle.allocation.problem import Problem
from jobfair.shuttle.allocation.reading import read_allocation, read_problem
from jobfair.shuttle.allocation.writing import allocation_json, problem_json
from jobfair.shuttle.commands import shuttle
from jobfair.shuttle.files import FileFault, Node, parse_object
from tests.unit.shuttle.allocation.problems import (
    confirmed_problems,
    problem,
    request,
    rides,
    to_and_fro,
)

MISSING = object()
RIDE = {"departure": "O0", "stop": "S0"}


def small() -> dict[str, Any]:
    """Return a problem as it is written to a file."""
    asked = [request("R0", confirmed=rides()), request("R1", back_wave=None)]
    content: dict[str, Any] = json.loads(json.dumps(problem_json(problem(to_and_fro(), asked))))
    return content


@given(confirmed_problems())
def test_what_is_written_is_read_again(asked: Problem) -> None:
    found = allocate_greedy(asked)
    assert read_problem(parse_object(json.dumps(problem_json(asked)).encode(), "it")) == asked
    written = json.dumps(allocation_json(asked.name, found)).encode()
    assert read_allocation(parse_object(written, "it"), asked) == found


def test_when_a_bus_is_at_the_fair_may_be_said() -> None:
    asked = problem([replace(bus, at=30_000_000) for bus in to_and_fro()], [])
    assert read_problem(parse_object(json.dumps(problem_json(asked)).encode(), "it")) == asked


def refused(content: object) -> str:
    """Return with which words the problem is refused."""
    with pytest.raises(FileFault) as caught:
        read_problem(Node(content))
    return str(caught.value)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("kind", "route-problem", "kind: seat-problem is needed"),
        ("waves", 0, "waves: a whole number from 1 to 100 is needed"),
        ("stops.1.id", "S0", "stops[1].id: 'S0' is already at stops[0].id"),
        ("departures.1.id", "O0", "departures[1].id: 'O0' is already at departures[0].id"),
        ("requests.1.id", "R0", "requests[1].id: 'R0' is already at requests[0].id"),
        ("departures.0.stops.2", "S9", "departures[0].stops[2]: 'S9' is unknown"),
        ("departures.0.stops", [], "departures[0].stops: at least 1 needed"),
        ("departures.0.wave", 2, "departures[0].wave: a whole number from 0 to 1 is needed"),
        ("departures.0.seats", -1, "departures[0].seats: a whole number from 0 to"),
        ("departures.0.seats", "30", "departures[0].seats: a whole number is needed"),
        ("departures.0.direction", "up", "departures[0].direction: out or back is needed"),
        ("requests.0.stop", "S9", "requests[0].stop: 'S9' is unknown"),
        ("requests.0.alternatives", ["S9"], "requests[0].alternatives[0]: 'S9' is unknown"),
        ("requests.0.seats", 0, "requests[0]: seats or wheelchairs are needed"),
        ("requests.0.seats", 1.5, "requests[0].seats: a whole number is needed"),
        ("requests.0.seats", MISSING, "requests[0].seats: is missing"),
        ("requests.0.wheelchairs", True, "requests[0].wheelchairs: a whole number is needed"),
        ("requests.0.priority", 3, "requests[0].priority: a whole number from 0 to 2"),
        ("requests.0.out_wave", 2, "requests[0].out_wave: a whole number from 0 to 1"),
        ("requests.0.out_wave", MISSING, "requests[0].out_wave: is missing"),
        ("requests.1.out_wave", None, "requests[1]: out_wave or back_wave is needed"),
        ("requests.1.confirmed", {"back": RIDE}, "requests[1].confirmed.back: a ride is confirmed"),
        ("requests.0.confirmed.out.stop", "S9", "requests[0].confirmed.out.stop: 'S9' is unknown"),
        ("requests.0.confirmed", [], "requests[0].confirmed: an object is needed"),
        ("requests.0.flexibility", -1, "requests[0].flexibility: a whole number from 0"),
        ("requests", {}, "requests: a list is needed"),
        ("requests.0", 7, "requests[0]: an object is needed"),
    ],
)
def test_a_fault_is_named_with_its_place(path: str, value: object, words: str) -> None:
    content = small()
    *above, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    inner: Any = content
    for step in above:
        inner = inner[step]
    if value is MISSING:
        del inner[last]
    else:
        inner[last] = value
    assert refused(content).startswith(words)


def test_a_confirmed_departure_may_be_gone() -> None:
    content = small()
    content["requests"][0]["confirmed"]["out"]["departure"] = "gone"
    asked = read_problem(Node(content))
    assert asked.requests[0].confirmed == rides("gone", "B0")


def run(*arguments: str | Path) -> Result:
    """Run a command on files."""
    return CliRunner().invoke(shuttle, [str(argument) for argument in arguments])


@pytest.mark.parametrize("content", ['{"kind": "seat-pro', '{"waves": NaN}', "[]", "", "\xff"])
def test_a_broken_file_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "problem.json"
    file.write_bytes(content.encode("latin-1"))
    result = run("allocate", file)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1


def test_a_file_is_allocated_and_checked(tmp_path: Path) -> None:
    asked, answer = tmp_path / "problem.json", tmp_path / "answer.json"
    asked.write_text(json.dumps(small()))
    result = run("allocate", asked, "--seconds", "5")
    assert result.exit_code == 0
    answer.write_text(result.stdout)
    found = json.loads(result.stdout)
    assert found["proven"]
    assert {seat["request"] for seat in found["seats"]} == {"R0", "R1"}
    checked = run("check", asked, answer)
    assert (checked.exit_code, checked.stdout) == (0, "")
    found["levels"][3]["value"] = found["levels"][3]["bound"] = 3
    answer.write_text(json.dumps(found))
    checked = run("check", asked, answer)
    assert (checked.exit_code, checked.stdout) == (1, "people: 3 stated, 2 recomputed\n")


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("problem", "another", "problem: small is needed"),
        ("proven", True, "proven: doesn't follow from the levels"),
        ("seats", [{"request": "R9", "out": RIDE}], "seats[0].request: 'R9' is unknown"),
        (
            "seats",
            [{"request": "R0", "out": {"departure": "D9", "stop": "S0"}}],
            "seats[0].out.departure: 'D9' is unknown",
        ),
        ("waitlist", [{"request": "R0", "reason": "sorry"}], "waitlist[0].reason: no_departure or"),
        ("levels", [{"name": "people", "value": "2", "bound": 2}], "levels[0].value: a number is"),
    ],
)
def test_an_allocation_has_to_be_of_the_problem(key: str, value: object, words: str) -> None:
    asked = problem(to_and_fro(), [request("R0")])
    content = allocation_json(asked.name, allocate_greedy(asked)) | {key: value}
    with pytest.raises(FileFault) as caught:
        read_allocation(Node(content), asked)
    assert str(caught.value).startswith(words)
