"""Decisions about exhibitors: kinds, states, fields of work."""

from enum import StrEnum

NAME_MOST = 120
LINE_MOST = 160
TEXT_MOST = 2000
POSTINGS_MOST = 12


class ExhibitorKind(StrEnum):
    """What an organisation at the fair is."""

    EMPLOYER = "employer"
    TRAINING = "training"
    ADVICE = "advice"
    AUTHORITY = "authority"


class ExhibitorState(StrEnum):
    """Where an application stands."""

    APPLIED = "applied"
    CONFIRMED = "confirmed"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class WorkField(StrEnum):
    """The field of work of a posting."""

    CARE = "care"
    LOGISTICS = "logistics"
    METAL = "metal"
    CONSTRUCTION = "construction"
    FOOD = "food"
    CLEANING = "cleaning"
    HOSPITALITY = "hospitality"
    RETAIL = "retail"
    OFFICE = "office"
    IT = "it"
    EDUCATION = "education"
    AGRICULTURE = "agriculture"
    ELECTRICAL = "electrical"
    TRANSPORT = "transport"
    CRAFTS = "crafts"


class GermanLevel(StrEnum):
    """How much German a posting asks for, after the European reference frame."""

    NONE = "none"
    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"


class Licence(StrEnum):
    """Which driving licence a posting asks for."""

    NONE = "none"
    B = "B"
    C = "C"
    D = "D"
    FORKLIFT = "forklift"


class StandNeed(StrEnum):
    """What an exhibitor needs at its stand."""

    POWER = "power"
    TABLE = "table"
    WALL = "wall"
    WIFI = "wifi"
    STEP_FREE = "step_free"
