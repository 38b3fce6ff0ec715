"""The list of names in Arabic script is large enough, and no spelling contradicts another."""

import csv
from collections import Counter
from pathlib import Path

import pytest

import jobfair.data
from jobfair.core.text import latin_proposal

ROWS = list(
    csv.DictReader(
        (Path(jobfair.data.__file__).parent / "names_arabic.csv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
)


def test_there_are_enough_names() -> None:
    assert len({row["name"] for row in ROWS}) >= 250


def test_a_name_has_one_spelling_a_language() -> None:
    counts = Counter((row["name"], lang) for row in ROWS for lang in row["languages"].split(" "))
    assert [entry for entry, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"] + row["languages"])
def test_every_row_is_found_by_its_name(row: dict[str, str]) -> None:
    for lang in row["languages"].split() or ["ar"]:
        if lang == "ar" and _spelled_for_arabic(row):
            continue
        assert latin_proposal(row["name"], lang) == row["latin"]


def _spelled_for_arabic(row: dict[str, str]) -> bool:
    """Whether a row for all languages is overruled by one for Arabic."""
    return not row["languages"] and any(
        other["name"] == row["name"] and other["languages"] == "ar" for other in ROWS
    )
