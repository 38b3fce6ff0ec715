"""Who may import whom, as the chain in docs/architecture.md says."""

import ast
import re

from config import ROOT
from tests.conventions.source import Function, modules

ROOT_MODULES = {"__init__": 99, "__main__": 99}
PURE = {"flask", "sqlalchemy", "wtforms", "flask_babel"}


def _ranks() -> dict[str, int]:
    """Read the chain: the further left, the higher the rank."""
    text = (ROOT / "docs" / "architecture.md").read_text()
    (chain,) = re.findall(r"^`(wiring.*?core)`$", text, re.MULTILINE)
    levels = [re.split(r"[|,]", level) for level in reversed(chain.split("→"))]
    ranks = {room.strip(): rank for rank, level in enumerate(levels) for room in level}
    return {**ranks, **ROOT_MODULES}


def _forbidden(importer: str, imported: str, ranks: dict[str, int]) -> bool:
    if importer == imported:
        return False
    if importer == "data" or imported == "data":
        return importer == "data" and imported != "core"
    return ranks[imported] >= ranks[importer]


def test_imports_follow_the_chain() -> None:
    ranks, faults = _ranks(), []
    for module in modules():
        for line, name in module.imports():
            parts = name.split(".")
            if parts[0] == "jobfair" and _forbidden(module.room, parts[1], ranks):
                faults.append(f"{module.name}:{line} imports {name}")
    assert faults == []


def test_nothing_is_imported_inside_a_function() -> None:
    faults = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        for function in module.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert faults == []


def test_rules_are_pure() -> None:
    faults = [
        f"{module.name}:{line} imports {name}"
        for module in modules()
        if module.path.name == "rules.py" or {"badges", "paper"} & set(module.path.parts)
        for line, name in module.imports()
        if name.split(".")[0] in PURE
    ]
    assert faults == []


def test_functions_are_found() -> None:
    assert all(isinstance(f, Function) for module in modules() for f in module.functions())
    assert len(modules()) > 50
