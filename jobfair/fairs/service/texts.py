"""Use cases and steps: the organiser's texts about a fair."""

from datetime import datetime

from jobfair.audit.operations import record
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing, transaction
from jobfair.fairs.models import Fair, FairText
from jobfair.fairs.operations import lock_fair
from jobfair.fairs.queries import own_texts
from jobfair.fairs.rules import TextKey


def write_texts(
    fair_id: int, lang: str, words: dict[TextKey, str], *, actor: Actor, now: datetime
) -> Fair:
    """Have the fair say these words in that language; an empty text gives way to ours."""
    with transaction():
        fair = lock_fair(fair_id)
        if changed := put_texts(fair_id, lang, words):
            fields = [f"{key}.{lang}" for key in changed]
            record(actor, "fair.texts", "fair", fair_id, now=now, fair_id=fair_id, fields=fields)
    return fair


def put_texts(fair_id: int, lang: str, words: dict[TextKey, str]) -> list[TextKey]:
    """Have the fair say these words in that language; return the keys of those that changed."""
    session = assert_writing()
    before = own_texts(fair_id, lang)
    changed = [key for key, body in words.items() if before.get(key, "") != body]
    for key in changed:
        session.merge(FairText(fair_id=fair_id, key=key, lang=lang, body=words[key]))
    return changed
