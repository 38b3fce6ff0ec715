"""How long, how branched and how documented the code is, as "Measures" in the plan says."""

import ast
from collections.abc import Iterator
from math import ceil

from tests.conventions.source import Function, modules

LINES = {"median": 100, "p95": 300, "most": 400}
FUNCTION_LINES = {"p95": 35, "most": 60}
BRANCHES = {"p95": 5, "most": 12}
DOCUMENTED = 0.8
BRANCHING = (ast.If, ast.IfExp, ast.For, ast.While, ast.ExceptHandler, ast.comprehension)
CASES = (ast.match_case, ast.Assert)


def _percentile(values: list[int], share: float) -> int:
    return sorted(values)[ceil(share * len(values)) - 1]


def _functions() -> Iterator[tuple[str, Function]]:
    for module in modules():
        for function in module.functions():
            yield f"{module.name}:{function.lineno} {function.name}", function


def _length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _branches(function: Function) -> int:
    """Count one, the decisions, and each further operand of `and` and `or`."""
    nodes = list(ast.walk(function))
    operands = sum(len(n.values) - 1 for n in nodes if isinstance(n, ast.BoolOp))
    return 1 + operands + sum(isinstance(n, BRANCHING + CASES) for n in nodes)


def test_files_are_short() -> None:
    lines = {m.name: m.text.count("\n") for m in modules() if m.text.strip()}
    assert [name for name, n in lines.items() if n > LINES["most"]] == []
    assert _percentile(list(lines.values()), 0.95) <= LINES["p95"]
    assert _percentile(list(lines.values()), 0.5) <= LINES["median"]


def test_functions_are_short() -> None:
    lengths = {name: _length(function) for name, function in _functions()}
    assert {name: n for name, n in lengths.items() if n > FUNCTION_LINES["most"]} == {}
    assert _percentile(list(lengths.values()), 0.95) <= FUNCTION_LINES["p95"]


def test_functions_branch_little() -> None:
    branches = {name: _branches(function) for name, function in _functions()}
    assert {name: n for name, n in branches.items() if n > BRANCHES["most"]} == {}
    assert _percentile(list(branches.values()), 0.95) <= BRANCHES["p95"]


def test_functions_are_typed() -> None:
    faults = []
    for name, function in _functions():
        a = function.args
        given = [*a.posonlyargs, *a.args, *a.kwonlyargs, a.vararg, a.kwarg]
        untyped = [x.arg for x in given if x and not x.annotation and x.arg not in ("self", "cls")]
        if untyped or function.returns is None:
            faults.append(f"{name} {untyped}")
    assert faults == []


def test_public_functions_say_what_holds_afterwards() -> None:
    public = {n: f for n, f in _functions() if not f.name.startswith("_") and f.name != "guard"}
    silent = [name for name, function in public.items() if not ast.get_docstring(function)]
    assert len(silent) <= (1 - DOCUMENTED) * len(public), silent
    assert [module.name for module in modules() if not ast.get_docstring(module.tree)] == []
