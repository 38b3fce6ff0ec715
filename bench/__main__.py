"""Runs every benchmark in turn: `python -m bench`."""

import importlib
import pkgutil
from pathlib import Path

SUPPORT = frozenset({"__main__", "databases", "empty"})


def main() -> None:
    """Print the figures of each module of this folder."""
    modules = pkgutil.iter_modules([str(Path(__file__).parent)])
    for name in sorted(module.name for module in modules if module.name not in SUPPORT):
        print(f"\n{name}")
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
