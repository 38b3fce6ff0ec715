"""Ids of rows as addresses and forms name them, never larger than a column can hold."""

import re
from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

DIGITS = "[0-9]{1,18}"


class RowIdConverter(IntegerConverter):
    """`<int:…>` in a URL: a number that no row can have leads to no page."""

    regex = DIGITS


def row_id(value: Any) -> int:
    """Return the id that was chosen in a form; raise ValueError where no row can have it."""
    if not re.fullmatch(DIGITS, str(value)):
        raise ValueError("no id")
    return int(value)


def init_ids(app: Flask) -> None:
    """Have `<int:…>` in URLs mean the id of a row."""
    app.url_map.converters["int"] = RowIdConverter
