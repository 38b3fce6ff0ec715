"""The visitor's pages: the fair, the registration, one's own page, the badge's address."""

from jobfair.booking.views import (
    badge,
    changes,
    data,
    fair,
    leaving,
    lost,
    own,
    people,
    registration,
    summary,
)
from jobfair.booking.views.blueprint import blueprint

__all__ = [
    "badge",
    "blueprint",
    "changes",
    "data",
    "fair",
    "leaving",
    "lost",
    "own",
    "people",
    "registration",
    "summary",
]
