"""The program's own source, parsed once."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config import ROOT

PACKAGE = ROOT / "jobfair"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A file of the package with its syntax tree; `room` is the first folder or the file."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Return the path inside the package."""
        return self.path.relative_to(PACKAGE).as_posix()

    @property
    def room(self) -> str:
        """Return the room it belongs to."""
        return self.path.relative_to(PACKAGE).parts[0].removesuffix(".py")

    def functions(self) -> Iterator[Function]:
        """Go through all functions and methods."""
        return (n for n in ast.walk(self.tree) if isinstance(n, Function))

    def imports(self) -> Iterator[tuple[int, str]]:
        """Go through the imported modules of this package, as line and dotted name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            yield from ((node.lineno, name) for name in names)

    def calls(self, function: str) -> Iterator[ast.Call]:
        """Go through the calls of a function or method of that name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else None
                if function in (name, called.id if isinstance(called, ast.Name) else None):
                    yield node


@cache
def modules() -> tuple[Module, ...]:
    """Return every Python file of the package."""
    paths = sorted(PACKAGE.rglob("*.py"))
    texts = [(path, path.read_text()) for path in paths]
    return tuple(Module(path, text, ast.parse(text)) for path, text in texts)
