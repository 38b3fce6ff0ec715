"""What the door's script is handed for its search by name."""

import gzip
import json
from typing import Any

import pytest

from jobfair.core.text import name_key, search_tables, sound_keys
from tests.vectors.names import read_vectors


@pytest.mark.parametrize(("name", "key", "sounds"), read_vectors())
def test_names_have_the_keys_that_the_script_makes(name: str, key: str, sounds: list[str]) -> None:
    assert name_key(name) == key
    assert list(sound_keys(name)) == sounds


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value
    return [text for one in inside if not isinstance(one, int | None) for text in _texts(one)]


def test_tables_survive_the_way_to_the_page() -> None:
    written = json.dumps(search_tables(), ensure_ascii=False)
    assert _texts(json.loads(written)) == _texts(search_tables())
    assert len(gzip.compress(written.encode())) < 20_000


def test_patterns_run_on_phones_that_know_no_lookbehind() -> None:
    assert not [text for text in _texts(search_tables()) if "(?<" in text or "(?P" in text]


def test_every_letter_is_handed_over_once() -> None:
    letters: Any = search_tables()["letters"]
    found = [char for table in letters.values() for char in table]
    assert len(found) == len(set(found))
    assert set("ßłøđİ") <= set(letters["latin"])
    assert letters["latin"]["ß"] == "ss"
