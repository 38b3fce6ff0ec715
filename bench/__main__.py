"""Runs every benchmark in turn: `python -m bench`."""

import importlib
import pkgutil
import sys
from pathlib import Path

SUPPORT = frozenset({"__main__", "calls", "databases", "empty", "seat_problems"})


def main() -> None:
    """Print the figures of each module of this folder; fail where one doesn't keep its limit."""
    modules = pkgutil.iter_modules([str(Path(__file__).parent)])
    failed = []
    for name in sorted(module.name for module in modules if module.name not in SUPPORT):
        print(f"\n{name}")
        try:
            importlib.import_module(f"bench.{name}").main()
        except SystemExit as end:
            print(end)
            failed.append(name)
    if failed:
        sys.exit(f"\nnot as it must be: {', '.join(failed)}")


if __name__ == "__main__":
    main()
