"""Decisions about telling households: by which channel, and how a telephone dials them."""

import re
from enum import StrEnum
from urllib.parse import quote

from jobfair.core.text import to_western_digits

COUNTRY = "+49"


class Channel(StrEnum):
    """How something reaches a household."""

    MAIL = "mail"
    PERSON = "person"


def dialled(number: str) -> str:
    """Return the number as a telephone dials it from anywhere: a leading 0 is a German one.

    A number without area code stays as it is, since nobody knows where it rings.
    """
    bare = re.sub(r"\(0\)|[^0-9+]", "", to_western_digits(number))
    digits = bare.replace("+", "")
    if bare.startswith("+") or digits.startswith("00"):
        return re.sub(rf"^\{COUNTRY}0+", COUNTRY, f"+{digits.lstrip('0')}")
    return f"{COUNTRY}{digits[1:]}" if digits.startswith("0") else digits


def call_link(number: str) -> str:
    """Return the address that calls the number."""
    return f"tel:{dialled(number)}"


def sms_link(number: str, words: str) -> str:
    """Return the address that opens a message to the number with these words in it.

    Android wants `?body=`, iOS reads what stands behind `&`: both understand `?&body=`.
    """
    return f"sms:{dialled(number)}?&body={quote(words, safe='')}"
