"""Pictograms: inline, one sprite a page with only the symbols that it uses."""

import re
from functools import cache
from pathlib import Path

from flask import Flask, g
from markupsafe import Markup

SOURCE = Path(__file__).parents[1] / "static" / "img" / "pictograms.svg"
SYMBOL = re.compile(r'<symbol id="([iv]-[a-z-]+)".*?</symbol>', re.DOTALL)
DIRECTED = frozenset(
    {"bus", "door-in", "door-out", "next", "walk", "wheelchair", "pram", "aloud", "mark"}
)


@cache
def symbols() -> dict[str, str]:
    """Return the markup of every pictogram by name."""
    return {found.group(1): found.group(0) for found in SYMBOL.finditer(SOURCE.read_text())}


def icon(name: str, more: str = "jf-i") -> Markup:
    """Draw a pictogram; a word always stands beside it, so it is hidden from readers."""
    key = name if name.startswith("v-") else f"i-{name}"
    if key not in symbols():
        raise KeyError(name)
    g.setdefault("icons", set()).add(key)
    flip = " jf-flip" if name in DIRECTED else ""
    return Markup(  # noqa: S704  # name is one of ours, `more` comes from templates
        f'<svg class="{more}{flip}" aria-hidden="true" focusable="false"><use href="#{key}"/></svg>'
    )


def sprite() -> Markup:
    """Return the symbols that the page drew so far; stands at its end."""
    used = "".join(symbols()[name] for name in sorted(g.get("icons", ())))
    return Markup(f'<svg class="jf-sprite" aria-hidden="true" focusable="false">{used}</svg>')  # noqa: S704  # ours


def init_icons(app: Flask) -> None:
    """Give templates `icon` and `sprite`."""
    app.jinja_env.globals.update(icon=icon, sprite=sprite)
