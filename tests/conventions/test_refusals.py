"""Every refusal has a wording, and a code has one only."""

import ast
from collections import Counter

from flask import Flask

from jobfair.checkin.api import refusals
from jobfair.core import errors
from jobfair.core.errors import DomainError
from jobfair.web.problems import MESSAGES
from tests.conventions.source import modules

REFUSALS = {name for name, kind in vars(errors).items() if isinstance(kind, type)} | {
    "SignInNeeded"
}


def _codes() -> dict[str, str]:
    """Return the codes of all refusals with the place of one."""
    found: dict[str, str] = {}
    for module in modules():
        for name in REFUSALS:
            for call in module.calls(name):
                if call.args and isinstance(call.args[0], ast.Constant):
                    found[str(call.args[0].value)] = f"{module.name}:{call.lineno}"
        for call in module.calls("conflicts"):
            for keyword in call.keywords:
                if isinstance(keyword.value, ast.Constant):
                    found[str(keyword.value.value)] = f"{module.name}:{call.lineno}"
    return found


def test_every_refusal_has_a_wording(app: Flask) -> None:
    assert len(_codes()) > 20
    worded = {**MESSAGES, **refusals.REFUSALS, **refusals.ITEM_ERRORS}  # on pages, or to programs
    assert {code: place for code, place in _codes().items() if code not in worded} == {}


def test_a_code_has_one_wording() -> None:
    keys = Counter(
        str(key.value)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.AnnAssign | ast.Assign)
        and "MESSAGES"
        in ast.dump(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])
        and isinstance(node.value, ast.Dict)
        for key in node.value.keys
        if isinstance(key, ast.Constant)
    )
    assert [code for code, n in keys.items() if n > 1] == []


def test_refusals_have_a_status() -> None:
    assert 400 <= DomainError("x").status < 500
