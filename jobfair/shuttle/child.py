"""The process of an optimiser: `python -P child.py MODULE PARENT`, started by `solving.run`.

Reads `{"problem": …, "memory_mb": …}` from standard input, calls `solve(problem, tell)` of the
module, and writes JSON lines: `{"progress": …}` whenever `tell` is called, at last `{"result": …}`.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def main(module: str, parent: int) -> None:
    """Solve the problem on standard input with that module, as long as the parent lives."""
    _end_with(parent)
    # What libraries print must not get between the lines: descriptor 1 leads to standard error.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(kind: str, value: dict[str, Any]) -> None:
        answers.write(json.dumps({kind: value}) + "\n")
        answers.flush()

    given = json.load(sys.stdin)
    if given["memory_mb"]:
        most = given["memory_mb"] * 1024**2
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    _skip_the_application()
    solve = import_module(module).solve
    say("result", solve(given["problem"], lambda progress: say("progress", progress)))


def _end_with(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("The process that asked has ended.")


def _skip_the_application() -> None:
    """Let modules of the package be imported without the Flask application around them.

    Importing that takes longer than a first plan does, and a third of the memory of a solution.
    """
    folder = Path(__file__).resolve().parent.parent
    package = ModuleType(folder.name)
    package.__path__ = [str(folder)]
    sys.modules[folder.name] = package


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
