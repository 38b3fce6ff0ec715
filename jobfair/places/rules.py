"""Decisions about who gets places."""

from enum import StrEnum


class OfferKind(StrEnum):
    """What is offered."""

    PLACES = "places"
    SEATS = "seats"


class OfferState(StrEnum):
    """What became of an offer."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
