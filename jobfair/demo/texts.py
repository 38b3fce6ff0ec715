"""The demo organiser's words about the fair."""

import json
from importlib.resources import files

from jobfair.fairs.rules import TextKey


def fair_texts() -> tuple[tuple[TextKey, str, str], ...]:
    """Return each text as key, language and words."""
    written = json.loads(files(__package__).joinpath("texts.json").read_text(encoding="utf-8"))
    return tuple(
        (TextKey(key), lang, body) for lang, texts in written.items() for key, body in texts.items()
    )
