"""Names and their keys, which Python and the script on the door's devices must agree in.

`python -m tests.vectors.names` writes the keys anew after a rule has changed.
"""

import json
from pathlib import Path

from jobfair.core.text import name_key, sound_keys

VECTORS = Path(__file__).with_suffix(".json")


def read_vectors() -> list[tuple[str, str, list[str]]]:
    """Return each name with its key and its sounds."""
    rows: list[tuple[str, str, list[str]]] = json.loads(VECTORS.read_text(encoding="utf-8"))
    return rows


def write_vectors(names: list[str]) -> None:
    """Have the file hold the names with the keys that they have now, a name a line."""
    rows = (
        json.dumps([name, name_key(name), sound_keys(name)], ensure_ascii=False) for name in names
    )
    VECTORS.write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    write_vectors([name for name, _, _ in read_vectors()])
