"""Work as postings offer it and as people look for it, with the areas of the KldB 2010.

The areas are the first digits of the Klassifikation der Berufe 2010 of the Bundesagentur für
Arbeit; the fields are a short list below them that people without German recognise.
"""

from enum import StrEnum


class WorkField(StrEnum):
    """A field of work."""

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
    SCIENCE = "science"
    MEDIA = "media"


class GermanLevel(StrEnum):
    """How much German somebody speaks or a posting asks for, after the European frame."""

    NONE = "none"
    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"


class Licence(StrEnum):
    """A driving licence."""

    NONE = "none"
    B = "B"
    C = "C"
    D = "D"
    FORKLIFT = "forklift"


KLDB_AREAS: dict[WorkField, str] = {
    WorkField.AGRICULTURE: "1",
    WorkField.METAL: "2",
    WorkField.ELECTRICAL: "2",
    WorkField.FOOD: "2",
    WorkField.CRAFTS: "2",
    WorkField.CONSTRUCTION: "3",
    WorkField.IT: "4",
    WorkField.SCIENCE: "4",
    WorkField.LOGISTICS: "5",
    WorkField.TRANSPORT: "5",
    WorkField.CLEANING: "5",
    WorkField.RETAIL: "6",
    WorkField.HOSPITALITY: "6",
    WorkField.OFFICE: "7",
    WorkField.CARE: "8",
    WorkField.EDUCATION: "8",
    WorkField.MEDIA: "9",
}
