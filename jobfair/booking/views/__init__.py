"""The visitor's pages: the fair, the registration, one's own page, the badge's address."""

from jobfair.booking.views import (
    badge,
    bus,
    changes,
    data,
    fair,
    leaving,
    lost,
    offers,
    own,
    people,
    registration,
    summary,
)
from jobfair.booking.views.blueprint import blueprint

__all__ = [
    "badge",
    "blueprint",
    "bus",
    "changes",
    "data",
    "fair",
    "leaving",
    "lost",
    "offers",
    "own",
    "people",
    "registration",
    "summary",
]
