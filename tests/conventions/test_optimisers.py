"""The optimisers stay in their own processes, and what they plan stays free of frameworks."""

import subprocess
import sys

from config import ROOT
from tests.conventions.source import modules
from tests.conventions.test_imports import PURE

# openpyxl imports numpy where it finds it; the server itself has no use for it.
OPTIMISERS = {"highspy", "matplotlib", "pyvrp"}
IMPORTED = f"import jobfair, sys; print(*{OPTIMISERS} & set(sys.modules))"
FOLDERS = {"planning", "allocation"}


def test_the_server_imports_no_optimiser() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "\n"


def test_plans_know_no_framework_and_no_other_room() -> None:
    own = [module for module in modules() if FOLDERS & set(module.path.parts)]
    faults = [
        f"{module.name}:{line} imports {name}"
        for module in own
        for line, name in module.imports()
        if name.split(".")[0] in PURE
        or (name.startswith("jobfair.") and not name.startswith("jobfair.shuttle"))
    ]
    assert len(own) > 5
    assert faults == []
