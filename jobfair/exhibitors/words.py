"""What pages and mails call kinds, states, fields of work and needs."""

from typing import Any

from flask_babel import lazy_gettext as _l

from jobfair.data.work import GermanLevel, Licence
from jobfair.data.work_words import WORK_NAMES
from jobfair.exhibitors.rules import ExhibitorKind, ExhibitorState, StandNeed

KINDS: dict[ExhibitorKind, Any] = {
    ExhibitorKind.EMPLOYER: _l("Employer"),
    ExhibitorKind.TRAINING: _l("Training and courses"),
    ExhibitorKind.ADVICE: _l("Advice"),
    ExhibitorKind.AUTHORITY: _l("Public authority"),
}

STATES: dict[ExhibitorState, Any] = {
    ExhibitorState.APPLIED: _l("Not confirmed yet"),
    ExhibitorState.CONFIRMED: _l("To be decided"),
    ExhibitorState.APPROVED: _l("Approved"),
    ExhibitorState.DECLINED: _l("Declined"),
    ExhibitorState.WITHDRAWN: _l("Withdrawn"),
}

SIGNS: dict[ExhibitorState, tuple[str, str]] = {
    ExhibitorState.APPLIED: ("mail", "wait"),
    ExhibitorState.CONFIRMED: ("waiting", "wait"),
    ExhibitorState.APPROVED: ("check", "ok"),
    ExhibitorState.DECLINED: ("cross", "no"),
    ExhibitorState.WITHDRAWN: ("undo", "no"),
}

FIELDS = WORK_NAMES

LEVELS: dict[GermanLevel, Any] = {
    GermanLevel.NONE: _l("No German needed"),
    GermanLevel.A1: _l("A1 – a few words"),
    GermanLevel.A2: _l("A2 – simple sentences"),
    GermanLevel.B1: _l("B1 – everyday talk"),
    GermanLevel.B2: _l("B2 – good German"),
    GermanLevel.C1: _l("C1 – very good German"),
}

LICENCES: dict[Licence, Any] = {
    Licence.NONE: _l("No driving licence needed"),
    Licence.B: _l("Driving licence for cars (B)"),
    Licence.C: _l("Driving licence for lorries (C)"),
    Licence.D: _l("Driving licence for buses (D)"),
    Licence.FORKLIFT: _l("Forklift licence"),
}

NEEDS: dict[StandNeed, Any] = {
    StandNeed.POWER: _l("Power"),
    StandNeed.TABLE: _l("Table and chairs"),
    StandNeed.WALL: _l("Wall for posters"),
    StandNeed.WIFI: _l("Wi-Fi"),
    StandNeed.WATER: _l("Water"),
    StandNeed.QUIET: _l("A quiet place"),
    StandNeed.STEP_FREE: _l("Access without steps"),
}


def need_words(needs: list[str]) -> list[str]:
    """Return the needs in the page's language, in the order of the form."""
    return [str(NEEDS[need]) for need in StandNeed if need.value in needs]
